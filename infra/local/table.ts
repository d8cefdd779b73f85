import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb'
import { TABLE, type KeySpec } from '../table.ts'

/** Creates the table from the definition that CDK deploys, if it is not there; resolves to its stream's ARN. */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<string> {
  const existing = await streamArnOf(client, name)
  if (existing !== undefined) return existing
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: TABLE.attributes.map((attribute) => ({
        AttributeName: attribute.name,
        AttributeType: attribute.type,
      })),
      KeySchema: keySchema(TABLE.key),
      GlobalSecondaryIndexes: TABLE.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.key),
        Projection: {
          ProjectionType: index.projection.type,
          ...('attributes' in index.projection && { NonKeyAttributes: [...index.projection.attributes] }),
        },
      })),
      BillingMode: TABLE.billing,
      StreamSpecification: { StreamEnabled: true, StreamViewType: TABLE.stream },
    }),
  )
  const created = await streamArnOf(client, name)
  if (created === undefined) throw new Error(`table ${name} has no stream`)
  return created
}

async function streamArnOf(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }))
    return Table?.LatestStreamArn
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

const keySchema = ({ partition, sort }: KeySpec): KeySchemaElement[] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/**
 * The one DynamoDB client of a process, made on first use. On AWS its region and credentials come from the function's
 * environment; locally `DYNAMODB_ENDPOINT` points it at the embedded engine.
 */
let client: DynamoDBClient | undefined

export function dynamo(): DynamoDBClient {
  const endpoint = process.env['DYNAMODB_ENDPOINT']
  client ??= new DynamoDBClient(endpoint === undefined ? {} : { endpoint })
  return client
}

/** Name of the table; throws where the environment does not name one, which is a mistake of deployment. */
export function tableName(): string {
  const name = process.env['TABLE_NAME']
  if (name === undefined) throw new Error('TABLE_NAME is not set')
  return name
}

/** For tests: the next call of {@link dynamo} makes a new client from the environment as it is then. */
export function forgetClient(): void {
  client?.destroy()
  client = undefined
}

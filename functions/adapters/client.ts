import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/**
 * The one DynamoDB client of a process, made on first use. On AWS its region and credentials come from the function's
 * environment; locally `DYNAMODB_ENDPOINT` points it at the embedded engine, and where a process starts another engine,
 * at that one from then on.
 */
let made: { readonly client: DynamoDBClient; readonly endpoint: string | undefined } | undefined

export function dynamo(): DynamoDBClient {
  const endpoint = process.env['DYNAMODB_ENDPOINT']
  if (made?.endpoint !== endpoint || !made) {
    made?.client.destroy()
    made = { client: new DynamoDBClient(endpoint === undefined ? {} : { endpoint }), endpoint }
  }
  return made.client
}

/** Name of the table; throws where the environment does not name one, which is a mistake of deployment. */
export function tableName(): string {
  const name = process.env['TABLE_NAME']
  if (name === undefined) throw new Error('TABLE_NAME is not set')
  return name
}

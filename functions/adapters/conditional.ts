import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { dynamo } from './client.ts'

/** Sends a write that has a condition. Whether it was done; false where its condition did not hold. */
export async function isWritten(command: PutItemCommand | UpdateItemCommand): Promise<boolean> {
  try {
    await (command instanceof PutItemCommand ? dynamo().send(command) : dynamo().send(command))
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}

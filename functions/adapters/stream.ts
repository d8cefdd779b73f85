import type { DynamoDBRecord } from 'aws-lambda'
import type { Batch } from '../../shared/domain/batch.ts'
import { stateKey } from './keys.ts'

/** The batch whose state a stream record carries, or undefined for a record of anything else. */
export function changedBatch(record: DynamoDBRecord): Batch | undefined {
  const text = record.dynamodb?.NewImage?.['state']?.S
  if (text === undefined || record.dynamodb?.Keys?.['sk']?.S !== stateKey('B').sk) return undefined
  const subject: Batch | { readonly kind: 'run' } = JSON.parse(text)
  return subject.kind === 'batch' ? subject : undefined
}

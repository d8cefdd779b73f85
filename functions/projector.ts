import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Batch } from '../shared/domain/batch.ts'
import { makePassport } from '../shared/domain/passport.ts'
import { storePassport } from './adapters/passports.ts'
import { findOrganisations } from './adapters/registry.ts'
import { changedBatch } from './adapters/stream.ts'
import { log } from './log.ts'

/**
 * The stream projector: every batch that changed gets a new passport. Records may come twice or late; only a newer
 * version replaces an older one. A record that fails is reported by its sequence number, and the stream resumes there.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await project(record)
    } catch (error) {
      const sequence = record.dynamodb?.SequenceNumber ?? ''
      log('error', 'projection failed', { sequence, error: error instanceof Error ? error.name : 'unknown' })
      return { batchItemFailures: [{ itemIdentifier: sequence }] }
    }
  }
  return { batchItemFailures: [] }
}

async function project(record: DynamoDBRecord): Promise<void> {
  const batch = changedBatch(record)
  if (!batch) return
  await storePassport(makePassport(batch, await findOrganisations(organisationsOf(batch))))
}

const organisationsOf = (batch: Batch): string[] => [batch.custodian, ...batch.journey.map((leg) => leg.org)]

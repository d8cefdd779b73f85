import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Batch } from '../shared/domain/batch.ts'
import { makePassport } from '../shared/domain/make-passport.ts'
import type { Passport } from '../shared/domain/passport.ts'
import { markHolds, readHolds } from './adapters/holds.ts'
import type { Loaded } from './adapters/items.ts'
import { storePassport } from './adapters/passports.ts'
import { findOrganisations } from './adapters/registry.ts'
import { changedState, type Changed } from './adapters/stream.ts'
import { log } from './log.ts'
import { settleRun } from './run-holds.ts'

/**
 * The stream projector: every batch that changed gets a new passport, and holds that came or went are carried one step
 * on. Records may come twice or late; only a newer revision replaces an older one, and marks are sets. A record that
 * fails is reported by its sequence number, and the stream resumes there.
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
  const changed = changedState(record)
  if (!changed) return
  await spread(changed)
  for (const run of changed.left) await settleRun(run)
  if (changed.subject.kind === 'batch') await storePassport(await passportOf(changed.subject, changed))
}

/** At most so many marks are under way at once: enough to be quick, few enough not to be throttled. */
const MARKS_AT_ONCE = 25

async function spread({ subject, holdChange }: Changed): Promise<void> {
  if (holdChange.came.length + holdChange.went.length === 0) return
  const onward =
    subject.kind === 'batch'
      ? subject.usedIn
      : subject.kind === 'run'
        ? subject.outputs.map(({ batch }) => batch)
        : []
  for (let start = 0; start < onward.length; start += MARKS_AT_ONCE) {
    await Promise.all(onward.slice(start, start + MARKS_AT_ONCE).map((id) => markHolds(id, holdChange)))
  }
}

async function passportOf(batch: Batch, { holds, revision }: Loaded): Promise<Passport> {
  const [organisations, facts] = await Promise.all([
    findOrganisations(organisationsOf(batch)),
    holds.length === 0 ? [] : readHolds(holds),
  ])
  const held = facts.map(({ batch: placedOn, reason, since }) => ({ batch: placedOn, reason, since }))
  return makePassport(batch, { organisations, holds: held, revision })
}

const organisationsOf = (batch: Batch): string[] => [
  ...batch.custodians,
  ...batch.journey.map((leg) => leg.org),
  ...batch.transfers.flatMap(({ from, to }) => [from.org, to.org]),
]

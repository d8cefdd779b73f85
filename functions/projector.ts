import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Batch } from '../shared/domain/state/batch.ts'
import { anewIn, beginAnew } from './adapters/anew.ts'
import { markHold, walkHold, type Mark } from './adapters/holds.ts'
import { storePassport } from './adapters/passports.ts'
import { changedState, type Changed } from './adapters/stream.ts'
import { log } from './http/log.ts'
import { makeNextAnew } from './commands/making-anew.ts'
import { settleRun } from './commands/run-holds.ts'
import { onwardFrom, passportOf, readSources } from './projections.ts'

/**
 * The stream projector: every batch that changed gets a new passport, what else passports show reaches them, holds that came are carried on to all that was
 * made of it, and holds that went one step on. All records of a call are worked on together: what several of them ask for is done once, as the last one wants it,
 * and what all passports need is read once. Records may come twice or late; only a newer revision replaces an older one,
 * and marks are sets. Of records that fail the first is reported by its sequence number, and the stream resumes there:
 * whatever was done of those behind it is done again and changes nothing.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failures: Failure[] = []
  const changes = changesIn(Records, failures)
  await spread(marksOf(changes), failures)
  await carryOut([...settling(changes), ...passporting(changes), ...makingAnew(Records)], failures)
  const [first] = failures.sort((a, b) => a.at - b.at)
  if (!first) return { batchItemFailures: [] }
  const sequence = Records[first.at]?.dynamodb?.SequenceNumber ?? ''
  log('error', 'projection failed', {
    sequence,
    error: first.error instanceof Error ? first.error.name : 'unknown',
  })
  return { batchItemFailures: [{ itemIdentifier: sequence }] }
}

interface Failure {
  /** Place of the record among those of the call. */
  readonly at: number
  readonly error: unknown
}

interface Task {
  readonly at: number
  readonly carryOut: () => Promise<void>
}

type Change = Changed & { readonly at: number }

function changesIn(records: readonly DynamoDBRecord[], failures: Failure[]): Change[] {
  return records.flatMap((record, at) => {
    try {
      const changed = changedState(record)
      return changed ? [{ ...changed, at }] : []
    } catch (error) {
      failures.push({ at, error })
      return []
    }
  })
}

/** At most so many writes are under way at once: enough to be quick, few enough not to be throttled. */
const AT_ONCE = 25

async function carryOut(tasks: readonly Task[], failures: Failure[]): Promise<void> {
  const left = tasks.values()
  const worker = async (): Promise<void> => {
    for (const task of left) {
      await task.carryOut().catch((error: unknown) => void failures.push({ at: task.at, error }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

interface Marking {
  readonly mark: Mark
  readonly at: number
}

/** What is to be marked or unmarked: each pair of a subject and a hold once, as the last record wants it. */
function marksOf(changes: readonly Change[]): Marking[] {
  const marks = new Map<string, Marking>()
  for (const { subject, holdChange, at } of changes) {
    const wanted = [
      ...holdChange.came.map((hold) => ({ hold, change: 'came' as const })),
      ...holdChange.went.map((hold) => ({ hold, change: 'went' as const })),
    ]
    for (const id of onwardFrom(subject)) {
      for (const { hold, change } of wanted)
        marks.set(`${id} ${hold}`, { mark: { subject: id, hold, change }, at })
    }
  }
  return [...marks.values()]
}

/**
 * So many marks of one call are walked on from at once, level by level. All beyond are made too, and the records that
 * they leave in the stream go on from there: no call takes longer the more was made of what is held.
 */
const MOST_WALKED = 500

async function spread(first: readonly Marking[], failures: Failure[]): Promise<void> {
  const seen = new Set<string>()
  let level = first
  let room = MOST_WALKED
  while (level.length > 0) {
    const next = new Map<string, Marking>()
    const tasks = level.map(({ mark: { subject, hold, change }, at }): Task => {
      seen.add(`${subject} ${hold}`)
      const isWalked = change === 'came' && room-- > 0
      if (!isWalked) return { at, carryOut: () => markHold({ subject, hold, change }) }
      const carryOut = async (): Promise<void> => {
        const reached = await walkHold({ subject, hold, change })
        for (const id of reached ? onwardFrom(reached) : [])
          next.set(`${id} ${hold}`, { mark: { subject: id, hold, change }, at })
      }
      return { at, carryOut }
    })
    await carryOut(tasks, failures)
    level = [...next].flatMap(([key, marking]) => (seen.has(key) ? [] : [marking]))
  }
}

/** Runs that a batch has left may be free now; looked at after all marks are made. */
function settling(changes: readonly Change[]): Task[] {
  const runs = new Map(changes.flatMap(({ left, at }) => left.map((run) => [run, at] as const)))
  return [...runs].map(([run, at]) => ({ at, carryOut: () => settleRun(run) }))
}

/** What an organisation changed of what its passports show; a record that is of nothing such asks for nothing. */
function makingAnew(records: readonly DynamoDBRecord[]): Task[] {
  return records.flatMap((record, at) => {
    const asked = anewIn(record)
    if (!asked) return []
    const { begin, anew } = asked
    return [{ at, carryOut: () => (begin ? beginAnew(anew) : makeNextAnew(anew)) }]
  })
}

type BatchChange = Change & { readonly subject: Batch }

/** A passport for each batch, of its latest change. */
function passporting(changes: readonly Change[]): Task[] {
  const latest = new Map(changes.filter(isOfBatch).map((change) => [change.subject.id, change]))
  const batches = [...latest.values()]
  const sources = once(() => readSources(batches))
  return batches.map((change) => ({
    at: change.at,
    carryOut: async () => storePassport(passportOf(change, await sources())),
  }))
}

const isOfBatch = (change: Change): change is BatchChange => change.subject.kind === 'batch'

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

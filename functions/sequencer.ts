import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { DomainEvent } from '../shared/domain/events/event.ts'
import { LOG_STORE } from './adapters/log.ts'
import { recordedIn } from './adapters/log-stream.ts'
import { log } from './http/log.ts'
import { count } from './http/metrics.ts'
import { countsOf } from './log/counting.ts'
import { sequencerOf, type Sequence } from './log/sequencing.ts'
import type { Entry, LogStore } from './log/store.ts'

/**
 * The sequencer: appends every event that the table's stream shows to the log, and signs what the log is then. Of events
 * that must wait for others the first is reported by its record, and the stream resumes there; those behind it that are
 * in the log by then are passed over. See log/sequencing.ts for how each gets in once and only once.
 */
export const handler = handlerOver(LOG_STORE)

/** The handler of a sequencer of its own, which knows nothing of what others have appended. */
export function handlerOver(store: LogStore) {
  const sequence = sequencerOf(store)
  return (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => handle(event, sequence)
}

async function handle({ Records }: DynamoDBStreamEvent, sequence: Sequence): Promise<DynamoDBBatchResponse> {
  const recorded = (await Promise.all(Records.map(entryIn))).flatMap((found) => found ?? [])
  if (recorded.length === 0) return { batchItemFailures: [] }
  const waiting = new Set((await sequence(recorded.map(({ entry }) => entry))).map(({ hash }) => hash))
  tell(recorded.filter(({ entry }) => !waiting.has(entry.hash)))
  const first = recorded.find(({ entry }) => waiting.has(entry.hash))
  if (!first) return { batchItemFailures: [] }
  log('info', 'an event waits for another to be logged', { event: first.entry.event, waiting: waiting.size })
  return { batchItemFailures: [{ itemIdentifier: first.sequence }] }
}

/** What got into the log, each by its id: the line of the request that made it names the same (http/noting.ts). */
function tell(logged: readonly Recorded[]): void {
  if (logged.length === 0) return
  const counts = countsOf(
    logged.map(({ said }) => said),
    Date.now(),
  )
  count(counts, { message: 'events logged', events: logged.map(({ entry }) => entry.event).join(' ') })
}

interface Recorded {
  readonly entry: Entry
  readonly said: DomainEvent
  /** Of the record in the stream. */
  readonly sequence: string
}

/** What is no event can never be appended, so that nothing waits for it; the monitor will say that it is there. */
async function entryIn(record: DynamoDBRecord): Promise<Recorded | undefined> {
  const sequence = record.dynamodb?.SequenceNumber ?? ''
  try {
    const streamed = await recordedIn(record)
    return streamed && { ...streamed, sequence }
  } catch (error) {
    log('error', 'a record holds no event', {
      sequence,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return undefined
  }
}

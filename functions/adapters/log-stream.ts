import type { DynamoDBRecord } from 'aws-lambda'
import { canonicalHash } from '../../shared/ledger/hash.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { HashedEvent } from '../../shared/domain/state/fold.ts'
import type { Recorded } from '../log/comparing.ts'
import type { Entry } from '../log/store.ts'
import { HISTORY } from './keys.ts'
import { unpackedRecord } from './packed.ts'

/**
 * The event that a stream record shows to have been recorded; undefined for a record of anything else: of links to
 * events, of what stands beside events and may change. Its hash is worked out from the text that is stored, which is what
 * everybody else will do; what the item says of it counts for nothing.
 */
export async function recordedIn({ eventName, dynamodb }: DynamoDBRecord): Promise<Streamed | undefined> {
  if (eventName !== 'INSERT') return undefined
  const text = unpackedRecord(dynamodb?.NewImage?.['event'])
  if (text === undefined || !dynamodb?.Keys?.['sk']?.S?.startsWith(HISTORY)) return undefined
  const said: DomainEvent = JSON.parse(text)
  return { entry: await entryOf(text), said }
}

/** An event that the stream shows, as the log sees it and as it was said. */
interface Streamed {
  readonly entry: Entry
  readonly said: DomainEvent
}

/** An event as the log sees it, from its canonical JSON. Throws where it is not one. */
export async function entryOf(text: string): Promise<Recorded> {
  const { id, recordedAt, previous }: Written = JSON.parse(text)
  return {
    hash: await canonicalHash(text),
    event: id,
    previous: [...new Set(previous.map(({ hash }) => hash))],
    recordedAt,
    links: previous,
  }
}

type Written = Pick<HashedEvent['event'], 'id' | 'recordedAt' | 'previous'>

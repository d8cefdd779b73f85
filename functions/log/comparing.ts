import type { Entry } from './store.ts'

/** The events that are stored against the leaves of the log: neither of both is believed more than the other. */

/** An event as it is stored. */
export interface Stored {
  /** Where: by the key, `<home>-<sequence>`. */
  readonly at: string
  /** What its item says that its hash is. */
  readonly claims: string
  /** Undefined where its text is none of an event. */
  readonly entry: Recorded | undefined
}

export interface Recorded extends Entry {
  readonly recordedAt: string
  readonly links: readonly { readonly subject: string; readonly hash: string }[]
}

/** A leaf item. */
export interface Placed {
  readonly hash: string
  readonly index: bigint
  readonly event: string
}

export interface Finding {
  readonly code:
    | 'unreadable'
    | 'changed'
    | 'moved'
    | 'missing'
    | 'unlogged'
    | 'inserted'
    | 'order'
    | 'leaf'
    | 'root'
    | 'tile'
    | 'checkpoint'
    | 'rolled-back'
  readonly what: string
}

export interface Compared {
  readonly findings: readonly Finding[]
  /** Hashes by index, of the first `size` leaves. */
  readonly hashes: readonly (string | undefined)[]
  readonly unlogged: readonly Entry[]
}

/** An event is in the log five seconds after it was recorded; whatever is not after so long never will be by itself. */
const GRACE_MS = 10 * 60_000

/** Compares all events with the first `size` leaves. */
export function compareHistories(
  events: readonly Stored[],
  leaves: readonly Placed[],
  { size, now }: { readonly size: bigint; readonly now: Date },
): Compared {
  const recorded = events.flatMap(({ entry }) => entry ?? [])
  const byHash = new Map(recorded.map((entry) => [entry.hash, entry]))
  const ids = new Set(recorded.map(({ event }) => event))
  const indexes = new Map(leaves.map(({ hash, index }) => [hash, index]))
  const placed = new Set(leaves.map(({ event }) => event))
  const isLate = ({ recordedAt }: Recorded): boolean => now.getTime() - Date.parse(recordedAt) > GRACE_MS
  // One that was changed is not one that was never appended.
  const unlogged = recorded
    .filter((entry) => !indexes.has(entry.hash) && !placed.has(entry.event) && isLate(entry))
    .toSorted((x, y) => (x.recordedAt < y.recordedAt ? -1 : 1))
  const { hashes, findings } = placesOf(leaves, size)
  const gone = leaves
    .filter(({ hash, index }) => index < size && !byHash.has(hash))
    .map(({ index, event }): Finding =>
      ids.has(event)
        ? { code: 'changed', what: `${event} is not what it was when it became leaf ${index}` }
        : { code: 'missing', what: `${event}, leaf ${index}, is not among the events` },
    )
  return {
    findings: [
      ...events.flatMap(storedFindings),
      ...gone,
      ...unlogged.map(({ event, recordedAt }): Finding => ({
        code: 'unlogged',
        what: `${event} was recorded at ${recordedAt} and is not in the log`,
      })),
      ...findings,
      ...historyFindings(recorded, indexes),
    ],
    hashes,
    unlogged,
  }
}

function storedFindings({ at, claims, entry }: Stored): Finding[] {
  if (!entry) return [{ code: 'unreadable', what: `what is stored at ${at} is no event` }]
  return [
    ...(entry.event === at ? [] : [{ code: 'moved', what: `${entry.event} is stored at ${at}` } as const]),
    ...(entry.hash === claims
      ? []
      : [
          {
            code: 'changed',
            what: `the text of ${entry.event} has not the hash that stands beside it`,
          } as const,
        ]),
  ]
}

/** Which hash is at which index, each being taken by one. */
function placesOf(leaves: readonly Placed[], size: bigint): Pick<Compared, 'findings' | 'hashes'> {
  const hashes: (string | undefined)[] = Array.from({ length: Number(size) }, () => undefined)
  const findings: Finding[] = []
  for (const { hash, index, event } of leaves) {
    if (index >= size) continue
    if (hashes[Number(index)] !== undefined)
      findings.push({ code: 'leaf', what: `${event} has the place ${index}, which another has` })
    hashes[Number(index)] = hash
  }
  for (const [index, hash] of hashes.entries())
    if (hash === undefined) findings.push({ code: 'leaf', what: `leaf ${index} has no item` })
  return { hashes, findings }
}

/**
 * Histories are chains: each event of a subject follows on one other, which no other event follows on. What was put in
 * between later on, and so into the log as well, follows on what another had followed on already.
 */
function historyFindings(recorded: readonly Recorded[], indexes: ReadonlyMap<string, bigint>): Finding[] {
  const followers = new Map<string, string>()
  const findings: Finding[] = []
  for (const { event, hash, links } of recorded) {
    for (const link of links) {
      const place = `${link.subject} ${link.hash}`
      const other = followers.get(place)
      if (other !== undefined)
        findings.push({
          code: 'inserted',
          what: `${other} and ${event} both follow on one event of ${link.subject}`,
        })
      followers.set(place, event)
      const [before, index] = [indexes.get(link.hash), indexes.get(hash)]
      if (index !== undefined && (before === undefined || before >= index))
        findings.push({ code: 'order', what: `${event} is in the log, but not after what it follows on` })
    }
  }
  return findings
}

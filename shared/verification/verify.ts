import { kindOfId } from '../domain/ids.ts'
import type { HashedEvent } from '../domain/state/fold.ts'
import type { Batch } from '../domain/state/batch.ts'
import { isCanonical } from '../ledger/canonical.ts'
import { openCheckpoint, type OpenCheckpoint, type Trust } from '../ledger/checkpoint.ts'
import { fromHex, leafHash, toHex } from '../ledger/hash.ts'
import { verifyInclusion } from '../ledger/merkle/inclusion.ts'
import { parseLogProof } from '../ledger/tlog-proof.ts'
import { parseLine, type BundleHeader, type Sample, type SignedEntry } from './bundle.ts'
import { isEvent } from './event-shape.ts'
import type { BundleFault } from './fault.ts'
import { walkLineage, type Lineage } from './lineage.ts'
import { beginReplay } from './replay.ts'

/** What the reader knows beforehand, none of it from the bundle. */
export interface Expected {
  readonly trust: Trust
  /** The batch that was asked for; without it, whichever the bundle is about. */
  readonly batch?: string
  /** The sample that was asked for; without it, the whole. */
  readonly sample?: Sample
}

export interface Options {
  /** Told now and then; what it returns is waited for, so that a page can show it. */
  readonly progress?: Tell
  /** `verifySigned` of signed.ts, for readers who are given what devices signed; public bundles have none of it. */
  readonly signed?: VerifySigned
}

type Tell = (progress: Progress) => Promise<void> | void

export interface Progress {
  readonly step: 'hashing' | 'replaying'
  readonly done: number
  /** Absent while nobody knows. */
  readonly total?: number
}

/** What was found to hold. All of it was worked out here, from the bytes of the events. */
export interface Findings {
  /** The batch as its events have left it. */
  readonly batch: Batch
  readonly head: { readonly hash: string; readonly event: string; readonly recordedAt: string }
  /** Where in the log the last event is, and what the log has signed with it. */
  readonly index: bigint
  readonly checkpoint: OpenCheckpoint
  readonly events: number
  /** Events of the bundle that nothing leads to. */
  readonly unreached: number
  readonly batches: number
  readonly runs: number
  readonly pickups: number
  /** Batches of which only the charge was seen, because they are not in the sample. */
  readonly leftOut: number
  /** Where that was asked for. */
  readonly signed?: SignedFound
  /** Of the lineage's events, when the first happened and when the last was recorded. */
  readonly from: string
  readonly to: string
}

export type Verification =
  { readonly ok: true; readonly found: Findings } | { readonly ok: false; readonly fault: BundleFault }

const failed = (fault: BundleFault): { readonly ok: false; readonly fault: BundleFault } => ({
  ok: false,
  fault,
})

/**
 * Verifies a bundle: every hash, that the log has signed the batch's last event, every link back from it, and that the events
 * follow from each other by the rules of the domain.
 *
 * Precondition: `expected` is the reader's own. Lines come without their newlines; anybody may have written them.
 * Guarantee: if it holds, then the log's key has signed a tree that commits to each of these events as they stand; the history
 * of each batch and run of the lineage is whole from its beginning to what the lineage leads to; and origins, masses, journey
 * and custody of `batch` are what follows from them.
 * What it cannot say: that scales were right, that places and photos are true, that nothing happened after the last event,
 * or that the log shows others the same; the last is for witnesses and for older checkpoints (growth.ts).
 */
export async function verifyBundle(
  lines: AsyncIterable<string> | Iterable<string>,
  expected: Expected,
  { progress = () => {}, signed: verifySigned }: Options = {},
): Promise<Verification> {
  const read = await readBundle(lines, progress)
  if (!read.ok) return read
  const { header, events, signed } = read.value
  const asked = askedFault(header, expected)
  if (asked) return failed(asked)
  const logged = await verifyHead(header, expected.trust)
  if (!logged.ok) return logged
  const walked = await walkLineage(header.batch, header.head, events, header.sample)
  if (!walked.ok) return walked
  const lineage = walked.value
  const batch = await replay(header, lineage, progress)
  if (!batch.ok) return batch
  const evidence = await verifySigned?.(signed, lineage)
  if (evidence?.ok === false) return evidence
  const found = { ...countsOf(lineage, events.size), batch: batch.value, ...logged.value }
  return {
    ok: true,
    found: { ...found, head: headOf(header, events), ...(evidence && { signed: evidence.value }) },
  }
}

/** Pickups that a device is said to have signed, and how many such signatures came along; those are good. */
export interface SignedFound {
  readonly said: number
  readonly given: number
}

export type VerifySigned = (signed: readonly SignedEntry[], lineage: Lineage) => Promise<Step<SignedFound>>

export type Step<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: BundleFault }

interface Read {
  readonly header: BundleHeader
  readonly events: ReadonlyMap<string, HashedEvent>
  readonly signed: readonly SignedEntry[]
}

/** So many lines are hashed at once: each hash by itself would wait for the browser. */
const AT_ONCE = 64

/** Reads all lines, and keeps events by the hashes of their bytes. The first header counts. */
async function readBundle(
  lines: AsyncIterable<string> | Iterable<string>,
  progress: Tell,
): Promise<Step<Read>> {
  const events = new Map<string, HashedEvent>()
  const signed: SignedEntry[] = []
  let header: BundleHeader | undefined
  let end: { readonly events?: number } | undefined
  let waiting: Promise<HashedEvent>[] = []
  const settle = async (): Promise<void> => {
    for (const event of await Promise.all(waiting)) events.set(event.hash, event)
    waiting = []
    await progress({ step: 'hashing', done: events.size })
  }
  let number = 0
  for await (const text of lines) {
    number += 1
    const line = parseLine(text)
    if (!line.ok) return failed({ code: 'malformed-line', line: number, why: line.why })
    const { value } = line
    if (value.kind === 'header') header ??= value.header
    else if (!header) return failed({ code: 'no-header', line: number })
    if (value.kind === 'signed') signed.push(value.signed)
    if (value.kind === 'end') end = value
    if (value.kind !== 'event') continue
    if (!isEvent(value.value) || !isUnambiguous(value.text, value.value))
      return failed({ code: 'malformed-event', line: number })
    waiting.push(hashed(value.text, value.value))
    if (waiting.length === AT_ONCE) await settle()
  }
  await settle()
  if (!header) return failed({ code: 'no-header' })
  if (!end || (end.events !== undefined && end.events > events.size))
    return failed({ code: 'truncated', stated: end?.events, due: events.size })
  return { ok: true, value: { header, events, signed } }
}

async function hashed(text: string, event: HashedEvent['event']): Promise<HashedEvent> {
  return { event, hash: toHex(await leafHash(new TextEncoder().encode(text))) }
}

/** One text for one value: or two readers of the same bytes might see different things, as where a member is named twice. */
function isUnambiguous(text: string, value: unknown): boolean {
  try {
    return isCanonical(text, value)
  } catch {
    return false
  }
}

function askedFault(header: BundleHeader, { batch, sample }: Expected): BundleFault | undefined {
  if (batch !== undefined && batch !== header.batch)
    return { code: 'other-batch', stated: header.batch, due: batch }
  const { share, seed } = header.sample ?? { share: 1, seed: '' }
  const wanted = sample ?? { share: 1, seed: '' }
  return share === wanted.share && (share === 1 || seed === wanted.seed)
    ? undefined
    : { code: 'other-sample', stated: header.sample, due: sample }
}

/** That the log, by a key that the reader trusts, has signed a tree in which the head is a leaf. */
async function verifyHead(
  { head, proof }: BundleHeader,
  trust: Trust,
): Promise<Step<Pick<Findings, 'index' | 'checkpoint'>>> {
  const parsed = parseLogProof(proof)
  if (!parsed.ok) return failed({ code: 'malformed-proof', why: parsed.why })
  const { index, path, checkpoint: note } = parsed.value
  const checkpoint = await openCheckpoint(note, trust)
  if (!checkpoint.ok) return failed({ code: 'untrusted-checkpoint', why: checkpoint.why })
  const { size, root } = checkpoint.value
  const leaf = fromHex(head)
  const included = await verifyInclusion({ index, size, leaf, root }, path)
  return included.ok
    ? { ok: true, value: { index, checkpoint: checkpoint.value } }
    : failed({ code: 'not-in-log', hash: head, why: included.why })
}

async function replay(
  { batch: id, sample }: BundleHeader,
  lineage: Lineage,
  progress: Tell,
): Promise<Step<Batch>> {
  const { tell, subjects } = beginReplay(lineage)
  const total = lineage.events.length
  for (const [done, event] of lineage.events.entries()) {
    const fault = tell(event)
    if (fault) return failed(fault)
    if (done % AT_ONCE === 0) await progress({ step: 'replaying', done, total })
  }
  await progress({ step: 'replaying', done: total, total })
  const batch = subjects.get(id)
  return batch?.kind === 'batch'
    ? { ok: true, value: batch }
    : failed({ code: sample ? 'other-sample' : 'impossible-event', subject: id })
}

function countsOf(
  { events, subjects, unsampled }: Lineage,
  given: number,
): Pick<Findings, 'events' | 'unreached' | 'batches' | 'runs' | 'pickups' | 'leftOut' | 'from' | 'to'> {
  const ids = [...subjects.keys()]
  const runs = ids.filter((id) => kindOfId(id) === 'run').length
  const [first] = events
  let [from, to, pickups] = [first?.event.occurredAt ?? '', '', 0]
  for (const { event } of events) {
    if (event.type === 'PickupRecorded') pickups += 1
    if (event.occurredAt < from) from = event.occurredAt
    if (event.recordedAt > to) to = event.recordedAt
  }
  return {
    events: events.length,
    unreached: given - events.length,
    batches: ids.length - runs,
    runs,
    pickups,
    leftOut: unsampled.size,
    from,
    to,
  }
}

function headOf({ head }: BundleHeader, events: Read['events']): Findings['head'] {
  const event = events.get(head)?.event
  return { hash: head, event: event?.id ?? '', recordedAt: event?.recordedAt ?? '' }
}

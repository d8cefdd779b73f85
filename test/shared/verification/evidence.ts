import { subjectsOf, type DomainEvent } from '../../../shared/domain/events/event.ts'
import { eventId } from '../../../shared/domain/ids.ts'
import { fold, type Subject } from '../../../shared/domain/state/fold.ts'
import { canonicalJson } from '../../../shared/ledger/canonical.ts'
import { printCheckpoint, signCheckpoint, type Trust } from '../../../shared/ledger/checkpoint.ts'
import { canonicalHash } from '../../../shared/ledger/hash.ts'
import type { LinkedEvent } from '../../../shared/ledger/link.ts'
import { proveInclusion } from '../../../shared/ledger/merkle/inclusion.ts'
import { tilePath } from '../../../shared/ledger/merkle/tile.ts'
import {
  EMPTY_EDGE,
  frontierOf,
  growTiles,
  tileReader,
  type LoadTiles,
} from '../../../shared/ledger/merkle/tiles.ts'
import { rootOf } from '../../../shared/ledger/merkle/tree.ts'
import { printNote } from '../../../shared/ledger/note.ts'
import { printLogProof } from '../../../shared/ledger/tlog-proof.ts'
import {
  isSampled,
  linesOf,
  printEnd,
  printEvent,
  printHeader,
  printSigned,
  type Sample,
  type SignedEntry,
} from '../../../shared/verification/bundle.ts'
import {
  verifyBundle,
  type Expected,
  type Options,
  type Verification,
} from '../../../shared/verification/verify.ts'
import type { Signer } from '../ledger/signers.ts'

/** A history with its real hashes, whatever hashes it was played with. */
export const linked = async (events: readonly DomainEvent[]): Promise<LinkedEvent[]> =>
  linkedAfter([], events)

/** The same, of which the first part keeps the links that it has. */
export async function linkedAfter(
  kept: readonly DomainEvent[],
  events: readonly DomainEvent[],
): Promise<LinkedEvent[]> {
  const heads = new Map<string, string>()
  const history: LinkedEvent[] = []
  for (const [index, event] of [...kept, ...events].entries()) {
    const touched = subjectsOf(event)
    const previous = touched.flatMap((subject) => {
      const hash = heads.get(subject)
      return hash === undefined ? [] : [{ subject, hash }]
    })
    const relinked: DomainEvent = index < kept.length ? event : { ...event, previous }
    const text = canonicalJson(relinked)
    const hash = await canonicalHash(text)
    for (const subject of touched) heads.set(subject, hash)
    history.push({ event: relinked, hash, text })
  }
  return history
}

/** A log in memory: all tiles of all its sizes, and checkpoints that its key signs. */
export interface MemoryLog {
  readonly size: bigint
  readonly checkpoint: string
  readonly loadTiles: LoadTiles
  readonly proofOf: (hash: string) => Promise<string>
}

export const bytesOf = (hash: string): Uint8Array =>
  Uint8Array.from(hash.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))

export async function logOf(hashes: readonly string[], { key, sign }: Signer): Promise<MemoryLog> {
  const { edge, tiles } = await growTiles(EMPTY_EDGE, hashes.map(bytesOf))
  const stored = new Map(tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]))
  const loadTiles: LoadTiles = async (wanted) => wanted.map((tile) => stored.get(tilePath(tile)))
  const size = BigInt(hashes.length)
  const root = await rootOf(await frontierOf(edge))
  const text = printCheckpoint({ origin: key.name, size, root, extensions: [] })
  const checkpoint = printNote({ text, signatures: [await signCheckpoint(text, key, sign)] })
  const proofOf = async (hash: string): Promise<string> => {
    const index = BigInt(hashes.indexOf(hash))
    if (index < 0n) return printLogProof({ index: 0n, path: [], checkpoint })
    const path = await proveInclusion(index, size, tileReader(size, loadTiles))
    if (!path.ok) throw new Error(path.why)
    return printLogProof({ index, path: path.value, checkpoint })
  }
  return { size, checkpoint, loadTiles, proofOf }
}

/** All that is known, as a server would have it. */
export interface Evidence {
  readonly history: readonly LinkedEvent[]
  readonly subjects: ReadonlyMap<string, Subject>
  readonly log: MemoryLog
  readonly trust: Trust
}

export async function evidenceOf(events: readonly DomainEvent[], signer: Signer): Promise<Evidence> {
  const history = await linked(events)
  return {
    history,
    subjects: fold(new Map(), history),
    log: await logOf(
      history.map(({ hash }) => hash),
      signer,
    ),
    trust: { origin: signer.key.name, keys: [signer.key] },
  }
}

/** Batches and runs that a batch was made of, by charges that stand: as a trace finds them. */
export function lineageIn(
  { subjects, history }: Pick<Evidence, 'subjects' | 'history'>,
  batch: string,
): Set<string> {
  const byId = new Map(history.map(({ event }) => [event.id, event]))
  const lineage = new Set([batch])
  for (const id of lineage) {
    const subject = subjects.get(id)
    if (subject?.kind === 'batch' && subject.run !== undefined) lineage.add(subject.run)
    if (subject?.kind !== 'run') continue
    for (const sequence of subject.chargeSequences) {
      const charged = byId.get(eventId(id, sequence))
      if (charged?.type === 'RunCharged') for (const charge of charged.data.charges) lineage.add(charge.batch)
    }
  }
  return lineage
}

/** A bundle in parts, to be printed as it is or after somebody has tampered with it. */
export interface Parts {
  readonly batch: string
  readonly head: string
  readonly proof: string
  readonly sample?: Sample
  readonly events: readonly string[]
  readonly signed: readonly SignedEntry[]
}

export async function partsOf(evidence: Evidence, batch: string, sample?: Sample): Promise<Parts> {
  const lineage = lineageIn(evidence, batch)
  const isIn = async (id: string): Promise<boolean> => {
    const subject = evidence.subjects.get(id)
    const isPickup = subject?.kind === 'batch' && subject.run === undefined
    return sample === undefined || !isPickup || (await isSampled(id, sample))
  }
  const kept = new Set<string>()
  for (const id of lineage) if (await isIn(id)) kept.add(id)
  const touching = evidence.history.filter(({ event }) => subjectsOf(event).some((id) => kept.has(id)))
  const head = evidence.subjects.get(batch)?.head ?? ''
  return {
    batch,
    head,
    proof: await evidence.log.proofOf(head),
    ...(sample && { sample }),
    events: touching.map(({ text }) => text),
    signed: [],
  }
}

export const printed = ({ events, signed, ...header }: Parts): string =>
  [
    printHeader(header),
    ...events.map(printEvent),
    ...signed.map(printSigned),
    printEnd(new Set(events).size),
  ].join('')

export const verified = async (
  text: string,
  expected: Expected,
  options: Options = {},
): Promise<Verification> => verifyBundle(linesOf([new TextEncoder().encode(text)]), expected, options)

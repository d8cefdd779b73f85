import { createReadStream } from 'node:fs'
import { sameBytes } from '../../shared/ledger/bytes.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { openCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { canonicalHash, fromHex } from '../../shared/ledger/hash.ts'
import { append, EMPTY, rootOf, type Hash } from '../../shared/ledger/merkle/tree.ts'
import { parseVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { eventFromText } from '../../shared/domain/events/upcasting.ts'
import type { LinkedEvent } from '../../shared/ledger/link.ts'
import { LOG_HEAD, LOG_KEYS } from '../adapters/keys.ts'
import { headIn } from '../adapters/log-table.ts'
import { itemFrom } from '../adapters/portable.ts'
import type { Head } from '../log/store.ts'
import { FORMAT, tallyLines, type Counts, type Line, type LineOf } from './lines.ts'

/** The lines of a file. Split by hand: a text in one may have what other readers take for the end of a line. */
export async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

export function lineFrom(text: string, at: number): Line {
  try {
    const line: Line = JSON.parse(text)
    return line
  } catch {
    throw new Error(`line ${at} is no JSON; the file was changed or cut off`)
  }
}

export async function linkedIn({ text }: LineOf<'event'>): Promise<LinkedEvent> {
  return { event: eventFromText(text), text, hash: await canonicalHash(text) }
}

/** What a file was found to be. */
export interface Checked {
  readonly ledger: LineOf<'ledger'>
  readonly head: Head | undefined
  readonly counts: Counts
}

/**
 * Reads a file from end to end and throws a sentence unless it is whole and says what the log has signed: its lines have
 * the digest and the counts at its end; each event is canonical and follows on what came before it in the file; and the
 * first so many of them have the root of the head, and that of the checkpoint. By whom that must be signed whoever
 * restores may say (`pinned`), else it is the keys in the file itself, which proves that nothing was damaged and not who made it.
 */
export async function checkFile(file: string, pinned: readonly string[]): Promise<Checked> {
  const tallied = tallyLines()
  const keys = new Set<string>(pinned)
  const known = new Set<string>()
  const hashes: Hash[] = []
  let ledger: LineOf<'ledger'> | undefined
  let end: LineOf<'end'> | undefined
  let at = 0
  for await (const text of linesIn(file)) {
    at++
    if (end) throw new Error(`line ${at} comes after the end; the file was changed`)
    const line = lineFrom(text, at)
    if (line.kind === 'end') {
      end = line
      continue
    }
    tallied.add(text, line.kind)
    if (line.kind === 'ledger') ledger = line
    if (line.kind === 'record' && pinned.length === 0) for (const key of logKeysIn(line)) keys.add(key)
    if (line.kind === 'event') await takeEvent(line, at)
  }
  if (ledger?.format !== FORMAT) throw new Error(`${file} is no export of Tidemark in format ${FORMAT}`)
  if (!end) throw new Error(`${file} has no last line; it was cut off after line ${at}`)
  const { counts, sha256 } = tallied.end()
  if (sha256 !== end.sha256 || canonicalJson(counts) !== canonicalJson(end.counts))
    throw new Error(`the digest of ${file} is not the one at its end; the file was changed`)
  const head = ledger.head && headIn(itemFrom({ ...ledger.head }))
  await checkRoots(ledger, head, hashes, [...keys])
  return { ledger, head, counts }

  async function takeEvent(line: LineOf<'event'>, place: number): Promise<void> {
    const { event, hash, text } = await linkedIn(line)
    if (canonicalJson(JSON.parse(text)) !== text)
      throw new Error(`line ${place} is no event as it was hashed`)
    const missing = event.previous.find((link) => !known.has(link.hash))
    if (missing) throw new Error(`${event.id} follows on an event of ${missing.subject} that is not there`)
    if (line.leaf !== undefined && line.leaf !== hashes.length)
      throw new Error(`${event.id} is not in its place in the log`)
    known.add(hash)
    if (line.leaf !== undefined) hashes.push(fromHex(hash))
  }
}

const logKeysIn = ({ item: { pk, sk, key } }: LineOf<'record'>): string[] =>
  pk && 'S' in pk && pk.S === LOG_HEAD.pk && sk && 'S' in sk && sk.S.startsWith(LOG_KEYS) && key && 'S' in key
    ? [key.S]
    : []

async function checkRoots(
  { origin, checkpoint }: LineOf<'ledger'>,
  head: Head | undefined,
  hashes: readonly Hash[],
  keys: readonly string[],
): Promise<void> {
  if (!head) {
    if (hashes.length > 0 || checkpoint !== undefined) throw new Error('the file has a log without a head')
    return
  }
  if (head.size !== BigInt(hashes.length))
    throw new Error(`the log has ${head.size} entries, and the file ${hashes.length} of them`)
  if (!sameBytes(await rootAt(hashes, head.size), head.root))
    throw new Error("the events do not lead to the root of the log's head")
  if (checkpoint === undefined) throw new Error('the log was never signed; let it catch up, and export again')
  const found = await openCheckpoint(checkpoint, { origin, keys: await trusted(keys) })
  if (!found.ok) throw new Error(`the checkpoint is not to be trusted: ${found.why}`)
  const { size, root } = found.value
  if (size > head.size || !sameBytes(await rootAt(hashes, size), root))
    throw new Error(`the first ${size} events are not what the log has signed`)
}

const rootAt = async (hashes: readonly Hash[], size: bigint): Promise<Hash> =>
  rootOf(await append(EMPTY, hashes.slice(0, Number(size))))

async function trusted(keys: readonly string[]): Promise<VerifierKey[]> {
  const parsed = await Promise.all(keys.map(parseVerifierKey))
  return parsed.map((key) => {
    if (!key.ok) throw new Error(key.why)
    return key.value
  })
}

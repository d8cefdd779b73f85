import { fromBase64, parseHash, toBase64 } from './base64.ts'
import { parseDecimal } from './bytes.ts'
import { checked, fault, shown, type Checked } from './checked.ts'
import { openCheckpoint, type OpenCheckpoint, type Trust } from './checkpoint.ts'
import { verifyInclusion } from './merkle/inclusion.ts'
import type { Hash } from './merkle/tree.ts'

/**
 * Proofs that an entry is in a log, whole in themselves (c2sp.org/tlog-proof@v1); files of them end in `.tlog-proof`.
 *
 *     c2sp.org/tlog-proof@v1
 *     index 1
 *     i1fXPd3n7G8WrcDxl0Eoy7bfAZ3XYQoxqelL867GnDM=
 *     haK329XoTdUfirF1Kr7bZUq5R8qEGWCGiXWjtSluMk0=
 *
 *     trace.example.org/log
 *     3
 *     qjVC0AdY/oG+0NRC2ShndM/t5289t8sCVC10/jsNLng=
 *
 *     — trace.example.org/log /4sEgFCC…
 */
export interface LogProof {
  /** What goes along, without being proven. */
  readonly extra?: Uint8Array
  /** Which leaf of the log it is; 0 for the first. */
  readonly index: bigint
  /** The inclusion proof, the leaf's sibling first. */
  readonly path: readonly Hash[]
  /** The signed note, to the letter. */
  readonly checkpoint: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^64 leaves is no deeper. */
const MAX_PATH = 64

export function printLogProof({ extra, index, path, checkpoint }: LogProof): string {
  const lines = [
    HEADER,
    ...(extra?.length ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...path.map(toBase64),
    '',
  ]
  return `${lines.join('\n')}\n${checkpoint}`
}

/** Reads a proof, strictly. Verifies nothing; also its checkpoint is not looked at. */
export function parseLogProof(text: string): Checked<LogProof> {
  const blank = text.indexOf('\n\n')
  if (blank === -1) return fault('a proof must have an empty line before its checkpoint')
  const lines = text.slice(0, blank).split('\n')
  const header = lines.shift()
  if (header !== HEADER) return fault(`a proof must begin with ${HEADER}; given: ${shown(header ?? '')}`)
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined
  const extraBytes = extra === undefined ? undefined : fromBase64(extra)
  if (extra !== undefined && !extraBytes?.length)
    return fault(`extra data must be base64, padded, and not empty; given: ${shown(extra)}`)
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined
  if (index === undefined)
    return fault(`a proof must say index and a decimal number; given: ${shown(indexLine)}`)
  if (lines.length > MAX_PATH) return fault(`a proof may have ${MAX_PATH} hashes; given: ${lines.length}`)
  const path: Hash[] = []
  for (const line of lines) {
    const hash = parseHash(line)
    if (!hash.ok) return hash
    path.push(hash.value)
  }
  return checked({
    ...(extraBytes && { extra: extraBytes }),
    index,
    path,
    checkpoint: text.slice(blank + 2),
  })
}

/**
 * Whether a log that the reader trusts contains an entry, by nothing but a proof.
 *
 * Precondition: the leaf hash was worked out from the entry itself (hash.ts), not taken from beside it.
 * Guarantee: the log has signed a tree in which this leaf has this index. `extra` remains unproven.
 */
export async function verifyLogProof(
  { index, path, checkpoint }: LogProof,
  leaf: Hash,
  trust: Trust,
): Promise<Checked<OpenCheckpoint>> {
  const opened = await openCheckpoint(checkpoint, trust)
  if (!opened.ok) return opened
  const { size, root } = opened.value
  const included = await verifyInclusion({ index, size, leaf, root }, path)
  return included.ok ? opened : included
}

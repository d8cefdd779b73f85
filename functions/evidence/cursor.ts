import { createHash } from 'node:crypto'
import { isSample, type Sample } from '../../shared/verification/bundle.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { packPosition, unpackPosition, type Position } from './position.ts'

/**
 * Cursors of proofs: where the walk along the lineage of one batch goes on, and with which sample, so that `next` alone is
 * enough to go on. Opaque to callers; what is in one is theirs to read, and leads nowhere else (position.ts).
 */
export interface Place {
  readonly position: Position
  readonly sample: Sample | undefined
}

const VERSION = 1
const DIGEST_BYTES = 6

/** Says which batch it is for without naming it at length. */
const digestOf = (batch: string): Buffer =>
  createHash('sha256').update(batch).digest().subarray(0, DIGEST_BYTES)

export function writePlace(batch: string, { position, sample }: Place): string {
  const drawn = Buffer.from(sample ? `${sample.share} ${sample.seed}` : '', 'ascii')
  const head = [Buffer.from([VERSION]), digestOf(batch), Buffer.from([drawn.length]), drawn]
  return Buffer.concat([...head, packPosition(position)]).toString('base64url')
}

export function readPlace(batch: string, cursor: string): Decision<Place> {
  const bytes = Buffer.from(cursor, 'base64url')
  const after = 1 + DIGEST_BYTES
  const isOurs = bytes[0] === VERSION && bytes.subarray(1, after).equals(digestOf(batch))
  const end = after + 1 + (bytes[after] ?? 0)
  const sample = sampleIn(bytes.subarray(after + 1, end).toString('ascii'))
  const position = isOurs ? unpackPosition(bytes.subarray(end)) : undefined
  if (!position || sample === 'none of ours')
    return refuse(
      'invalid-request',
      'The cursor is not one of ours for this batch; leave it out to start again.',
      '/cursor',
    )
  return accept({ position, sample })
}

function sampleIn(text: string): Sample | undefined | 'none of ours' {
  if (text === '') return undefined
  const [share, seed = ''] = text.split(' ')
  const sample = { share: Number(share), seed }
  return isSample(sample) ? sample : 'none of ours'
}

import { createHash } from 'node:crypto'
import type { PortableItem } from '../adapters/portable.ts'

/**
 * The whole ledger as JSON Lines, in this order: what it is; records that are no events, with how often each state was
 * written; all checkpoints that were kept; every event in the order of the log, then those that were not in it yet; and how
 * many of each there are, with a digest of all lines before. Whatever else is in the table follows from these.
 */
export const FORMAT = 1

export type Line =
  | {
      readonly kind: 'ledger'
      readonly format: typeof FORMAT
      readonly at: string
      /** The log's name, how far it was signed, and its head as it is stored. */
      readonly origin: string
      readonly checkpoint?: string
      readonly head?: PortableItem
    }
  | { readonly kind: 'record'; readonly item: PortableItem }
  | { readonly kind: 'revision'; readonly id: string; readonly revision: number }
  | { readonly kind: 'checkpoint'; readonly size: string; readonly note: string }
  /** `text` is what was hashed, to the byte; `leaf` its place in the log. */
  | { readonly kind: 'event'; readonly leaf?: number; readonly text: string; readonly beside: PortableItem }
  /** A file of a photo that an event's sealed values name. The files are not in here. */
  | { readonly kind: 'photo'; readonly org: string; readonly sha256: string }
  | ({ readonly kind: 'end'; readonly sha256: string } & { readonly counts: Counts })

export type Counts = Readonly<Record<string, number>>
export type LineOf<Kind extends Line['kind']> = Extract<Line, { kind: Kind }>

/** Counts lines and digests them, for whoever writes them and whoever reads them. */
export interface Tallied {
  readonly add: (text: string, kind: string) => void
  readonly end: () => { readonly counts: Counts; readonly sha256: string }
}

export function tallyLines(): Tallied {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  return {
    add: (text, kind) => {
      hash.update(text).update('\n')
      counts[kind] = (counts[kind] ?? 0) + 1
    },
    end: () => ({ counts: { ...counts }, sha256: hash.copy().digest('hex') }),
  }
}

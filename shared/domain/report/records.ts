import { RUN_LOSS_KINDS } from '../material/material.ts'
import type { Booking, RunRecord } from './booking.ts'
import { MAX_LISTED } from './exceptions.ts'
import type { Posting } from './lines.ts'

/** Of what was lost in runs, the part that one document says the destination of. */
export interface WasteRow {
  readonly kind: (typeof RUN_LOSS_KINDS)[number]
  readonly document: string
  readonly grams: number
}

/** By kind and then by document. What a correction took back is not there. */
export function wasteRows(postings: readonly Posting[]): WasteRow[] {
  return RUN_LOSS_KINDS.flatMap((kind) => {
    const byDocument = new Map<string, number>()
    for (const posting of postings) {
      if (posting.line !== 'run-loss' || posting.kind !== kind || posting.document === undefined) continue
      byDocument.set(posting.document, (byDocument.get(posting.document) ?? 0) + posting.grams)
    }
    return [...byDocument]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([document, grams]) => (grams === 0 ? [] : [{ kind, document, grams }]))
  })
}

export interface RecordRow extends RunRecord {
  /** The event that it was recorded with, and when that happened. */
  readonly event: string
  readonly occurredAt: string
}

/** Documents and line cleaning of the runs at a site. */
export interface Records {
  /** In the order in which they count; at most {@link MAX_LISTED}. An event that was taken back stays, as it was said. */
  readonly listed: readonly RecordRow[]
  /** Events beyond these. */
  readonly more: number
}

export function recordsOf(bookings: readonly Booking[]): Records {
  const all = bookings.flatMap(({ event, occurredAt, record }) =>
    record ? [{ event, occurredAt, ...record }] : [],
  )
  return { listed: all.slice(0, MAX_LISTED), more: Math.max(0, all.length - MAX_LISTED) }
}

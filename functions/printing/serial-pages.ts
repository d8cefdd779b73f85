import type { Level } from '../../shared/contract/requests/codes.ts'
import { serialOf, type PieceKey } from '../../shared/domain/gs1/lot.ts'
import { serialUri } from '../../shared/domain/printing/code-uri.ts'
import { matrixOf, svgOf, type Segment, type SvgStyle } from './qr.ts'

/** Codes of the pieces of a lot, numbered from 1. They follow from the lot alone, so nothing of them is kept. */
export interface SerialLot extends PieceKey {
  readonly origin: string
  /** How many pieces there are. */
  readonly units: number
}

export interface Drawing extends SvgStyle {
  readonly level: Level
}

/** One answer, and the last piece in it. */
export interface SerialPage {
  readonly bytes: Buffer
  readonly last: number
}

/** Of an answer as it leaves here; a ZIP grows by a third on its way through Lambda, which takes 6 MB at most. */
export const MOST_BYTES = 4_000_000

/** A table (RFC 4180) with a line for each piece from `from` on: serial number, address and, if wanted, the drawing. */
export function csvPage(
  lot: SerialLot,
  from: number,
  { limit, drawing }: { readonly limit: number; readonly drawing: Drawing | undefined },
): SerialPage {
  const lines = [drawing ? 'serial,uri,svg\r\n' : 'serial,uri\r\n']
  let bytes = 0
  let unit = from
  for (; isWanted(lot, unit, from + limit) && bytes < MOST_BYTES; unit++) {
    const uri = serialUri(lot.origin, lot, unit)
    const cell = drawing ? `,"${drawn(uri, drawing).replaceAll('"', '""')}"` : ''
    const line = `${serialOf(lot, unit)},${uri}${cell}\r\n`
    bytes += line.length
    lines.push(line)
  }
  return { bytes: Buffer.from(lines.join('')), last: unit - 1 }
}

export const isWanted = ({ units }: SerialLot, unit: number, end: number): boolean =>
  unit <= units && unit < end

export const drawn = (uri: string, drawing: Drawing): string =>
  svgOf(matrixOf(segmentsOf(uri), drawing.level), drawing)

/**
 * Digits take 3⅓ bits each where they stand in a row, and other characters 8. The library finds out by itself how best to
 * cut a text, for half of the time that it takes to draw it; of these addresses it is known: only the GTIN is worth it.
 */
function segmentsOf(uri: string): Segment[] {
  const parts = uri.split(/(?<=\/01\/)(\d{14})(?=\/)/)
  return parts.map((data, index) => (index === 1 ? { data, mode: 'numeric' } : { data, mode: 'byte' }))
}

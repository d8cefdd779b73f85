import type { ProductFacts } from '../events/run.ts'
import { digitalLinkPath } from '../gs1/digital-link.ts'
import { lotKeyOf, serialOf, type LotKey, type PieceKey } from '../gs1/lot.ts'

/**
 * What a printed code says: one address, and nothing else.
 *
 * Where the maker has given a product lot its GTIN and lot number it is the GS1 Digital Link URI of that lot, which any
 * resolver understands; otherwise the address of the passport here, which is no GS1 key and never called one.
 */
export interface Coded {
  readonly id: string
  readonly product?: Pick<ProductFacts, 'gtin' | 'lot'>
}

/** The address in the code of a batch. `origin` has no slash at its end. */
export function codeUri(origin: string, { id, product }: Coded): string {
  const keyed = lotKeyOf(product)
  return keyed === undefined ? `${origin}/b/${id}` : lotUri(origin, keyed)
}

/** The GS1 Digital Link of a lot. */
export const lotUri = (origin: string, { gtin, lot }: LotKey): string =>
  origin + digitalLinkPath({ gtin, qualifiers: { '10': lot } })

/** The address of the nth piece of a lot: the lot's, with the piece's serial number (AI 21) after it. */
export const serialUri = (origin: string, piece: PieceKey, unit: number): string =>
  origin + digitalLinkPath({ gtin: piece.gtin, qualifiers: { '10': piece.lot, '21': serialOf(piece, unit) } })

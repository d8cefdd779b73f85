import type { ProductFacts } from '../events/run.ts'
import { digitalLinkPath } from '../gs1/digital-link.ts'
import { lotKeyOf, type LotKey } from '../gs1/lot.ts'

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

/** The address of one piece of a lot: the lot's, with its serial number (AI 21) after it. */
export const serialUri = (origin: string, { gtin, lot }: LotKey, serial: number): string =>
  origin + digitalLinkPath({ gtin, qualifiers: { '10': lot, '21': String(serial) } })

import type { ProductFacts } from '../events/run.ts'
import type { Batch } from '../state/batch.ts'
import { QUALIFIERS } from './elements.ts'

/**
 * A product lot as GS1 identifies it, with all that resolving its code takes. A pair of GTIN and lot number belongs to
 * one batch for good: it is taken when the lot is made, stays taken whatever becomes of that, and is given to no other.
 */
export interface GtinLot {
  readonly gtin: string
  readonly lot: string
  readonly batch: string
  /** The organisation that made it. */
  readonly madeBy: string
  readonly name: string
  readonly units: number
  /** Whether anything of the lot is claimed under a certificate. */
  readonly certified: boolean
  /** Declared a mistake: its codes still lead to it, but it is offered to nobody who asks for its GTIN. */
  readonly isVoid: boolean
}

/** What GS1 Digital Link needs to name a lot. */
export interface LotKey {
  /** 14 digits with a check digit. */
  readonly gtin: string
  readonly lot: string
}

/** Undefined where a lot has no GTIN or no lot number: then there is nothing that a serial number could be added to. */
export function lotKeyOf(product: Pick<ProductFacts, 'gtin' | 'lot'> | undefined): LotKey | undefined {
  if (product?.gtin === undefined || product.lot === undefined) return undefined
  return { gtin: product.gtin, lot: product.lot }
}

/** What a batch is to GS1; undefined for one without a GTIN, which is known by its own id alone. */
export function gtinLotOf({
  id,
  status,
  product,
  claims,
  custodian,
  custodians,
}: Batch): GtinLot | undefined {
  const key = lotKeyOf(product)
  if (!product || !key) return undefined
  const { name, units } = product
  const certified = Object.keys(claims).length > 0
  const madeBy = custodians[0] ?? custodian
  return { ...key, batch: id, madeBy, name, units, certified, isVoid: status === 'void' }
}

/** A lot whose pieces have codes of their own, and the batch that it is. */
export interface PieceKey extends LotKey {
  readonly batch: string
}

/**
 * The serial number of the nth piece of a lot. GS1 wants GTIN and serial number to be one item alone, whatever its lot:
 * so it begins with the lot number, which {@link lotInSerial} reads back. Where that is too long it begins with the
 * batch's id instead, without its letter and without a dash, so that the two kinds cannot meet; such a one is found by
 * the lot number that stands before it in its code, not by itself.
 */
export function serialOf({ lot, batch }: PieceKey, unit: number): string {
  const byLot = `${lot}-${unit}`
  return byLot.length <= QUALIFIERS['21'].longest ? byLot : `${batch.slice(1)}${unit}`
}

/** A lot number and a unit that a serial number may stand for; which lots there are it does not know. */
export interface SerialReading {
  readonly lot: string
  readonly unit: number
}

/**
 * Reads a serial number that names its lot itself, `<lot>-<n>`: so a code with a serial number and no lot leads to its
 * lot without a list of all serial numbers. Undefined for any other.
 */
export function lotInSerial(serial: string): SerialReading | undefined {
  const [, lot, unit] = /^(.+)-([1-9]\d{0,8})$/.exec(serial) ?? []
  return lot === undefined || unit === undefined ? undefined : { lot, unit: Number(unit) }
}

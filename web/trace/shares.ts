import { apportion } from '../../shared/domain/material/mass.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'

/**
 * Shares of a batch's mass in tenths of a percent. They are apportioned once, all together (largest remainder), so
 * that every figure on the page agrees with every other and the column adds up to 100.0.
 */
export interface Share {
  readonly grams: number
  readonly tenths: number
  readonly ofGrams: number
}

export interface Shares {
  readonly origins: readonly Share[]
  readonly otherPlaces: Share
  /** Neither collected nor virgin. */
  readonly otherMaterial: Share
  readonly virgin: Share
  /** The two together: all that was not collected. */
  readonly added: Share
  /** All that was collected: origins and other places. */
  readonly collected: Share
}

export function sharesOf({ origins, otherOrigins, otherMaterialGrams, virginGrams }: Passport): Shares {
  const grams = [
    ...origins.map((origin) => origin.grams),
    otherOrigins.grams,
    otherMaterialGrams - virginGrams,
    virginGrams,
  ]
  const ofGrams = grams.reduce((sum, part) => sum + part, 0)
  const tenths = apportion(ofGrams === 0 ? 0 : 1000, grams)
  const share = (index: number): Share => ({
    grams: grams[index] ?? 0,
    tenths: tenths[index] ?? 0,
    ofGrams,
  })
  const otherMaterial = share(origins.length + 1)
  const virgin = share(origins.length + 2)
  const added = { grams: otherMaterialGrams, tenths: otherMaterial.tenths + virgin.tenths, ofGrams }
  return {
    origins: origins.map((_, index) => share(index)),
    otherPlaces: share(origins.length),
    otherMaterial,
    virgin,
    added,
    collected: {
      grams: ofGrams - added.grams,
      tenths: ofGrams === 0 ? 0 : 1000 - added.tenths,
      ofGrams,
    },
  }
}

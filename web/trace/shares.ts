import { FOUND, type Found } from '../../shared/domain/geo/coast/found.ts'
import { apportion } from '../../shared/domain/material/mass.ts'
import type { Passport, PassportOrigin } from '../../shared/domain/passport/passport.ts'

/**
 * Shares of a batch's mass in tenths of a percent. They are apportioned once, all together (largest remainder), so
 * that every figure on the page agrees with every other and the column adds up to 100.0.
 */
export interface Share {
  readonly grams: number
  readonly tenths: number
  readonly ofGrams: number
}

/** All of which the same is known of where it was found. */
export interface FoundShare {
  readonly found: Found
  readonly share: Share
  /** Largest first. */
  readonly places: readonly { readonly origin: PassportOrigin; readonly share: Share }[]
  readonly others?: { readonly count: number; readonly share: Share }
}

export interface Shares {
  /** What was collected, what is known to be from nearest the sea first; only what there is. */
  readonly groups: readonly FoundShare[]
  /** Neither collected nor virgin. */
  readonly otherMaterial: Share
  readonly virgin: Share
  /** The two together: all that was not collected. */
  readonly added: Share
  /** All that was collected. */
  readonly collected: Share
}

export function sharesOf({ origins, otherOrigins, otherMaterialGrams, virginGrams }: Passport): Shares {
  const grams = [
    ...[...origins, ...otherOrigins].map((part) => part.grams),
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
  const places = origins.map((origin, index) => ({ origin, share: share(index) }))
  const others = otherOrigins.map((other, index) => ({ ...other, share: share(origins.length + index) }))
  const groups = FOUND.flatMap((found): FoundShare[] => {
    const here = places.filter(({ origin }) => origin.found === found)
    const rest = others.find((other) => other.found === found)
    const whole = sumOf([...here, ...(rest ? [rest] : [])].map((part) => part.share))
    return whole ? [{ found, share: whole, places: here, ...(rest && { others: rest }) }] : []
  })
  const otherMaterial = share(grams.length - 2)
  const virgin = share(grams.length - 1)
  const added = { grams: otherMaterialGrams, tenths: otherMaterial.tenths + virgin.tenths, ofGrams }
  return {
    groups,
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

/** Shares of one whole together; undefined where they come to nothing. */
export function sumOf(shares: readonly Share[]): Share | undefined {
  const [first, ...others] = shares.filter(({ grams }) => grams > 0)
  return first && others.reduce(plus, first)
}

const plus = (a: Share, b: Share): Share => ({
  grams: a.grams + b.grams,
  tenths: a.tenths + b.tenths,
  ofGrams: a.ofGrams,
})

/** Whether things are known to have been found at their place; else it is that of the site which took them in. */
export const isPlaced = ({ found }: Pick<FoundShare, 'found'>): boolean => found !== 'unrecorded'

/** Groups by place alone, largest first. */
export function placesOf(groups: readonly FoundShare[]): FoundShare['places'] {
  const all = groups.flatMap(({ places }) => places)
  const joined = [...Map.groupBy(all, ({ origin }) => origin.placeId).values()].map((parts) =>
    parts.reduce((a, b) => ({ origin: joinedOrigins(a.origin, b.origin), share: plus(a.share, b.share) })),
  )
  return joined.sort((a, b) => b.share.grams - a.share.grams)
}

/** Of one place. */
function joinedOrigins(a: PassportOrigin, b: PassportOrigin): PassportOrigin {
  return {
    ...a,
    from: a.from < b.from ? a.from : b.from,
    to: a.to > b.to ? a.to : b.to,
    grams: a.grams + b.grams,
  }
}

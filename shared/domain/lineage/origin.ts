import type { Found } from '../geo/coast/found.ts'
import { apportion } from '../material/mass.ts'
import { ADDED_KINDS } from '../material/material.ts'

/**
 * Origin shares: how many grams of a batch came from which place and month, and what is known of where it was found
 * there. They always add up to the batch's mass. Shares that differ in any of the three are never merged, so that no
 * gram is ever said to be from nearer the sea than it is known to be.
 * Material that was added and has no known origin (virgin polymer, pigment) is a share of its own, never hidden.
 */
export interface OriginShare {
  /** A place of the gazetteer (`dachen`), a grid cell (`grid:28.5,122.1`), or a kind of added material. */
  readonly placeId: string
  /** Month of the pickup in UTC, `2026-08`; empty for added material. */
  readonly period: string
  /** Computed from the pickup's position; absent for added material, and only there. */
  readonly found?: Found
  readonly grams: number
}

/** What shares have in common that are merged into one. */
function keyOf({ placeId, period, found }: OriginShare): string {
  return found === undefined ? `${placeId} ${period}` : `${placeId} ${period} ${found}`
}

/** Whether a share is of material that was added without a traced origin, and so was never collected for all we know. */
export function isAdded({ placeId }: Pick<OriginShare, 'placeId'>): boolean {
  return ADDED_KINDS.some((kind) => kind === placeId)
}

export function totalGrams(shares: readonly { readonly grams: number }[]): number {
  return shares.reduce((sum, share) => sum + share.grams, 0)
}

/**
 * Takes `grams` out of a pool in proportion to what each share still has. Requires 0 ≤ grams ≤ the pool's total.
 * Guarantees, share by share: drawn + rest = pool, nothing negative; and drawn adds up to `grams`.
 */
export function drawShares(
  pool: readonly OriginShare[],
  grams: number,
): { readonly drawn: OriginShare[]; readonly rest: OriginShare[] } {
  const parts = apportion(
    grams,
    pool.map((share) => share.grams),
  )
  const drawn: OriginShare[] = []
  const rest: OriginShare[] = []
  pool.forEach((share, index) => {
    const part = parts[index] ?? 0
    if (part > 0) drawn.push({ ...share, grams: part })
    if (share.grams > part) rest.push({ ...share, grams: share.grams - part })
  })
  return { drawn, rest }
}

/** Adds pools together: one share per place, month and what is known of it, in a fixed order so that equal contents are equal values. */
export function mergeShares(pools: readonly (readonly OriginShare[])[]): OriginShare[] {
  const merged = new Map<string, OriginShare>()
  for (const share of pools.flat()) {
    const key = keyOf(share)
    merged.set(key, { ...share, grams: share.grams + (merged.get(key)?.grams ?? 0) })
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share)
}

/** Takes shares out of a pool that they are part of. Throws RangeError where they are not: history would be wrong. */
export function subtractShares(pool: readonly OriginShare[], part: readonly OriginShare[]): OriginShare[] {
  const taken = new Map(part.map((share) => [keyOf(share), share.grams]))
  const rest = pool.map((share) => {
    const key = keyOf(share)
    const grams = share.grams - (taken.get(key) ?? 0)
    taken.delete(key)
    if (grams < 0)
      throw new RangeError(`${key} has ${share.grams} g, ${share.grams - grams} g were to be taken`)
    return { ...share, grams }
  })
  if (taken.size > 0) throw new RangeError(`the pool has nothing from ${[...taken.keys()].join(', ')}`)
  return rest.filter((share) => share.grams > 0)
}

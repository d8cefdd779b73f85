import { apportion, proportion } from './mass.ts'
import { kinOf, type Polymer } from './material.ts'

/**
 * What a heap is of: of each polymer the most grams that may be in it. `unknown` and `mixed` are what nobody told apart,
 * and may be anything. A lot that was put together from several keeps this, or mixing a gram in would make all of it
 * whatever it is called when it is taken apart again.
 */
export type Mixture = Readonly<Partial<Record<Polymer, number>>>

export interface Named {
  readonly polymer: Polymer
  readonly massGrams: number
}

/** What of some named parts a heap can give, part by part, and the most that is left of it then. */
export interface Given {
  readonly given: readonly number[]
  readonly left: Mixture
}

/**
 * Takes named parts out of a heap, each gram of it once: from their own polymer first, then from its kin, then from what
 * nobody told apart, of which no more than `nameableGrams` may be named; to call it unknown names nothing. Guarantees that no part is given more than it
 * asks for, and all together no more than the heap.
 */
export function takeNamed(heap: Mixture, named: readonly Named[], nameableGrams = untold(heap)): Given {
  const left: Partial<Record<Polymer, number>> = { ...heap }
  const given = named.map(() => 0)
  const take = (index: number, wanted: number, from: Polymer): number => {
    const grams = Math.min(wanted, left[from] ?? 0)
    left[from] = (left[from] ?? 0) - grams
    given[index] = (given[index] ?? 0) + grams
    return grams
  }
  const lacking = (index: number): number => (named[index]?.massGrams ?? 0) - (given[index] ?? 0)
  named.forEach(({ polymer }, index) => void take(index, lacking(index), polymer))
  named.forEach(({ polymer }, index) => {
    for (const kin of kinOf(polymer)) take(index, lacking(index), kin)
  })
  let nameable = nameableGrams
  named.forEach(({ polymer }, index) => {
    if (polymer === 'unknown') return
    for (const from of UNTOLD) nameable -= take(index, Math.min(lacking(index), nameable), from)
  })
  return { given, left: present(left) }
}

const UNTOLD = ['unknown', 'mixed'] as const

/** Of a heap, what nobody told apart. */
export const untold = (heap: Mixture): number => UNTOLD.reduce((sum, one) => sum + (heap[one] ?? 0), 0)

/** Grams by kind in a part of a lot, by those in all of it. Rounded up, so that what is in a lot is in each part of it. */
export function drawParts<Kind extends string>(
  parts: Readonly<Partial<Record<Kind, number>>>,
  grams: number,
  ofGrams: number,
): Partial<Record<Kind, number>> {
  const drawn: Partial<Record<Kind, number>> = {}
  for (const kind in parts) drawn[kind] = Math.min(grams, proportion(parts[kind] ?? 0, grams, ofGrams, 'up'))
  return drawn
}

/**
 * Shares a mixture over parts by their masses; no part holds more than its mass. Nothing for a part of which nobody could
 * say anything.
 */
export function shareMixture(mixture: Mixture, masses: readonly number[]): (Mixture | undefined)[] {
  const shares = Object.entries(mixture).map(([polymer, grams]) => ({
    polymer,
    parts: apportion(grams, masses),
  }))
  return masses.map((massGrams, index) => {
    const parts = shares.map(({ polymer, parts: all }) => [polymer, Math.min(massGrams, all[index] ?? 0)])
    return toldApart(present(Object.fromEntries(parts)))
  })
}

/** A mixture that tells anything; undefined for one that is `mixed` and no more, which is what its name says. */
export const toldApart = (mixture: Mixture): Mixture | undefined =>
  Object.keys(mixture).some((polymer) => polymer !== 'mixed') ? mixture : undefined

const present = (mixture: Mixture): Mixture =>
  Object.fromEntries(Object.entries(mixture).filter(([, grams]) => grams > 0))

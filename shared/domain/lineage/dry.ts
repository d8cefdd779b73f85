import { apportion, proportion } from '../material/mass.ts'
import { dryGramsOf } from '../material/weights.ts'

/**
 * The most of a mass that may be dry material, carried along with it like a claim: a moisture sets it where it is
 * measured, and nothing that is done later makes more of it, whether somebody measures again or not. Where nothing was
 * ever measured, all of the mass may be dry. How it is rounded is said in material/mass.ts.
 */
export interface MaybeDry {
  readonly massGrams: number
  readonly moistureBp?: number
}

/** The most that a moisture leaves dry; undefined where there is none. */
export function mostDryGrams({ massGrams, moistureBp }: MaybeDry): number | undefined {
  return moistureBp === undefined ? undefined : dryGramsOf(massGrams, moistureBp, 'up')
}

/** The part of a bound that goes with `grams` drawn from `ofGrams`. Requires grams ≤ ofGrams; never more than either. */
export function drawDry(atMostGrams: number, grams: number, ofGrams: number): number {
  return ofGrams === 0 ? 0 : proportion(atMostGrams, grams, ofGrams, 'up')
}

/**
 * What may be dry of each output of a heap that may be so dry in all. Those that were measured hold what was measured,
 * the others share the rest by mass. Guarantees that together they hold no more than the heap, and none more than its mass.
 */
export function shareDry(atMostGrams: number, outputs: readonly MaybeDry[]): number[] {
  let left = atMostGrams
  const measured = outputs.map((output) => {
    const most = mostDryGrams(output)
    if (most === undefined) return undefined
    const grams = Math.min(most, left)
    left -= grams
    return grams
  })
  const masses = outputs.map(({ massGrams }, index) => (measured[index] === undefined ? massGrams : 0))
  const unmeasuredGrams = masses.reduce((sum, grams) => sum + grams, 0)
  const shares = apportion(Math.min(left, unmeasuredGrams), masses)
  return outputs.map((_, index) => measured[index] ?? shares[index] ?? 0)
}

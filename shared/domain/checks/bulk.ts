import type { MaterialForm } from '../material/material.ts'

/** What a bag of 80 L usually weighs, however it was filled. */
export interface Bulk {
  readonly form: MaterialForm
  readonly bagGrams: readonly [low: number, high: number]
}

/**
 * Estimates, version 2026-1. Bags of bottles and of nets as stations report them; the others are 80 L of the loose
 * density (material/bags.ts), from half full to half as much again pressed in, rounded. Foam may hold three times its mass in water.
 */
export const BULK: readonly Bulk[] = [
  { form: 'bottle', bagGrams: [1_000, 4_000] },
  { form: 'net', bagGrams: [5_000, 20_000] },
  { form: 'rope', bagGrams: [2_400, 14_400] },
  { form: 'float', bagGrams: [1_600, 9_600] },
  { form: 'foam', bagGrams: [480, 6_000] },
  { form: 'crate', bagGrams: [4_000, 24_000] },
  { form: 'film', bagGrams: [600, 4_800] },
]

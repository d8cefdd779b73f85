import type { MaterialForm } from '../material/material.ts'

/** Loose bulk density, and what a bag of 80 L usually weighs. */
export interface Bulk {
  readonly form: MaterialForm
  readonly looseKgPerM3: readonly [low: number, high: number]
  readonly bagGrams: readonly [low: number, high: number]
}

/**
 * Estimates, version 2026-1. Bags of bottles and of nets as stations report them; the others are 80 L of the loose
 * density, from half full to half as much again pressed in, rounded. Foam may hold three times its mass in water.
 */
export const BULK: readonly Bulk[] = [
  { form: 'bottle', looseKgPerM3: [20, 35], bagGrams: [1_000, 4_000] },
  { form: 'net', looseKgPerM3: [60, 150], bagGrams: [5_000, 20_000] },
  { form: 'rope', looseKgPerM3: [60, 120], bagGrams: [2_400, 14_400] },
  { form: 'float', looseKgPerM3: [40, 80], bagGrams: [1_600, 9_600] },
  { form: 'foam', looseKgPerM3: [12, 25], bagGrams: [480, 6_000] },
  { form: 'crate', looseKgPerM3: [100, 200], bagGrams: [4_000, 24_000] },
  { form: 'film', looseKgPerM3: [15, 40], bagGrams: [600, 4_800] },
]

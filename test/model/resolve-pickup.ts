import type { MaterialForm, Polymer } from '../../shared/domain/material/material.ts'
import type { CommandOf, Reported } from './intent.ts'
import { distinct, oneOf } from './known.ts'
import { ORGANISATIONS, POSITIONS } from './organisations.ts'
import type { Step } from './steps.ts'

const FORMS = ['crate', 'bottle', 'net', 'float'] as const satisfies readonly MaterialForm[]
const POLYMERS = ['HDPE', 'PET', 'PA6'] as const satisfies readonly Polymer[]
const SMALLEST_GRAMS = 1
const LARGEST_GRAMS = 400_000

export function pickup(step: Step): CommandOf<'pickup'> & { readonly org: string } {
  const { id: org, sites } = oneOf(ORGANISATIONS, step.who % 5 > 2 ? step.who : 0)
  const site = oneOf(sites, step.which).id
  return { act: 'pickup', org, site, reported: reportOf(step), photos: photosOf(step) }
}

/** So few that each is used again and again. */
const PHOTOS = [1, 2, 3, 4, 5, 6].map((digit) => String(digit).repeat(64))

/** None, one or two of them. */
const photosOf = ({ who, which, parts }: Step): string[] =>
  which % 2 === 0 ? [] : distinct(parts.slice(0, 1 + (who % 2)).map(({ at }) => oneOf(PHOTOS, at)))

/** A report of every kind of weight: net, gross and tare, or only counted by pieces or bags; wet or dry or nobody knows. */
export function reportOf({ which, parts, amount }: Step): Reported {
  const form = oneOf(FORMS, which)
  const position = POSITIONS[(parts[0]?.at ?? 0) % POSITIONS.length]
  const grams = massOf(amount, which)
  const what = {
    form,
    polymer: oneOf(POLYMERS, which),
    ...(which % 3 > 0 && { moistureBp: (which * 37) % 4000 }),
    // Without its accuracy a position is recorded, and nothing can be claimed of it.
    ...(position && { position, ...(which % 7 > 0 && { accuracyM: 10 }) }),
  }
  if (which % 5 === 1 && form !== 'net') return { ...what, pieces: 1 + (which % 200) }
  if (which % 10 === 3) return { ...what, bags: 1 + (which % 12) }
  if (which % 5 === 2) {
    const scale = { grossGrams: grams + 3 * 1_500, tareGrams: 1_500, containers: 3 }
    return { ...what, scale }
  }
  return { ...what, netGrams: grams }
}

/** Mostly sacks, sometimes a few grams, where every rounding shows. */
export function massOf(amount: number, which: number): number {
  const most = which % 4 === 0 ? 12 : LARGEST_GRAMS
  return SMALLEST_GRAMS + Math.round(Math.min(1, amount) * most)
}

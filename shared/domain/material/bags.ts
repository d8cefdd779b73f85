import type { MaterialForm } from './material.ts'

/** The usual woven bag of the stations. */
export const BAG_LITRES = 80

/**
 * How much a bag of {@link BAG_LITRES} litres weighs, filled and not pressed. A factor is never edited: a better one is a
 * new version with a later `validFrom`, so that a mass once estimated can always be estimated again. `validFrom` is the
 * day (UTC) from which we apply it.
 *
 * The figure is the bag's volume times the geometric mean of the loose bulk density, rounded to two digits: how tightly
 * things lie differs by multiples, and an arithmetic mean would count every light bag as a middling one.
 */
export interface BagsFactor {
  readonly version: string
  readonly form: MaterialForm
  readonly gramsPerBag: number
  /** Loose bulk density of the form, from light to heavy. */
  readonly looseKgPerM3: readonly [low: number, high: number]
  readonly validFrom: string
  readonly source: string
  /** `estimate`: ours, to be replaced by a plant's own. */
  readonly mark: 'cited' | 'estimate'
}

type Bag = readonly [form: MaterialForm, gramsPerBag: number, lowKgPerM3: number, highKgPerM3: number]

/** Residues and what has no usual density are not here: they are weighed. */
const FIRST: readonly Bag[] = [
  ['bottle', 2_100, 20, 35],
  ['net', 7_600, 60, 150],
  ['rope', 6_800, 60, 120],
  ['float', 4_500, 40, 80],
  ['foam', 1_400, 12, 25],
  ['crate', 11_000, 100, 200],
  ['film', 2_000, 15, 40],
]

export const BAGS_FACTORS: readonly BagsFactor[] = FIRST.map(([form, gramsPerBag, low, high]) => ({
  version: `${form}-bag-1`,
  form,
  gramsPerBag,
  looseKgPerM3: [low, high],
  validFrom: '2020-01-01',
  source: `Engineering estimate: ${BAG_LITRES} litres of the usual loose bulk density, ${low} to ${high} kg/m³`,
  mark: 'estimate',
}))

import type { Step } from '../../lineage/journey.ts'
import { ALL_BP } from '../mass.ts'
import { FORMS, type MaterialForm, type Polymer } from '../material.ts'
import { YIELDS, type Band, type YieldRow } from './table.ts'

/** Grams of each form in which material was collected: the form at sea, not that of a run's input. */
export type SourceForms = Readonly<Partial<Record<MaterialForm, number>>>

/**
 * The usual dry yield of a step. Of several forms each counts by its mass, so that a gram of another form hides
 * nothing. Where the polymer decides and is not known, or is none of those in the table, a form's band spans all its
 * rows; a form that may be anything spans the whole table.
 */
export function yieldBandOf(step: Step, forms: SourceForms, polymer?: Polymer): Band | undefined {
  const row = (form: MaterialForm): Band | undefined =>
    span(rowsOf(form, polymer).flatMap(({ steps }) => steps[step] ?? []))
  return YIELDS.handling[step] ?? weighted(forms, row)
}

/** The band of the yield from collection to pellets outside of which somebody should look. */
export function overallFlagBandOf(forms: SourceForms, polymer?: Polymer): Band | undefined {
  return weighted(forms, (form) => span(rowsOf(form, polymer).map(({ flag }) => flag)))
}

/** The most water that material usually comes with, as a share of its mass. */
export function mostWaterBp(forms: SourceForms, polymer?: Polymer): number {
  const water = (form: MaterialForm): Band | undefined =>
    span(rowsOf(form, polymer).map(({ moisture }) => moisture))
  return weighted(forms, water)?.highBp ?? ALL_BP
}

function rowsOf(form: MaterialForm, polymer: Polymer | undefined): readonly YieldRow[] {
  const rows = YIELDS.rows.filter((row) => row.form === form)
  const exact = rows.filter((row) => polymer !== undefined && row.polymers?.includes(polymer))
  if (exact.length > 0) return exact
  return rows.length > 0 ? rows : YIELDS.rows
}

/** Each form's band by its mass, rounded outwards. */
function weighted(forms: SourceForms, bandOf: (form: MaterialForm) => Band | undefined): Band | undefined {
  const parts = FORMS.flatMap((form) => {
    const [grams, band] = [forms[form] ?? 0, bandOf(form)]
    return grams > 0 && band ? [{ grams, band }] : []
  })
  const total = parts.reduce((sum, { grams }) => sum + grams, 0)
  if (total === 0) return undefined
  const mean = (edge: keyof Band): number =>
    parts.reduce((sum, { grams, band }) => sum + grams * band[edge], 0) / total
  return { lowBp: Math.floor(mean('lowBp')), highBp: Math.ceil(mean('highBp')) }
}

function span(bands: readonly Band[]): Band | undefined {
  if (bands.length === 0) return undefined
  return {
    lowBp: Math.min(...bands.map((band) => band.lowBp)),
    highBp: Math.max(...bands.map((band) => band.highBp)),
  }
}

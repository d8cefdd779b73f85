import type { Step } from '../../lineage/journey.ts'
import type { MaterialForm, Polymer } from '../material.ts'
import { YIELDS, type Band, type YieldRow } from './table.ts'

/**
 * The usual dry yield of a step for material that was collected as `sourceForm` (the form at sea, not that of the
 * run's input, which is `flake` at a pelletizer). None for steps and forms without a band. Where the polymer decides
 * and is not known, or is none of those in the table, the band spans all rows of the form.
 */
export function yieldBandOf(step: Step, sourceForm: MaterialForm, polymer?: Polymer): Band | undefined {
  return span(rowsOf(sourceForm, polymer).flatMap((row) => row.steps[step] ?? []))
}

/** The band of the yield from collection to pellets outside of which somebody should look. */
export function overallFlagBandOf(sourceForm: MaterialForm, polymer?: Polymer): Band | undefined {
  return span(rowsOf(sourceForm, polymer).map((row) => row.flag))
}

function rowsOf(form: MaterialForm, polymer: Polymer | undefined): readonly YieldRow[] {
  const rows = YIELDS.rows.filter((row) => row.form === form)
  const exact = rows.filter((row) => polymer !== undefined && row.polymers?.includes(polymer))
  return exact.length > 0 ? exact : rows
}

function span(bands: readonly Band[]): Band | undefined {
  if (bands.length === 0) return undefined
  return {
    lowBp: Math.min(...bands.map((band) => band.lowBp)),
    highBp: Math.max(...bands.map((band) => band.highBp)),
  }
}

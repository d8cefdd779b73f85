import type { Step } from '../lineage/journey.ts'
import type { MaterialForm } from './material.ts'

/** The stages of a batch, in order. A run makes new batches of the same or a later stage; a batch's own never changes. */
export const STAGES = ['collected', 'sorted', 'cleaned', 'pelletized', 'product'] as const
export type Stage = (typeof STAGES)[number]

/** Steps that are runs, in which batches are used up; collection is not one. */
export type RunStep = Exclude<Step, 'collection'>

export interface StepRule {
  readonly takes: readonly Stage[]
  /** `same`: all that is charged must be of one stage, and so are the outputs. */
  readonly makes: Stage | 'same'
  /** The form of the outputs unless the caller says otherwise; without one, that of the inputs. */
  readonly form?: MaterialForm
  /** Whether material without a traced origin may be added. */
  readonly mayAdd: boolean
}

/** What each step takes and makes. Sorting may be skipped; stages never go backwards. */
export const STEP_RULES: Readonly<Record<RunStep, StepRule>> = {
  consolidation: { takes: ['collected', 'sorted'], makes: 'same', mayAdd: false },
  sorting: { takes: ['collected'], makes: 'sorted', mayAdd: false },
  cleaning: { takes: ['collected', 'sorted'], makes: 'cleaned', form: 'flake', mayAdd: false },
  pelletizing: { takes: ['cleaned'], makes: 'pelletized', form: 'pellet', mayAdd: false },
  blending: { takes: ['cleaned', 'pelletized'], makes: 'same', mayAdd: true },
  manufacturing: { takes: ['pelletized'], makes: 'product', form: 'product', mayAdd: true },
}

/** Steps that a recycler's run may have; manufacturing is what makes a product lot. */
export const RUN_STEPS = ['consolidation', 'sorting', 'cleaning', 'pelletizing', 'blending'] as const

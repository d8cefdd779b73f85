import type { Stage } from '../material/stages.ts'
import type { CheckResult } from '../checks/rule.ts'
import type { ClaimModel, Claims } from '../lineage/claims.ts'
import type { Haul } from '../lineage/activities.ts'
import type { Leg } from '../lineage/journey.ts'
import type { RunStep } from '../material/stages.ts'
import type { AddedKind, LossKind, MaterialForm, Polymer } from '../material/material.ts'
import type { Mixture } from '../material/mixture.ts'
import type { OriginShare } from '../lineage/origin.ts'
import type { Pool, Tally } from '../state/pool.ts'
import type { RunDocument, RunRecords } from './documents.ts'
import type { EventEnvelope } from './envelope.ts'

export type RunOpened = EventEnvelope<'RunOpened', { readonly run: string; readonly step: RunStep }>

/** Mass drawn from a batch, with the parts of the batch's origins and claims that go with it. */
export interface Charge {
  readonly batch: string
  /** Site at which the batch lay, and what it was. */
  readonly site: string
  readonly stage: Stage
  readonly massGrams: number
  readonly origins: readonly OriginShare[]
  readonly claims: Claims
  /** The part of what may be dry of the batch; absent where nothing is known of that. */
  readonly dryAtMostGrams?: number
  /** How it came to the run from another site. Absent where it did not have to, or where nobody said. */
  readonly transport?: Haul
}

/** Material that joins without a traced origin. */
export interface Added {
  readonly kind: AddedKind
  readonly massGrams: number
  readonly polymer: Polymer
}

export type RunCharged = EventEnvelope<
  'RunCharged',
  {
    readonly run: string
    readonly charges: readonly Charge[]
    readonly added: readonly Added[]
    /** All of the above as one pool, which the run's own pool grows by. */
    readonly pool: Pool
    readonly documents?: readonly RunDocument[]
    /** What was found in the distances that were stated. Absent from events that are older than that. */
    readonly checks?: readonly CheckResult[]
  }
>

/** A new batch, whole: folding it needs nothing else. */
export interface Output {
  readonly batch: string
  readonly stage: Stage
  readonly form: MaterialForm
  /** The form in which its material was collected, `mixed` if there were several. */
  readonly sourceForm: MaterialForm
  /** Where those were several, how much of it was collected as which. */
  readonly sources?: Tally<MaterialForm>
  readonly polymer: Polymer
  /** Of a mixed lot that is to be taken apart yet: what it was put together from, as far as anybody knew. */
  readonly mixture?: Mixture
  readonly massGrams: number
  readonly moistureBp?: number
  /** The most of it that may be dry; absent where that is what its moisture says or, without one, all of it. */
  readonly dryAtMostGrams?: number
  readonly origins: readonly OriginShare[]
  readonly journey: readonly Leg[]
  readonly model: ClaimModel
  readonly claims: Claims
}

export type RunClosed = EventEnvelope<
  'RunClosed',
  RunRecords & {
    readonly run: string
    readonly step: RunStep
    /** All that the run was charged with, and what could be claimed for it. */
    readonly inputGrams: number
    readonly inputClaims: Claims
    readonly outputs: readonly Output[]
    readonly losses: Readonly<Partial<Record<LossKind, number>>>
    readonly unaccountedGrams: number
    /** Ids of the certificates under which the step was done, as far as claims of the outputs rest on them. */
    readonly certificates: readonly string[]
    /** As it was given for all waste together; by kind it is in `destinationDocumentIds`. */
    readonly wasteDocument?: string
    readonly energyWh?: number
    readonly waterMl?: number
    readonly checks: readonly CheckResult[]
  }
>

export type ProductMade = EventEnvelope<
  'ProductMade',
  ProductFacts & { readonly run: string; readonly batch: string; readonly checks: readonly CheckResult[] }
>

export interface ProductFacts {
  readonly name: string
  readonly units: number
  readonly gramsPerUnit: number
  /** Recycled content as its maker states it; R14 holds it to the traced material that went in. */
  readonly recycledShareBp?: number
  readonly gtin?: string
  readonly lot?: string
}

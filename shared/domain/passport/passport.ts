import type { Checked } from '../checks/rule.ts'
import type { BatchStatus } from '../state/batch.ts'
import type { Claims, ClaimModel } from '../lineage/claims.ts'
import type { CarbonItem } from '../carbon/factors.ts'
import type { Found } from '../geo/coast/found.ts'
import type { OceanBoundClass } from '../events/pickup.ts'
import type { HoldReason } from '../events/quality.ts'
import type { ProductFacts } from '../events/run.ts'
import type { Step } from '../lineage/journey.ts'
import type { LossKind, MaterialForm, Polymer } from '../material/material.ts'
import type { LocalName } from '../organisation.ts'
import type { Stage } from '../material/stages.ts'

/**
 * The passport: what the public may know of a batch, ready to show. It is made from the batch's folded events and the
 * names of those who took part, and stored as one item, so a scan reads one item whatever lies upstream. It carries
 * place names, about 1 km and days (UTC), never a person, a vessel or a photo, nor a time of day at which anything was
 * done to the material: when somebody was out at sea is nobody's business. Only a hold says to the second since when.
 */
export interface Passport {
  readonly v: 4
  readonly id: string
  readonly stage: Stage
  readonly status: BatchStatus
  readonly form: MaterialForm
  readonly polymer: Polymer
  readonly massGrams: number
  /** Part of it that was missing when it was weighed in after transport; absent where nothing was. */
  readonly lostGrams?: number
  readonly occurredAt: string
  readonly product?: ProductFacts
  readonly madeBy: LocalName
  /** Where the public may ask whoever made it: an e-mail address or an https address; absent where none is recorded. */
  readonly contact?: string
  readonly site: PassportSite
  /** Who has it now, where that is somebody else than who made it. */
  readonly heldBy?: LocalName
  /** Why it must not be used: its own holds first, then those of anything that it was made of, the oldest first. */
  readonly holds: readonly PassportHold[]
  /** Holds beyond {@link MAX_HOLDS}. */
  readonly moreHolds: number
  /**
   * Largest first; at most {@link MAX_ORIGINS}, the rest summed up in `otherOrigins` by what is known of them, so that it
   * can be told exactly how much is from the sea. Adds up to `massGrams` with the two below.
   */
  readonly origins: readonly PassportOrigin[]
  readonly otherOrigins: readonly PassportOtherOrigins[]
  /** Material that was added and whose origin is not traced; part of it virgin. */
  readonly otherMaterialGrams: number
  readonly virginGrams: number
  /** Farther than 10 km from the shore its distance is to 10 km, so that it narrows down no cell of the grid. */
  readonly oceanBound?: OceanBoundClass
  readonly certified: { readonly model: ClaimModel; readonly claims: Claims }
  /** Those of its maker that the claims rest on; at most {@link MAX_CERTIFICATES}. */
  readonly certificates: readonly PassportCertificate[]
  /** What the checks of its making found. */
  readonly checked: Checked
  readonly journey: readonly PassportLeg[]
  /** Hand-overs, latest last, at most {@link MAX_TRANSFERS}. */
  readonly transfers: readonly PassportTransfer[]
  /** Hand-overs before these. */
  readonly earlierTransfers: number
  readonly inspections: { readonly count: number; readonly latest?: PassportInspection }
  readonly carbon?: PassportCarbon
  /** Number of events in the batch's history, and the hash of the last. */
  readonly version: number
  readonly head: string
  /** Grows with every change of the batch and of what holds it; a newer passport replaces an older one. */
  readonly revision: number
  readonly updatedAt: string
}

export interface PassportSite extends LocalName {
  readonly id: string
}

export interface PassportCertificate {
  readonly scheme: string
  readonly number: string
  /** Certification body. */
  readonly body: string
  /** Days, both included. */
  readonly validFrom: string
  readonly validTo: string
  /** The day from which it counts no more; what was claimed before that stands. */
  readonly withdrawnAt?: string
}

export interface PassportHold {
  readonly reason: HoldReason
  readonly since: string
  /** The batch on which it was placed; this one or one upstream. */
  readonly batch: string
}

/** What came from one place of which the same is known. */
export interface PassportOrigin {
  readonly placeId: string
  readonly found: Found
  readonly name: LocalName
  readonly lat: number
  readonly lon: number
  /** First and last month, `2026-07`. */
  readonly from: string
  readonly to: string
  readonly grams: number
}

/** Places that there was no room for. */
export interface PassportOtherOrigins {
  readonly found: Found
  readonly count: number
  readonly grams: number
}

/** One pass through a step: those that feed it come before it, those beside it by their dates. */
export interface PassportLeg {
  readonly step: Step
  /** The last pass at a stage, and all later ones: what went from one of them to the next is counted once. */
  readonly isSeveral?: true
  readonly sites: readonly LocalName[]
  readonly moreSites: number
  readonly firstAt: string
  readonly lastAt: string
  readonly inputGrams: number
  readonly addedGrams: number
  readonly outputGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
}

export interface PassportTransfer {
  readonly from: LocalName
  readonly to: LocalName
  readonly at: string
  readonly sentGrams: number
  readonly receivedGrams: number
}

export interface PassportInspection {
  readonly testedAt: string
  /** Of the results that have limits; absent where none has. */
  readonly passed?: boolean
  /** What failed first; at most {@link MAX_RESULTS}. */
  readonly results: readonly PassportResult[]
  readonly moreResults: number
}

export interface PassportResult {
  readonly parameter: string
  readonly method: string
  readonly value: number
  readonly unit: string
  /** Limits, both included. Without any, a result was measured and neither passed nor failed. */
  readonly lowest?: number
  readonly highest?: number
  readonly passed?: boolean
}

/** The carbon account: only ever shown with what is in it, what is missing, and the version of the factors. */
export interface PassportCarbon {
  readonly gramsCo2e: number
  readonly gramsCo2ePerKg: number
  readonly parts: readonly {
    readonly item: CarbonItem
    readonly amount: number
    readonly gramsCo2e: number | null
  }[]
  readonly missing: readonly CarbonItem[]
  readonly factors: string
}

/** Keep the passport within one read unit (4 KB) however much lies upstream. */
export const MAX_ORIGINS = 12
export const MAX_SITES_PER_LEG = 4
export const MAX_TRANSFERS = 4
export const MAX_RESULTS = 6
export const MAX_HOLDS = 3
export const MAX_CERTIFICATES = 4

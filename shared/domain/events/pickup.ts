import type { CheckResult } from '../checks/rule.ts'
import type { Found } from '../geo/coast/found.ts'
import type { Position } from '../geo/geodesy.ts'
import type { MaterialForm, Polymer } from '../material/material.ts'
import type { EventEnvelope } from './envelope.ts'

/** What a pickup says of its material; a correction replaces it as a whole. */
export interface PickupFacts {
  readonly form: MaterialForm
  readonly polymer: Polymer
  /** Net mass as weighed, or as counted pieces or bags times a factor; `weighing` says which. */
  readonly massGrams: number
  readonly weighing: Weighing
  readonly pieces?: number
  readonly bags?: number
  /** Whether it was pressed, where somebody said: bags then weigh more than R6 expects of loose ones. */
  readonly isCompacted?: boolean
  /** What the scale shows on its photo, as somebody read it off (R4). */
  readonly readingGrams?: number
  readonly moistureBp?: number
  readonly placeId: string
  /** Where the place was taken from: the phone's position or, without one, the station's. */
  readonly placeBasis: 'position' | 'station'
  /** About 1 km. */
  readonly position: Position
  readonly oceanBound?: OceanBoundClass
  /** What is known of where it was found; `unrecorded` exactly where the place is the station's. */
  readonly found: Found
  /** Scheme → grams that may be claimed under it: all of the mass, where a certificate covers site, form and date. */
  readonly claims: Readonly<Record<string, number>>
  /** Ids of the certificates that those claims rest on. */
  readonly certificates: readonly string[]
  readonly checks: readonly CheckResult[]
}

export type Weighing =
  | { readonly basis: 'net' }
  | {
      readonly basis: 'gross-tare'
      readonly grossGrams: number
      readonly tareGrams: number
      readonly containers: number
    }
  | { readonly basis: 'pieces' | 'bags'; readonly factorVersion: string }

/** Computed from position and accuracy, never ticked by a user. */
export interface OceanBoundClass {
  readonly obpClass: string
  /** To the nearest shore, in whole kilometres; absent where the coastline does not reach. */
  readonly distanceKm?: number
  readonly withinFence3Km: boolean
  /** From open sea beyond the shoreline band: a stronger claim than ocean-bound, whatever the class. */
  readonly openSea: boolean
  /** The coastline it was measured against: `id@version`. */
  readonly dataset: string
}

export type PickupRecorded = EventEnvelope<
  'PickupRecorded',
  PickupFacts & {
    readonly batch: string
    /** Commitments to what is private, by field name. */
    readonly sealed: Readonly<Record<string, string>>
  }
>

import type { CheckResult } from '../checks/rule.ts'
import type { Claims } from '../lineage/claims.ts'
import type { Stage } from '../material/stages.ts'
import type { Step } from '../lineage/journey.ts'
import type { MaterialForm } from '../material/material.ts'
import type { EventEnvelope } from './envelope.ts'

/** Facts about an organisation's sites rather than about one batch. */
export interface CertificateFacts {
  readonly scheme: string
  readonly number: string
  /** Certification body. */
  readonly body: string
  /** Scope: sites, steps, and forms as collected; no forms means all. */
  readonly sites: readonly string[]
  readonly steps: readonly Step[]
  readonly forms?: readonly MaterialForm[]
  readonly validFrom: string
  readonly validTo: string
  readonly url?: string
}

export type CertificateRegistered = EventEnvelope<
  'CertificateRegistered',
  CertificateFacts & { readonly certificate: string }
>

/** What a site holds at an instant: grams per stage, and grams that may be claimed per scheme. */
export interface Stock {
  readonly byStage: Readonly<Partial<Record<Stage, number>>>
  /** Also of what is in process. */
  readonly claims: Claims
  /** Charged into runs that are not closed. */
  readonly inProcessGrams: number
  /** Those runs, each with what it was charged with, even if that is nothing; in order of their ids. */
  readonly openRuns: readonly OpenRun[]
  /** Shipped from here, and neither accepted nor back yet. */
  readonly onTheRoadGrams: number
  /** Those loads, each with what of it left from here and is not settled; in order of their ids. */
  readonly openShipments: readonly OpenShipment[]
}

export interface OpenRun {
  readonly run: string
  /** When it was opened, or opened again. */
  readonly since: string
  readonly massGrams: number
}

export interface OpenShipment {
  readonly shipment: string
  /** The organisation that it is on its way to; which of its sites takes it in, that one decides. */
  readonly to: string
  /** When it left or, where it was settled and the receipt was taken back, since when it is on its way again. */
  readonly since: string
  readonly massGrams: number
}

export type PeriodClosed = EventEnvelope<
  'PeriodClosed',
  {
    readonly period: string
    readonly from: string
    readonly to: string
    /** When the journal was read, and what had come in the minute before: see report/closed.ts. */
    readonly asOf: string
    readonly recent: readonly string[]
    readonly opening: Stock
    readonly closing: Stock
    /** SHA-256 of the JCS of the report that it was closed with. */
    readonly reportSha256: string
    readonly checks: readonly CheckResult[]
  }
>

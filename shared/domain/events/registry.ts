import type { CheckResult } from '../checks/rule.ts'
import type { Claims } from '../claims.ts'
import type { Stage } from '../stages.ts'
import type { Step } from '../journey.ts'
import type { MaterialForm } from '../material.ts'
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
  readonly claims: Claims
  /** Charged into runs that are not closed. */
  readonly inProcessGrams: number
}

export type PeriodClosed = EventEnvelope<
  'PeriodClosed',
  {
    readonly period: string
    readonly from: string
    readonly to: string
    readonly opening: Stock
    readonly closing: Stock
    /** Hash of the report it was closed with. */
    readonly reportSha256: string
    readonly checks: readonly CheckResult[]
  }
>

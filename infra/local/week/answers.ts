/** The parts of answers that the week speaks of. */
export interface Check {
  readonly rule: string
  readonly verdict: 'pass' | 'review' | 'fail'
  readonly sentence: { readonly en: string }
}

export interface BatchAnswer {
  readonly id: string
  readonly massKg: number
  readonly remainingKg: number
  readonly held: boolean
  readonly model: string
  readonly claimsKg: Readonly<Record<string, number>>
  readonly checks?: readonly Check[]
}

export interface RunAnswer {
  readonly id: string
  readonly inputKg: number
  readonly charges: number
  readonly unaccountedKg: number
  readonly outputs: readonly BatchAnswer[]
  readonly checks: readonly Check[]
}

export interface ShipmentAnswer {
  readonly id: string
  readonly lines: readonly { readonly batchId: string; readonly status: string }[]
  readonly checks: readonly Check[]
}

export interface EventsAnswer {
  readonly items: readonly { readonly event: { readonly id: string; readonly type: string } }[]
}

export interface TraceAnswer {
  readonly nodes: readonly {
    readonly id: string
    readonly stage: string
    readonly massKg: number
    readonly organisationId: string
    readonly held: boolean
    readonly product?: string
  }[]
}

export interface PassportAnswer {
  readonly holds: readonly { readonly reason: string; readonly batch: string }[]
}

export interface ReportAnswer {
  readonly report: {
    readonly from: string
    readonly to: string
    readonly total: {
      readonly openingKg: number
      readonly in: { readonly movedInKg: number; readonly madeKg: number }
      readonly out: { readonly chargedKg: number; readonly movedOutKg: number }
      readonly closingKg: number
    }
    readonly process: {
      readonly chargedKg: number
      readonly addedKg: number
      readonly madeKg: number
      readonly lostKg: number
      readonly unaccountedKg: number
    }
    readonly losses: { readonly runsKg: Readonly<Record<string, number>> }
    readonly claims: readonly {
      readonly scheme: string
      readonly openingKg: number
      readonly closingKg: number
    }[]
    readonly exceptions: { readonly counts: Readonly<Record<string, number>> }
  }
}

export interface PeriodsAnswer {
  readonly items: readonly { readonly to: string }[]
}

/** The one output of a run; throws where there is none or several. */
export function soleOutput({ outputs }: RunAnswer): BatchAnswer {
  const [first, ...others] = outputs
  if (!first || others.length > 0) throw new Error('this run makes one batch')
  return first
}

/** What auditors will look at, in words. */
export const reviewsIn = (checks: readonly Check[] | undefined): string[] =>
  (checks ?? [])
    .filter(({ verdict }) => verdict === 'review')
    .map(({ rule, sentence }) => `for review (${rule}): ${sentence.en}`)

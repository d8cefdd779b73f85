import type { CheckResult } from '../checks/rule.ts'
import type { Undo } from '../events/correction.ts'
import type { DomainEvent } from '../events/event.ts'
import type { InspectionFacts } from '../events/quality.ts'

/** What an auditor should look at in one event, whatever it booked. */
export type Note =
  | {
      readonly kind: 'check'
      readonly rule: CheckResult['rule']
      readonly verdict: 'review' | 'fail'
      readonly sentence: CheckResult['sentence']
    }
  | {
      readonly kind: 'correction'
      readonly corrects: string
      readonly of: Undo['of']
      /** Sealed beside the correction, so whoever shows a report adds it; what is hashed of a report is without. */
      readonly reason?: string
    }
  | {
      readonly kind: 'difference'
      readonly batch: string
      readonly sentGrams: number
      readonly receivedGrams: number
      readonly accepted: boolean
    }
  | {
      readonly kind: 'failed-inspection'
      readonly batch: string
      /** What was outside its limits, as the laboratory calls it. */
      readonly outside: readonly string[]
    }

export function notesOf(event: DomainEvent): Note[] {
  switch (event.type) {
    case 'PickupRecorded':
    case 'RunClosed':
    case 'BatchShipped':
    case 'PeriodClosed':
      return checksIn(event.data.checks)
    case 'BatchInspected':
      return [...checksIn(event.data.checks), ...failuresIn(event.data.batch, event.data)]
    case 'BatchReceived':
      return [...checksIn(event.data.checks), ...differencesIn(event.data.lines)]
    case 'EventCorrected': {
      const { event: corrects, undo } = event.data
      return [{ kind: 'correction', corrects, of: undo.of }, ...saidAnewIn(undo)]
    }
    case 'RunCharged':
      return checksIn(event.data.checks ?? [])
    case 'RunOpened':
    case 'ProductMade':
    case 'BatchHeld':
    case 'BatchReleased':
    case 'CertificateRegistered':
    case 'ErasureBegun':
    case 'PersonErased':
      return []
  }
}

function saidAnewIn(undo: Undo): Note[] {
  if (undo.of === 'PickupRecorded' && undo.instead) return checksIn(undo.instead.checks)
  if (undo.of === 'BatchInspected' && undo.instead) return failuresIn(undo.batch, undo.instead)
  return []
}

function failuresIn(batch: string, { results }: Pick<InspectionFacts, 'results'>): Note[] {
  const failed = results.filter(({ passed }) => passed === false)
  const outside = [...new Set(failed.map(({ parameter }) => parameter))]
  return outside.length === 0 ? [] : [{ kind: 'failed-inspection', batch, outside }]
}

function checksIn(checks: readonly CheckResult[]): Note[] {
  return checks.flatMap(({ rule, verdict, sentence }): Note[] =>
    verdict === 'pass' ? [] : [{ kind: 'check', rule, verdict, sentence }],
  )
}

/** Lines that the receiver weighed otherwise than the sender, or rejected. */
function differencesIn(lines: Extract<DomainEvent, { type: 'BatchReceived' }>['data']['lines']): Note[] {
  return lines.flatMap(({ batch, sentGrams, receivedGrams, accepted }): Note[] =>
    accepted && sentGrams === receivedGrams
      ? []
      : [{ kind: 'difference', batch, sentGrams, receivedGrams, accepted }],
  )
}

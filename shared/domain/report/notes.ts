import type { CheckResult } from '../checks/rule.ts'
import type { DomainEvent, EventType } from '../events/event.ts'

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
      readonly of: EventType
      readonly reason: string
    }
  | {
      readonly kind: 'difference'
      readonly batch: string
      readonly sentGrams: number
      readonly receivedGrams: number
      readonly accepted: boolean
    }

export function notesOf(event: DomainEvent): Note[] {
  switch (event.type) {
    case 'PickupRecorded':
    case 'RunClosed':
    case 'BatchShipped':
    case 'BatchInspected':
    case 'PeriodClosed':
      return checksIn(event.data.checks)
    case 'BatchReceived':
      return [...checksIn(event.data.checks), ...differencesIn(event.data.lines)]
    case 'EventCorrected': {
      const { event: corrects, reason, undo } = event.data
      const anew = undo.of === 'PickupRecorded' && undo.instead ? checksIn(undo.instead.checks) : []
      return [{ kind: 'correction', corrects, of: undo.of, reason }, ...anew]
    }
    case 'RunOpened':
    case 'RunCharged':
    case 'ProductMade':
    case 'BatchHeld':
    case 'BatchReleased':
    case 'CertificateRegistered':
      return []
  }
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

import type { CheckResult } from '../shared/domain/checks/rule.ts'
import type { DomainEvent } from '../shared/domain/events/event.ts'

/** What the rules found when an event was recorded; of a correction, what they found in what is said instead. */
export function checksOf({ data }: Pick<DomainEvent, 'data'>): readonly CheckResult[] {
  if ('checks' in data) return data.checks ?? []
  if ('undo' in data && data.undo.of === 'PickupRecorded') return data.undo.instead?.checks ?? []
  return []
}

import { subjectsOf, type DomainEvent } from '../../../shared/domain/events/event.ts'

/** What may follow what in the history of one batch: nothing is used on its way, while it is held, or once it is void. */
export function orderComplaints(events: readonly DomainEvent[]): string[] {
  const complaints: string[] = []
  const batches = new Map<string, { away: boolean; isVoid: boolean; holds: Set<string> }>()
  for (const event of events) {
    for (const id of subjectsOf(event)) {
      if (!id.startsWith('B')) continue
      const batch = batches.get(id) ?? { away: false, isVoid: false, holds: new Set() }
      batches.set(id, batch)
      const before = { away: batch.away, isVoid: batch.isVoid, isHeld: batch.holds.size > 0 }
      move(batch, event)
      const wrong = forbidden(event, before)
      if (wrong !== undefined)
        complaints.push(`${event.id} (${event.type}) happened to ${id} while it was ${wrong}`)
    }
  }
  return complaints
}

function move(batch: { away: boolean; isVoid: boolean; holds: Set<string> }, event: DomainEvent): void {
  if (event.type === 'BatchShipped') batch.away = true
  if (event.type === 'BatchReceived') batch.away = false
  if (event.type === 'BatchHeld') batch.holds.add(event.id)
  if (event.type === 'BatchReleased') batch.holds.delete(event.data.hold)
  if (event.type !== 'EventCorrected') return
  const { undo } = event.data
  if (undo.of === 'BatchShipped') batch.away = false
  if (undo.of === 'BatchReceived') batch.away = true
  if (undo.of === 'RunClosed' || (undo.of === 'PickupRecorded' && !undo.instead)) batch.isVoid = true
}

/** What a batch may not be when this happens to it. */
function forbidden(
  event: DomainEvent,
  { away, isVoid, isHeld }: { away: boolean; isVoid: boolean; isHeld: boolean },
): string | undefined {
  const kind = event.type === 'EventCorrected' ? `undo ${event.data.undo.of}` : event.type
  const uses = kind === 'RunCharged' || kind === 'BatchShipped'
  const needsAway = kind === 'BatchReceived' || kind === 'undo BatchShipped'
  const changes = ['undo RunCharged', 'undo RunClosed', 'undo PickupRecorded', 'undo BatchReceived'].includes(
    kind,
  )
  if (isVoid && (uses || needsAway || changes || kind === 'BatchHeld')) return 'void'
  if (away && (uses || changes)) return 'in transit'
  if (!away && needsAway) return 'not in transit'
  return isHeld && uses ? 'held' : undefined
}

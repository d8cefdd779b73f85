import type { Party } from '../../../shared/domain/events/custody.ts'
import { subjectsOf, type DomainEvent } from '../../../shared/domain/events/event.ts'

/**
 * Every event that concerns a site: what happened there, and what happened elsewhere to batches that lay there, but for
 * what happened to such a batch alone, which moves nothing: a hold that an earlier holder places is told where he is.
 */
export function journalOf(events: readonly DomainEvent[], place: Party): DomainEvent[] {
  const lies = new Map<string, Party>()
  return events.filter((event) => {
    const others = subjectsOf(event).filter((id) => id !== event.home)
    const concerned = [event, ...others.map((id) => backFrom(event, id) ?? lies.get(id))]
    move(lies, event)
    return concerned.some((at) => at?.org === place.org && at.site === place.site)
  })
}

/** Taking back a receipt concerns the sender, wherever the batch lies by now. */
function backFrom({ type, data }: DomainEvent, id: string): Party | undefined {
  if (type !== 'EventCorrected' || data.undo.of !== 'BatchReceived') return undefined
  const { from, lines } = data.undo
  const line = lines.find(({ batch }) => batch === id)
  return line && { org: from.org, site: line.site }
}

/** Where each batch lies once something has happened. A correction leaves what it makes void where it was. */
function move(lies: Map<string, Party>, event: DomainEvent): void {
  const { org, site } = event
  if (event.type === 'PickupRecorded') lies.set(event.data.batch, { org, site })
  if (event.type === 'RunClosed') for (const { batch } of event.data.outputs) lies.set(batch, { org, site })
  if (event.type === 'BatchReceived') {
    for (const { batch, accepted } of event.data.lines) if (accepted) lies.set(batch, { org, site })
  }
  if (event.type !== 'EventCorrected') return
  for (const id of subjectsOf(event)) {
    const back = backFrom(event, id)
    if (back) lies.set(id, back)
  }
}

/**
 * To be removed, with all that asks it, when bookings never precede what they build on. Until then what is made of a
 * late entry, which is booked when it is recorded, may be booked earlier: R12 then finds that it was used before it was
 * there, and a run that was opened late, closed in one period and reopened in the next is told as open twice.
 */
export const isExcused = (events: readonly DomainEvent[], place: Party): boolean =>
  journalOf(events, place).some(({ bookedAt }) => bookedAt !== undefined)

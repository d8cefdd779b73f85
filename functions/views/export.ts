import type * as z from 'zod/mini'
import type { exportPage } from '../../shared/contract/answers/privacy.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import { fieldsOf } from '../../shared/domain/privacy/sealed.ts'
import type { Entry } from '../adapters/entries.ts'
import { linksTo } from './sealed.ts'

type ExportView = z.output<typeof exportPage>['items'][number]

/** An entry as somebody is told of it who is in it: what happened, and what is held on them, not on others. */
export async function viewEntry(entry: Entry, now: Date): Promise<ExportView> {
  const { event, openings, part } = entry
  const { id: eventId, type: eventType, occurredAt, recordedAt, home, site: siteId } = event
  const fields = fieldsOf(part, Object.keys(openings)).flatMap((name) => {
    const opening = openings[name]
    return opening ? [{ name, salt: opening.salt, value: opening.value }] : []
  })
  const photos = part.isPerson ? await linksTo(event.org, openings, now) : []
  return {
    eventId,
    eventType,
    subjectId: home,
    siteId,
    occurredAt,
    recordedAt,
    as: capacitiesOf(entry),
    ...factsOf(event),
    fields,
    ...(photos.length > 0 && { photos }),
  }
}

function capacitiesOf({ event, part }: Entry): ExportView['as'] {
  const person = event.type === 'BatchShipped' ? 'driver' : 'collector'
  return [
    ...(part.isPerson ? ([person] as const) : []),
    ...(part.isWeigher ? (['weigher'] as const) : []),
    ...(part.isVehicle ? (['vehicle'] as const) : []),
  ]
}

/** How much of what, and about where, as the event itself says. */
function factsOf(event: DomainEvent): Pick<ExportView, 'massKg' | 'form' | 'placeId'> {
  if (event.type === 'BatchShipped') {
    const grams = event.data.lines.reduce((sum, line) => sum + line.massGrams, 0)
    return { massKg: kgFromGrams(grams) }
  }
  const facts = pickupFactsIn(event)
  if (!facts) return {}
  const { massGrams, form, placeId } = facts
  return { massKg: kgFromGrams(massGrams), form, placeId }
}

function pickupFactsIn(event: DomainEvent) {
  if (event.type === 'PickupRecorded') return event.data
  if (event.type !== 'EventCorrected') return undefined
  const { undo } = event.data
  return undo.of === 'PickupRecorded' ? undo.instead : undefined
}

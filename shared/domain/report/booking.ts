import type { Undo } from '../events/correction.ts'
import { countsAt } from '../events/envelope.ts'
import type { DomainEvent, EventType } from '../events/event.ts'
import type { RunStep } from '../material/stages.ts'
import { notesOf, type Note } from './notes.ts'
import type { Place, Posting } from './lines.ts'
import { isAt, postingsOf } from './postings.ts'
import { loadOf, type Load } from './road.ts'

/** What a mass balance needs of one event at one place: small, so that months of events fit into memory. */
export interface Booking {
  readonly event: string
  readonly type: EventType
  /** When it counts in the books; until {@link arrange} has looked, as the event says. */
  readonly at: string
  readonly occurredAt: string
  readonly recordedAt: string
  readonly postings: readonly Posting[]
  readonly run?: RunChange
  readonly conversion?: Conversion
  /** Of which load its postings tell. */
  readonly load?: Load
  readonly notes: readonly Note[]
  /** The event that it takes back; none where it says anew what stands. */
  readonly takesBack?: string
}

/** How a run at the place changed: opened or opened again (1), closed or given up (-1), and what it holds. */
export interface RunChange {
  readonly run: string
  readonly opened: -1 | 0 | 1
  readonly massGrams: number
}

/** What a run turned into what, for conversion factors; negative where that was taken back. */
export interface Conversion {
  readonly step: RunStep
  readonly runs: -1 | 1
  readonly inputGrams: number
  readonly outputGrams: number
}

export function bookingOf(event: DomainEvent, place: Place): Booking {
  const run = isAt(event, place) ? runChangeOf(event) : undefined
  const conversion = isAt(event, place) ? conversionOf(event) : undefined
  const load = loadOf(event)
  return {
    event: event.id,
    type: event.type,
    at: countsAt(event),
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    postings: postingsOf(event, place),
    ...(run && { run }),
    ...(conversion && { conversion }),
    ...(load && { load }),
    notes: notesOf(event),
    ...(event.type === 'EventCorrected' && !saysAnew(event.data.undo) && { takesBack: event.data.event }),
  }
}

const saysAnew = (undo: Undo): boolean => 'instead' in undo && undo.instead !== undefined

function runChangeOf(event: DomainEvent): RunChange | undefined {
  switch (event.type) {
    case 'RunOpened':
      return { run: event.data.run, opened: 1, massGrams: 0 }
    case 'RunCharged':
      return { run: event.data.run, opened: 0, massGrams: event.data.pool.massGrams }
    case 'RunClosed':
      return { run: event.data.run, opened: -1, massGrams: -event.data.inputGrams }
    case 'EventCorrected': {
      const { undo } = event.data
      if (undo.of === 'RunOpened') return { run: undo.run, opened: -1, massGrams: 0 }
      if (undo.of === 'RunCharged') return { run: undo.run, opened: 0, massGrams: -undo.pool.massGrams }
      if (undo.of === 'RunClosed') return { run: undo.run, opened: 1, massGrams: undo.taken.inputGrams }
      return undefined
    }
    default:
      return undefined
  }
}

function conversionOf(event: DomainEvent): Conversion | undefined {
  if (event.type === 'RunClosed') return converted(event.data, 1)
  if (event.type !== 'EventCorrected' || event.data.undo.of !== 'RunClosed') return undefined
  return converted(event.data.undo.taken, -1)
}

function converted(
  closed: {
    readonly step: RunStep
    readonly inputGrams: number
    readonly outputs: readonly { readonly massGrams: number }[]
  },
  runs: 1 | -1,
): Conversion {
  const outputGrams = closed.outputs.reduce((sum, { massGrams }) => sum + massGrams, 0)
  return { step: closed.step, runs, inputGrams: runs * closed.inputGrams, outputGrams: runs * outputGrams }
}

/** By when it counts, then as it was recorded, then as it stands in its history: the same order however it was read. */
export function inOrder(bookings: readonly Booking[]): Booking[] {
  const place = ({ event }: Booking): [string, number] => {
    const dash = event.lastIndexOf('-')
    return [event.slice(0, dash), Number(event.slice(dash + 1))]
  }
  return bookings.toSorted((a, b) => {
    const [homeA, sequenceA] = place(a)
    const [homeB, sequenceB] = place(b)
    return (
      compare(a.at, b.at) ||
      compare(a.recordedAt, b.recordedAt) ||
      compare(homeA, homeB) ||
      sequenceA - sequenceB
    )
  })
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

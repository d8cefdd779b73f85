import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import type { Activity } from '../../../shared/domain/lineage/activities.ts'
import { journeyOf } from '../../../shared/domain/state/transfers.ts'
import { batchesOf } from '../known.ts'
import type { Evidence } from './evidence.ts'
import { sumOf } from './standing.ts'

/** What a batch carries with its mass, as plain fractions: nothing is rounded, and no journey is looked at. */
export type Carried = Readonly<Record<'grams' | 'transitGrams' | (typeof TRANSPORT)[number], number>>

const TRANSPORT = [
  'roadGramKm',
  'seaGramKm',
  'transportUnrecordedGrams',
] as const satisfies readonly Activity[]
const NOTHING: Carried = {
  grams: 0,
  roadGramKm: 0,
  seaGramKm: 0,
  transportUnrecordedGrams: 0,
  transitGrams: 0,
}

/**
 * Transport by the book: mass that was moved times its distance, once, and of what goes on each part its share. What a
 * run was charged with goes to its outputs by mass; what was missing on arrival, and its way there, to what arrived.
 * Requires events that stand, in order.
 */
export function transportOf(events: readonly DomainEvent[]): Map<string, Carried> {
  const carried = new Map<string, Carried>()
  const of = (id: string): Carried => carried.get(id) ?? NOTHING
  for (const event of events) {
    if (event.type === 'PickupRecorded') {
      carried.set(event.data.batch, { ...NOTHING, grams: event.data.massGrams })
    } else if (event.type === 'RunCharged') {
      const charged = event.data.charges.map(({ batch, massGrams, site, transport }) =>
        plus(
          part(of(batch), massGrams),
          moved(massGrams, site === event.site ? undefined : (transport ?? 'unsaid')),
        ),
      )
      carried.set(event.data.run, charged.reduce(plus, of(event.data.run)))
    } else if (event.type === 'RunClosed') {
      const grams = sumOf(event.data.outputs, ({ massGrams }) => massGrams)
      const all = { ...of(event.data.run), grams }
      for (const { batch, massGrams } of event.data.outputs) carried.set(batch, part(all, massGrams))
    } else if (event.type === 'BatchReceived') {
      const { lines, transport, from } = event.data
      for (const { batch, site, sentGrams, keptGrams } of lines.filter(({ accepted }) => accepted)) {
        const fetched = moved(sentGrams, site === from.site ? undefined : 'unsaid')
        const sent = [moved(sentGrams, transport ?? 'unsaid'), fetched].reduce(
          plus,
          part(of(batch), sentGrams),
        )
        carried.set(batch, {
          ...sent,
          grams: keptGrams,
          transitGrams: sent.transitGrams + sentGrams - keptGrams,
        })
      }
    }
  }
  return carried
}

function each(figure: (of: keyof Carried) => number): Carried {
  return {
    grams: figure('grams'),
    roadGramKm: figure('roadGramKm'),
    seaGramKm: figure('seaGramKm'),
    transportUnrecordedGrams: figure('transportUnrecordedGrams'),
    transitGrams: figure('transitGrams'),
  }
}

const plus = (a: Carried, b: Carried): Carried => each((figure) => a[figure] + b[figure])
const part = (of: Carried, grams: number): Carried =>
  of.grams === 0 ? NOTHING : each((figure) => (of[figure] * grams) / of.grams)

/** What a move adds; it brings no mass. */
function moved(
  grams: number,
  how: { readonly mode: 'road' | 'sea'; readonly distanceKm: number } | 'unsaid' | undefined,
): Carried {
  if (how === undefined) return NOTHING
  if (how === 'unsaid') return { ...NOTHING, transportUnrecordedGrams: grams }
  return { ...NOTHING, [how.mode === 'road' ? 'roadGramKm' : 'seaGramKm']: grams * how.distanceKm }
}

/** Of every batch, as far as rounding lets it: each event rounds a figure of each of its few legs by half at most. */
export function transportComplaints({ standing, ...known }: Evidence): string[] {
  const expected = transportOf(standing)
  const tolerance = standing.length * 8
  return batchesOf(known)
    .filter(({ status }) => status !== 'void')
    .flatMap((batch) => {
      const ought = expected.get(batch.id) ?? NOTHING
      const journey = journeyOf(batch)
      const lost = sumOf(journey, ({ losses }) => losses.transit ?? 0)
      return [
        ...TRANSPORT.map((figure) => {
          const is = sumOf(journey, ({ activities }) => activities?.[figure] ?? 0)
          return [figure, is, ought[figure]] as const
        }),
        ['transitGrams', lost, ought.transitGrams] as const,
      ]
        .filter(([, is, expected]) => !(Math.abs(is - expected) <= tolerance))
        .map(([figure, is, expected]) => `${figure} of ${batch.id} is ${is}, but its events make ${expected}`)
    })
}

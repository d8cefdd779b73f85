import { chargeRun, openRun } from '../../../shared/domain/decide/run.ts'
import { closeRun } from '../../../shared/domain/decide/close.ts'
import { processBatches } from '../../../shared/domain/decide/one-shot.ts'
import { makeProduct } from '../../../shared/domain/decide/product.ts'
import type { DomainEvent, EventOf, EventType } from '../../../shared/domain/events/event.ts'
import { correct, inspect, pickup, receive, ship } from '../domain/acts.ts'
import { august, B, given, PLANT, R, subject, worldOf, type Act } from '../domain/story.ts'

/**
 * A comb lot: two pickups from two places, shipped together and weighed in 2 kg lighter, washed in a run of several charges,
 * one of which was a mistake, pelletized, and moulded with some virgin polymer. Some of each is left, so that somebody could
 * want to take more.
 */
const wash: readonly Act[] = [
  () => openRun({ run: R('W'), step: 'cleaning', site: 'works', occurredAt: august(15) }, PLANT),
  charged({ A: 50_000 }, 16),
  charged({ A: 20_000 }, 17),
  correct('RWWWWWWWWWWWW-3', { occurredAt: august(18) }, PLANT),
  charged({ A: 10_000, D: 50_000 }, 18),
  (story) =>
    closeRun(
      subject(story, R('W'), 'run'),
      {
        occurredAt: august(19),
        outputs: [
          { batch: B('F'), massGrams: 80_001 },
          { batch: B('G'), massGrams: 9_999 },
        ],
        losses: { 'wash-loss': 15_000 },
      },
      [],
      PLANT,
    ),
]

function charged(grams: Readonly<Record<string, number>>, day: number): Act {
  return (story) =>
    chargeRun(
      subject(story, R('W'), 'run'),
      {
        occurredAt: august(day),
        draws: Object.entries(grams).map(([batch, massGrams]) => ({ batch: B(batch), massGrams })),
        added: [],
      },
      worldOf(story),
      PLANT,
    )
}

const pelletize: Act = (story) =>
  processBatches(
    {
      run: R('P'),
      step: 'pelletizing',
      site: 'works',
      occurredAt: august(20),
      draws: [{ batch: B('F'), massGrams: 80_000 }],
      added: [],
      outputs: [{ batch: B('P'), massGrams: 78_000 }],
      losses: { purge: 2_000 },
    },
    worldOf(story),
    [],
    PLANT,
  )

const mould: Act = (story) =>
  makeProduct(
    {
      run: R('M'),
      batch: B('Z'),
      site: 'works',
      occurredAt: august(21),
      product: { name: 'Comb', units: 1000, gramsPerUnit: 35, recycledShareBp: 8_000 },
      draws: [{ batch: B('P'), massGrams: 28_000 }],
      added: [{ kind: 'virgin', massGrams: 7_000, polymer: 'HDPE' }],
      losses: {},
    },
    worldOf(story),
    [],
    PLANT,
  )

export const PRODUCT: string = B('Z')

export const comb = (): readonly DomainEvent[] =>
  given(
    pickup('A', { position: { lat: 28.45, lon: 121.88 }, accuracyM: 10 }),
    pickup('D', { position: { lat: 28.27, lon: 121.61 }, netGrams: 60_000 }),
    ship('S', ['A', 'D']),
    receive('S', { A: 98_000, D: 60_000 }),
    ...wash,
    pelletize,
    mould,
    inspect('Z', { occurredAt: august(22) }, PLANT),
  ).events

export function eventAt(events: readonly DomainEvent[], at: number): DomainEvent {
  const event = events[at]
  if (!event) throw new Error(`there is no event ${at}`)
  return event
}

export const pickupOf = (events: readonly DomainEvent[]): EventOf<'PickupRecorded'> =>
  typed(eventAt(events, 0), 'PickupRecorded')

export function typed<Type extends EventType>(event: DomainEvent, type: Type): EventOf<Type> {
  const isOf = (one: DomainEvent): one is EventOf<Type> => one.type === type
  if (!isOf(event)) throw new Error(`${event.id} is no ${type}`)
  return event
}

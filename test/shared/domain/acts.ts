import type { Certificate } from '../../../shared/domain/state/certificate.ts'
import { NATURAL_EARTH } from '../../../shared/domain/geo/coast/natural-earth.ts'
import type { Actor } from '../../../shared/domain/decide/actor.ts'
import { closeRun } from '../../../shared/domain/decide/close.ts'
import type { CloseRun } from '../../../shared/domain/decide/closing.ts'
import { correctEvent, type CorrectEvent, type Instead } from '../../../shared/domain/decide/correct.ts'
import {
  factsOfPickup,
  recordPickup,
  type RecordPickup,
  type ReportedPickup,
} from '../../../shared/domain/decide/pickup.ts'
import {
  holdBatch,
  inspectBatch,
  releaseBatch,
  type HoldBatch,
  type InspectBatch,
  type ReleaseBatch,
} from '../../../shared/domain/decide/quality.ts'
import { receiveShipment, type ReceiveShipment } from '../../../shared/domain/decide/receive.ts'
import { chargeRun, openRun, type ChargeRun, type OpenRun } from '../../../shared/domain/decide/run.ts'
import { shipBatches, type ShipBatches } from '../../../shared/domain/decide/ship.ts'
import { subjectsOf, type DomainEvent } from '../../../shared/domain/events/event.ts'
import { accepted, ACTOR, pickupCommand } from './scenario.ts'
import { august, B, eventOf, PLANT, R, S, subject, worldOf, type Act } from './story.ts'

/** What people do in stories: right as it stands, to be changed in one place. */
export const pickup =
  (letter: string, changes: Partial<RecordPickup> = {}, certificates: readonly Certificate[] = []): Act =>
  () =>
    recordPickup(
      pickupCommand({ batch: B(letter), ...changes }),
      { coastline: NATURAL_EARTH, certificates },
      ACTOR,
    )

export const open =
  (letter: string, changes: Partial<OpenRun> = {}): Act =>
  () =>
    openRun({ run: R(letter), step: 'cleaning', site: 'huzhou', occurredAt: august(10), ...changes }, ACTOR)

/** Charges of grams by the letters of the batches, on 11 August. */
export const charge =
  (
    letter: string,
    grams: Readonly<Record<string, number>>,
    changes: Partial<ChargeRun> = {},
    actor = ACTOR,
  ): Act =>
  (story) =>
    chargeRun(
      subject(story, R(letter), 'run'),
      {
        occurredAt: august(11),
        draws: Object.entries(grams).map(([batch, massGrams]) => ({ batch: B(batch), massGrams })),
        added: [],
        ...changes,
      },
      worldOf(story),
      actor,
    )

/** Closes a run on 12 August with outputs of grams by letters. */
export const close =
  (
    letter: string,
    grams: Readonly<Record<string, number>>,
    changes: Partial<CloseRun> = {},
    certificates: readonly Certificate[] = [],
  ): Act =>
  (story) =>
    closeRun(
      subject(story, R(letter), 'run'),
      {
        occurredAt: august(12),
        outputs: Object.entries(grams).map(([batch, massGrams]) => ({ batch: B(batch), massGrams })),
        losses: {},
        ...changes,
      },
      certificates,
      ACTOR,
    )

export const ship =
  (letter: string, batches: readonly string[], changes: Partial<ShipBatches> = {}, actor = ACTOR): Act =>
  (story) =>
    shipBatches(
      {
        shipment: S(letter),
        site: 'dachen',
        to: { org: 'plant', site: 'works' },
        occurredAt: august(13),
        batches: batches.map(B),
        manifest: { number: 'M-1' },
        transport: { mode: 'road', distanceKm: 100, basis: 'measured' },
        sealed: {},
        ...changes,
      },
      worldOf(story),
      actor,
    )

/** Weighs in lines of received grams by letters, accepted unless told otherwise, on 14 August. */
export const receive =
  (
    letter: string,
    grams: Readonly<Record<string, number>>,
    changes: Partial<ReceiveShipment> = {},
    accepts = true,
    more: Partial<Actor> = {},
  ): Act =>
  (story) =>
    receiveShipment(
      subject(story, S(letter), 'shipment'),
      {
        site: 'works',
        occurredAt: august(14),
        lines: Object.entries(grams).map(([batch, receivedGrams]) => ({
          batch: B(batch),
          receivedGrams,
          accepted: accepts,
        })),
        seen: {},
        sealed: {},
        ...changes,
      },
      worldOf(story),
      { ...PLANT, ...more },
    )

export const inspect =
  (letter: string, changes: Partial<InspectBatch> = {}, actor = ACTOR): Act =>
  (story) =>
    inspectBatch(
      subject(story, B(letter), 'batch'),
      {
        occurredAt: august(20),
        sample: 'S-1',
        lab: 'Ningbo lab',
        results: [{ parameter: 'MFI', method: 'ISO 1133-1', value: 5, unit: 'g/10 min' }],
        ...changes,
      },
      actor,
    )

export const hold =
  (letter: string, changes: Partial<HoldBatch> = {}, actor = ACTOR): Act =>
  (story) =>
    holdBatch(
      subject(story, B(letter), 'batch'),
      { occurredAt: august(21), reason: 'contamination', sealed: {}, ...changes },
      actor,
    )

export const release =
  (letter: string, changes: Partial<ReleaseBatch> = {}, actor = ACTOR): Act =>
  (story) =>
    releaseBatch(
      subject(story, B(letter), 'batch'),
      { occurredAt: august(22), sealed: {}, ...changes },
      actor,
    )

/** What a pickup is said to be instead: the usual one with these changes. */
export const anew = (
  changes: Partial<ReportedPickup> = {},
  certificates: readonly Certificate[] = [],
): Instead => {
  const rules = { coastline: NATURAL_EARTH, certificates }
  return { of: 'PickupRecorded', facts: accepted(factsOfPickup(pickupCommand(changes), rules, ACTOR)) }
}

/** Declares the event with this id wrong, knowing all that happened since. */
export const correct =
  (id: string, changes: Partial<CorrectEvent> = {}, actor = ACTOR): Act =>
  (story) => {
    const histories = new Map<string, DomainEvent[]>()
    for (const event of story.events) {
      for (const touched of subjectsOf(event))
        histories.set(touched, [...(histories.get(touched) ?? []), event])
    }
    return correctEvent(
      {
        event: eventOf(story, id),
        occurredAt: august(25),
        sealed: {},
        histories,
        ...changes,
      },
      worldOf(story),
      actor,
    )
  }

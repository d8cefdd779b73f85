import type { Batch } from '../../../shared/domain/state/batch.ts'
import type { Certificate } from '../../../shared/domain/state/certificate.ts'
import { NATURAL_EARTH } from '../../../shared/domain/geo/coast/natural-earth.ts'
import type { Actor } from '../../../shared/domain/decide/actor.ts'
import * as oneShot from '../../../shared/domain/decide/one-shot.ts'
import * as pickup from '../../../shared/domain/decide/pickup.ts'
import * as product from '../../../shared/domain/decide/product.ts'
import type { DomainEvent, UnlinkedEvent } from '../../../shared/domain/events/event.ts'
import {
  fold,
  subjectsOfKind,
  type HashedEvent,
  type Subject,
  type Subjects,
} from '../../../shared/domain/state/fold.ts'
import { makePassport } from '../../../shared/domain/passport/make-passport.ts'
import type { Organisation } from '../../../shared/domain/organisation.ts'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import type { Decision, Refusal } from '../../../shared/domain/refusal.ts'
import type { World } from '../../../shared/domain/state/world.ts'

/** Given what happened, when somebody asks for something, then this follows. Hashes are stand-ins: the fold only stores them. */
export const NOW = '2026-09-01T00:00:00.000Z'
export const ACTOR: Actor = { org: 'coop', role: 'operator', now: NOW }

export const SITE = {
  id: 'dachen',
  kind: 'station',
  name: { en: 'Dachen station', zh: '大陈站' },
  lat: 28.45,
  lon: 121.88,
} as const

/** A world of these subjects, in which nothing is held unless said so. */
export const worldOf = (subjects: Subjects, holds: World['holds'] = new Map()): World => ({ subjects, holds })

export function pickupCommand(changes: Partial<pickup.RecordPickup> = {}): pickup.RecordPickup {
  return {
    batch: 'BAAAAAAAAAAAA',
    form: 'crate',
    polymer: 'HDPE',
    netGrams: 100_000,
    occurredAt: '2026-08-01T00:00:00.000Z',
    site: SITE,
    isFromVessel: false,
    photos: [],
    earlierUses: [],
    sealed: {},
    ...changes,
  }
}

export function runCommand(changes: Partial<oneShot.ProcessBatches> = {}): oneShot.ProcessBatches {
  return {
    run: 'RAAAAAAAAAAAA',
    step: 'cleaning',
    site: 'huzhou',
    occurredAt: '2026-08-20T00:00:00.000Z',
    draws: [{ batch: 'BAAAAAAAAAAAA', massGrams: 100_000 }],
    added: [],
    outputs: [{ batch: 'BBBBBBBBBBBBB', massGrams: 80_000 }],
    losses: { 'wash-loss': 20_000 },
    ...changes,
  }
}

export const recordPickup = (
  command: pickup.RecordPickup,
  actor: Actor,
  certificates: readonly Certificate[] = [],
): Decision<UnlinkedEvent[]> =>
  pickup.recordPickup(command, { coastline: NATURAL_EARTH, certificates }, actor)

export const processBatches = (
  command: oneShot.ProcessBatches,
  subjects: Subjects,
  actor: Actor,
  certificates: readonly Certificate[] = [],
): Decision<UnlinkedEvent[]> => oneShot.processBatches(command, worldOf(subjects), certificates, actor)

export const makeProduct = (
  command: product.MakeProduct,
  subjects: Subjects,
  actor: Actor,
  certificates: readonly Certificate[] = [],
): Decision<UnlinkedEvent[]> => product.makeProduct(command, worldOf(subjects), certificates, actor)

export const passportOf = (
  made: Batch,
  organisations: readonly Organisation[],
  certificates: readonly Certificate[] = [],
): Passport => makePassport(made, { organisations, holds: [], certificates, revision: made.version })

/** Events as they would stand in the table, with a made-up hash each. */
export function stored(events: readonly UnlinkedEvent[]): HashedEvent[] {
  return events.map((unlinked) => {
    const event: DomainEvent = { ...unlinked, previous: [] }
    return { event, hash: `hash of ${event.id}` }
  })
}

export function accepted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}, ${decision.refusal.detail}`)
  return decision.value
}

export function refused(decision: Decision<unknown>): Refusal {
  if (decision.ok) throw new Error('accepted, but a refusal was expected')
  return decision.refusal
}

/** The world after these pickups. */
export function givenPickups(...commands: pickup.RecordPickup[]): Map<string, Subject> {
  return fold(new Map(), stored(commands.flatMap((command) => accepted(recordPickup(command, ACTOR)))))
}

/** The world after one more run. */
export function afterRun(
  world: Subjects,
  command: oneShot.ProcessBatches,
  actor: Actor = ACTOR,
): Map<string, Subject> {
  return fold(world, stored(accepted(processBatches(command, world, actor))))
}

export const batchesOf = (world: Subjects): Map<string, Batch> => subjectsOfKind(world, 'batch')

export function batch(world: Subjects, id: string): Batch {
  const found = batchesOf(world).get(id)
  if (!found) throw new Error(`no batch ${id}`)
  return found
}

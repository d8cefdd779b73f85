import type { Batch } from '../../../shared/domain/batch.ts'
import type { DomainEvent, UnlinkedEvent } from '../../../shared/domain/events.ts'
import { fold, type HashedEvent, type Subject, type Subjects } from '../../../shared/domain/fold.ts'
import { recordPickup, type Actor, type RecordPickup } from '../../../shared/domain/pickup.ts'
import { processBatches, type ProcessBatches } from '../../../shared/domain/processing.ts'
import type { Decision, Refusal } from '../../../shared/domain/refusal.ts'

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

export function pickupCommand(changes: Partial<RecordPickup> = {}): RecordPickup {
  return {
    batch: 'BAAAAAAAAAAAA',
    form: 'crate',
    polymer: 'HDPE',
    massGrams: 100_000,
    occurredAt: '2026-08-01T00:00:00.000Z',
    site: SITE,
    sealed: {},
    ...changes,
  }
}

export function runCommand(changes: Partial<ProcessBatches> = {}): ProcessBatches {
  return {
    run: 'RAAAAAAAAAAAA',
    step: 'cleaning',
    site: 'huzhou',
    occurredAt: '2026-08-20T00:00:00.000Z',
    charges: [{ batch: 'BAAAAAAAAAAAA', massGrams: 100_000 }],
    addedGrams: 0,
    outputs: [{ batch: 'BBBBBBBBBBBBB', massGrams: 80_000 }],
    losses: { 'wash-loss': 20_000 },
    ...changes,
  }
}

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
export function givenPickups(...commands: RecordPickup[]): Map<string, Subject> {
  return fold(new Map(), stored(commands.flatMap((command) => accepted(recordPickup(command, ACTOR)))))
}

/** The world after one more run. */
export function afterRun(
  world: Subjects,
  command: ProcessBatches,
  actor: Actor = ACTOR,
): Map<string, Subject> {
  return fold(world, stored(accepted(processBatches(command, batchesOf(world), actor))))
}

export function batchesOf(world: Subjects): Map<string, Batch> {
  return new Map([...world].flatMap(([id, subject]) => (subject.kind === 'batch' ? [[id, subject]] : [])))
}

export function batch(world: Subjects, id: string): Batch {
  const found = batchesOf(world).get(id)
  if (!found) throw new Error(`no batch ${id}`)
  return found
}

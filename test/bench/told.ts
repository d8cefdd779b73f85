import { NATURAL_EARTH } from '../../shared/domain/geo/coast/natural-earth.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { processBatches } from '../../shared/domain/decide/one-shot.ts'
import { recordPickup } from '../../shared/domain/decide/pickup.ts'
import { makeProduct } from '../../shared/domain/decide/product.ts'
import type { Draw } from '../../shared/domain/decide/run.ts'
import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Decision } from '../../shared/domain/refusal.ts'
import { fold, type Subject } from '../../shared/domain/state/fold.ts'
import { idOf } from './seeding.ts'

const SITE = {
  id: 'dachen',
  kind: 'station',
  name: { en: 'Dachen', zh: '大陈' },
  lat: 28.45,
  lon: 121.88,
} as const
const ACTOR: Actor = { org: 'coop', role: 'operator', now: '2026-09-01T00:00:00.000Z' }
const STEPS = [
  { step: 'consolidation', charges: 15 },
  { step: 'cleaning', charges: 10 },
  { step: 'pelletizing', charges: 20 },
] as const

export interface Told {
  readonly events: readonly DomainEvent[]
  readonly product: string
}

/** One product of about so many events: most are pickups, put together, cleaned, pelletized and moulded. */
export function historyOf(size: number): Told {
  const story = beginStory()
  const pickups = Math.max(5, Math.round(size * 0.79))
  let level = Array.from({ length: pickups }, (_, n) => {
    story.happen(pickupOf(n))
    return idOf('batch', 'verifying', n)
  })
  let made = pickups
  for (const [depth, { step, charges }] of STEPS.entries()) {
    const next: string[] = []
    for (let at = 0; at < level.length; at += charges) {
      const draws = story.draws(level.slice(at, at + charges))
      const output = idOf('batch', 'verifying', made++)
      const common = { site: 'huzhou', occurredAt: `2026-08-1${depth}T00:00:00.000Z`, added: [], losses: {} }
      const outputs = [{ batch: output, massGrams: sumOf(draws) }]
      const command = { ...common, run: idOf('run', 'verifying', made), step, draws, outputs }
      story.happen(processBatches(command, story.world(), [], ACTOR))
      next.push(output)
    }
    level = next
  }
  const product = idOf('batch', 'verifying', made)
  const draws = story.draws(level)
  const command = {
    run: idOf('run', 'verifying', made + 1),
    batch: product,
    site: 'huzhou',
    occurredAt: '2026-08-20T00:00:00.000Z',
    product: { name: 'Comb', units: sumOf(draws), gramsPerUnit: 1 },
    draws,
    added: [],
    losses: {},
  }
  story.happen(makeProduct(command, story.world(), [], ACTOR))
  return { events: story.events, product }
}

const sumOf = (draws: readonly Draw[]): number => draws.reduce((sum, { massGrams }) => sum + massGrams, 0)

function pickupOf(n: number): Decision<UnlinkedEvent[]> {
  const command = {
    batch: idOf('batch', 'verifying', n),
    form: 'float',
    polymer: 'HDPE',
    netGrams: 20_000 + n,
    occurredAt: new Date(Date.parse('2026-06-01T00:00:00.000Z') + n * 60_000).toISOString(),
    position: { lat: 28 + (n % 10) / 10, lon: 121.9 },
    accuracyM: 10,
    site: SITE,
    isFromVessel: true,
    photos: [],
    earlierUses: [],
    sealed: { position: 'ab'.repeat(32), collector: 'cd'.repeat(32), entry: 'ef'.repeat(32) },
  } as const
  return recordPickup(command, { coastline: NATURAL_EARTH, certificates: [] }, ACTOR)
}

function beginStory() {
  const events: DomainEvent[] = []
  const subjects = new Map<string, Subject>()
  const happen = (decision: Decision<UnlinkedEvent[]>): void => {
    if (!decision.ok) throw new Error(decision.refusal.detail)
    const decided = decision.value.map((event) => ({ event: { ...event, previous: [] }, hash: '' }))
    const touched = new Map<string, Subject>()
    for (const id of decided.flatMap(({ event }) => subjectsOf(event))) {
      const subject = subjects.get(id)
      if (subject) touched.set(id, subject)
    }
    for (const [id, subject] of fold(touched, decided)) subjects.set(id, subject)
    events.push(...decided.map(({ event }) => event))
  }
  const gramsOf = (id: string): number => {
    const subject = subjects.get(id)
    if (subject?.kind !== 'batch') throw new Error(`there is no batch ${id}`)
    return subject.remainingGrams
  }
  const draws = (ids: readonly string[]): Draw[] => ids.map((batch) => ({ batch, massGrams: gramsOf(batch) }))
  return { events, happen, draws, world: () => ({ subjects, holds: new Map<string, never>() }) }
}

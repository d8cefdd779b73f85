import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booksBalance, STAGES, type Batch } from '../../../shared/domain/batch.ts'
import { fold, type Subject } from '../../../shared/domain/fold.ts'
import { idFromBytes } from '../../../shared/domain/ids.ts'
import { isChain } from '../../../shared/domain/journey.ts'
import { OTHER_MATERIAL, totalGrams } from '../../../shared/domain/origin.ts'
import { recordPickup } from '../../../shared/domain/pickup.ts'
import { processBatches, RUN_STEPS, STEP_RULES } from '../../../shared/domain/processing.ts'
import { makeProduct } from '../../../shared/domain/product.ts'
import type { Decision } from '../../../shared/domain/refusal.ts'
import type { UnlinkedEvent } from '../../../shared/domain/events.ts'
import { ACTOR, batchesOf, pickupCommand, stored } from './scenario.ts'

/** Laws that hold after any sequence of commands, whether each was accepted or refused. */
type Step =
  | { readonly do: 'pickup'; readonly grams: number; readonly place: number }
  | {
      readonly do: 'run' | 'product'
      readonly step: (typeof RUN_STEPS)[number]
      readonly inputs: readonly { readonly at: number; readonly part: number }[]
      readonly outputs: readonly number[]
      readonly lost: number
      readonly added: number
    }

const PLACES = [
  { lat: 28.27, lon: 121.61 },
  { lat: 28.48, lon: 121.88 },
  { lat: 29.95, lon: 122.3 },
  { lat: 28.51, lon: 123.1 },
]

const part = fc.double({ min: 0, max: 1.02, noNaN: true })
const pickupStep = fc.record({
  do: fc.constant('pickup' as const),
  grams: fc.integer({ min: 1, max: 2_000_000 }),
  place: fc.nat(PLACES.length - 1),
})
const runStep = fc.record({
  do: fc.constantFrom('run' as const, 'run' as const, 'product' as const),
  step: fc.constantFrom(...RUN_STEPS),
  inputs: fc.array(fc.record({ at: fc.nat(40), part }), { minLength: 1, maxLength: 5 }),
  outputs: fc.array(part, { minLength: 1, maxLength: 3 }),
  lost: part,
  added: fc.nat(5_000),
})
const steps = fc.array(fc.oneof(pickupStep, runStep), { minLength: 10, maxLength: 40, size: 'max' })

let counter = 0
function nextId(kind: 'batch' | 'run'): string {
  counter += 1
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setUint32(4, counter)
  return idFromBytes(kind, bytes)
}

function decide(step: Step, world: ReadonlyMap<string, Subject>): Decision<UnlinkedEvent[]> {
  if (step.do === 'pickup') {
    const position = PLACES[step.place]
    const command = { batch: nextId('batch'), massGrams: step.grams, ...(position && { position }) }
    return recordPickup(pickupCommand(command), ACTOR)
  }
  const batches = batchesOf(world)
  // Mostly batches of a fitting stage, so that worlds grow deep; sometimes any, so that refusals are tried too.
  const { takes } = STEP_RULES[step.do === 'product' ? 'manufacturing' : step.step]
  const all = [...batches.values()]
  const known = step.lost < 0.8 ? all.filter((candidate) => takes.includes(candidate.stage)) : all
  const charges = step.inputs.flatMap(({ at, part: share }) => {
    const from = known[at % Math.max(1, known.length)]
    return from ? [{ batch: from.id, massGrams: Math.max(1, Math.round(from.remainingGrams * share)) }] : []
  })
  const input = charges.reduce((sum, charge) => sum + charge.massGrams, 0)
  const outputGrams = step.outputs.map((share) =>
    Math.max(1, Math.round((input * share * 0.97) / step.outputs.length)),
  )
  const base = {
    run: nextId('run'),
    site: 'plant',
    occurredAt: '2026-08-20T00:00:00.000Z',
    charges,
    losses: { reject: Math.round(input * step.lost * 0.1) },
  }
  if (step.do === 'run') {
    const outputs = outputGrams.map((massGrams) => ({ batch: nextId('batch'), massGrams }))
    return processBatches({ ...base, step: step.step, addedGrams: 0, outputs }, batches, ACTOR)
  }
  const product = { batch: nextId('batch'), name: 'Case', units: outputGrams[0] ?? 1, gramsPerUnit: 1 }
  return makeProduct({ ...base, ...product, otherMaterialGrams: step.added }, batches, ACTOR)
}

/** Plays all steps and tells how many were accepted, so that a test can be sure that it tested something. */
function play(sequence: readonly Step[]): { world: Map<string, Subject>; accepted: number } {
  let world = new Map<string, Subject>()
  let accepted = 0
  for (const step of sequence) {
    const decision = decide(step, world)
    if (!decision.ok) continue
    accepted += 1
    world = fold(world, stored(decision.value))
  }
  return { world, accepted }
}

const always = (law: (world: Map<string, Subject>) => void): void => {
  let accepted = 0
  fc.assert(
    fc.property(steps, (sequence) => {
      const played = play(sequence)
      accepted += played.accepted
      law(played.world)
    }),
    { numRuns: 300 },
  )
  expect(accepted).toBeGreaterThan(300)
}

const sum = <T>(values: Iterable<T>, grams: (value: T) => number): number =>
  [...values].reduce((total, value) => total + grams(value), 0)

describe('after any sequence of commands', () => {
  it('mass is conserved: collected and added = still here + lost + unaccounted', () => {
    always((world) => {
      const batches = [...batchesOf(world).values()]
      const runs = [...world.values()].filter((subject) => subject.kind === 'run')
      const collected = sum(
        batches.filter((batch) => batch.stage === 'collected'),
        (batch) => batch.massGrams,
      )
      const came = collected + sum(runs, (run) => run.addedGrams)
      const here = sum(batches, (batch) => batch.remainingGrams)
      const gone = sum(runs, (run) => sum(Object.values(run.losses), (grams) => grams) + run.unaccountedGrams)
      expect(here + gone).toBe(came)
    })
  })

  it('no batch ever gave more than it had, and its shares add up to the gram', () => {
    always((world) => {
      const runs = [...world.values()].filter((subject) => subject.kind === 'run')
      for (const batch of batchesOf(world).values()) {
        const charges = runs.flatMap((run) => run.charges).filter((charge) => charge.batch === batch.id)
        expect(sum(charges, (charge) => charge.massGrams)).toBe(batch.massGrams - batch.remainingGrams)
        expect(booksBalance(batch)).toBe(true)
        for (const share of batch.origins) expect(share.grams).toBeGreaterThan(0)
      }
    })
  })

  it('no place ever gains a gram: what is left of it never exceeds what was collected there', () => {
    always((world) => {
      const batches = [...batchesOf(world).values()]
      const byPlace = (list: Batch[], shares: (batch: Batch) => Batch['origins']): Map<string, number> => {
        const grams = new Map<string, number>()
        for (const share of list.flatMap(shares)) {
          grams.set(share.placeId, (grams.get(share.placeId) ?? 0) + share.grams)
        }
        return grams
      }
      const collected = byPlace(
        batches.filter((batch) => batch.stage === 'collected'),
        (batch) => batch.origins,
      )
      for (const [place, grams] of byPlace(batches, (batch) => batch.remaining.origins)) {
        const most = place === OTHER_MATERIAL ? Infinity : (collected.get(place) ?? 0)
        expect(grams).toBeLessThanOrEqual(most)
      }
    })
  })

  it('every leg of every journey closes: input = output + losses + unaccounted', () => {
    always((world) => {
      for (const batch of batchesOf(world).values()) {
        for (const leg of [...batch.journey, ...batch.remaining.journey]) {
          const lost = sum(Object.values(leg.losses), (grams) => grams)
          expect(leg.outputGrams + lost + leg.unaccountedGrams).toBe(leg.inputGrams)
          expect(
            Math.min(leg.inputGrams, leg.outputGrams, leg.addedGrams, leg.unaccountedGrams),
          ).toBeGreaterThanOrEqual(0)
        }
      }
    })
  })

  it('a journey in which everything passed the same steps closes from step to step, to the gram', () => {
    let chains = 0
    always((world) => {
      for (const batch of batchesOf(world).values()) {
        const before = [...world.values()].filter(
          (subject) => subject.kind === 'run' && subject.id === batch.run,
        )
        const inputs = before.flatMap((run) => (run.kind === 'run' ? run.charges : []))
        const steps = inputs.map(({ batch: id }) =>
          batchesOf(world)
            .get(id)
            ?.journey.map((leg) => leg.step)
            .join(),
        )
        const ancestorsAreChains = inputs.every(({ batch: id }) => {
          const input = batchesOf(world).get(id)
          return input !== undefined && isChain(input.journey, input.massGrams)
        })
        const expected =
          new Set(steps).size > 1 || !ancestorsAreChains || isChain(batch.journey, batch.massGrams)
        expect(expected).toBe(true)
        if (inputs.length > 0 && ancestorsAreChains) chains += 1
      }
    })
    expect(chains).toBeGreaterThan(100)
  })

  it('stages only go forwards, and every product goes back to pickups', () => {
    always((world) => {
      const batches = batchesOf(world)
      for (const subject of world.values()) {
        if (subject.kind !== 'run') continue
        for (const charge of subject.charges) {
          const input = batches.get(charge.batch)
          for (const output of subject.outputs) {
            const made = batches.get(output.batch)
            expect(STAGES.indexOf(made?.stage ?? 'collected')).toBeGreaterThan(
              STAGES.indexOf(input?.stage ?? 'product'),
            )
          }
        }
      }
      for (const batch of batches.values()) expect(totalGrams(batch.origins)).toBe(batch.massGrams)
    })
  })
})

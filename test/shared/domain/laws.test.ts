import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booksBalance, type Batch } from '../../../shared/domain/state/batch.ts'
import { fold, type Subject } from '../../../shared/domain/state/fold.ts'
import { idFromBytes } from '../../../shared/domain/ids.ts'
import { isChain, rankOf } from '../../../shared/domain/lineage/journey.ts'
import { isAdded, totalGrams } from '../../../shared/domain/lineage/origin.ts'
import { RUN_STEPS, STAGES, STEP_RULES } from '../../../shared/domain/material/stages.ts'
import type { Decision } from '../../../shared/domain/refusal.ts'
import type { UnlinkedEvent } from '../../../shared/domain/events/event.ts'
import {
  ACTOR,
  batchesOf,
  makeProduct,
  pickupCommand,
  processBatches,
  recordPickup,
  stored,
} from './scenario.ts'

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
    const command = { batch: nextId('batch'), netGrams: step.grams, ...(position && { position }) }
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
    draws: charges,
    losses: { reject: Math.round(input * step.lost * 0.1) },
  }
  if (step.do === 'run') {
    const outputs = outputGrams.map((massGrams) => ({ batch: nextId('batch'), massGrams }))
    return processBatches({ ...base, step: step.step, added: [], outputs }, world, ACTOR)
  }
  const product = { name: 'Case', units: outputGrams[0] ?? 1, gramsPerUnit: 1 }
  const added =
    step.added > 0 ? [{ kind: 'other' as const, massGrams: step.added, polymer: 'unknown' as const }] : []
  return makeProduct({ ...base, batch: nextId('batch'), product, added }, world, ACTOR)
}

interface MadeCharge {
  readonly run: string
  readonly batch: string
  readonly massGrams: number
}

interface Played {
  readonly world: Map<string, Subject>
  readonly charges: readonly MadeCharge[]
  readonly accepted: number
}

/** Plays all steps and tells how many were accepted, so that a test can be sure that it tested something. */
function play(sequence: readonly Step[]): Played {
  let world = new Map<string, Subject>()
  let accepted = 0
  const charges: MadeCharge[] = []
  for (const step of sequence) {
    const decision = decide(step, world)
    if (!decision.ok) continue
    accepted += 1
    world = fold(world, stored(decision.value))
    for (const event of decision.value) {
      if (event.type !== 'RunCharged') continue
      const { run, charges: made } = event.data
      charges.push(...made.map(({ batch, massGrams }) => ({ run, batch, massGrams })))
    }
  }
  return { world, charges, accepted }
}

const always = (law: (world: Map<string, Subject>, charges: readonly MadeCharge[]) => void): void => {
  let accepted = 0
  fc.assert(
    fc.property(steps, (sequence) => {
      const played = play(sequence)
      accepted += played.accepted
      law(played.world, played.charges)
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
        batches.filter((batch) => batch.run === undefined),
        (batch) => batch.massGrams,
      )
      const came = collected + sum(runs, (run) => run.pool.addedGrams)
      const here = sum(batches, (batch) => batch.remainingGrams)
      const gone = sum(runs, (run) => sum(Object.values(run.losses), (grams) => grams) + run.unaccountedGrams)
      expect(here + gone).toBe(came)
    })
  })

  it('no batch ever gave more than it had, and its shares add up to the gram', () => {
    always((world, all) => {
      for (const batch of batchesOf(world).values()) {
        const charges = all.filter((charge) => charge.batch === batch.id)
        expect(sum(charges, (charge) => charge.massGrams)).toBe(batch.massGrams - batch.remainingGrams)
        expect(booksBalance(batch)).toBe(true)
        for (const share of batch.origins) expect(share.grams).toBeGreaterThan(0)
      }
    })
  })

  it('no place ever gains a gram, nor gets nearer the sea: what is left never exceeds what was collected there', () => {
    always((world) => {
      const batches = [...batchesOf(world).values()]
      const byPlace = (list: Batch[], shares: (batch: Batch) => Batch['origins']): Map<string, number> => {
        const grams = new Map<string, number>()
        for (const share of list.flatMap(shares)) {
          const key = [share.placeId, share.found].join(' ')
          grams.set(key, (grams.get(key) ?? 0) + share.grams)
        }
        return grams
      }
      const collected = byPlace(
        batches.filter((batch) => batch.run === undefined),
        (batch) => batch.origins,
      )
      const collectedLeft = (batch: Batch) => batch.remaining.origins.filter((share) => !isAdded(share))
      for (const [place, grams] of byPlace(batches, collectedLeft)) {
        const most = collected.get(place) ?? 0
        expect(grams).toBeLessThanOrEqual(most)
      }
    })
  })

  it('every leg of every journey closes: input = output + losses + unaccounted', () => {
    always((world) => {
      for (const batch of batchesOf(world).values()) {
        for (const leg of batch.journey) {
          const lost = sum(Object.values(leg.losses), (grams) => grams)
          expect(leg.outputGrams + lost + leg.unaccountedGrams).toBe(leg.inputGrams)
          expect(
            Math.min(leg.inputGrams, leg.outputGrams, leg.addedGrams, leg.unaccountedGrams),
          ).toBeGreaterThanOrEqual(0)
        }
      }
    })
  })

  it('a journey in which everything passed the same steps as often closes from pass to pass, to the gram', () => {
    let chains = 0
    always((world, all) => {
      for (const batch of batchesOf(world).values()) {
        const inputs = all.filter(({ run }) => run === batch.run)
        const ways = inputs.map(({ batch: id }) => batchesOf(world).get(id)?.journey.map(rankOf).join())
        const ancestorsAreChains = inputs.every(({ batch: id }) => {
          const input = batchesOf(world).get(id)
          return input !== undefined && isChain(input.journey, input.massGrams)
        })
        // The last passes of many are taken together, and so take from themselves.
        const isKeptApart = batch.journey.every(({ againGrams }) => againGrams === undefined)
        const isSameWay = new Set(ways).size <= 1 && ancestorsAreChains && isKeptApart
        expect(!isSameWay || isChain(batch.journey, batch.massGrams)).toBe(true)
        if (inputs.length > 0 && ancestorsAreChains) chains += 1
      }
    })
    expect(chains).toBeGreaterThan(100)
  })

  it('stages only go forwards, and every product goes back to pickups', () => {
    always((world, all) => {
      const batches = batchesOf(world)
      for (const subject of world.values()) {
        if (subject.kind !== 'run') continue
        const forwards = STEP_RULES[subject.step].makes === 'same' ? 0 : 1
        for (const charge of all.filter(({ run }) => run === subject.id)) {
          const input = batches.get(charge.batch)
          for (const output of subject.outputs) {
            const made = batches.get(output.batch)
            expect(STAGES.indexOf(made?.stage ?? 'collected')).toBeGreaterThanOrEqual(
              STAGES.indexOf(input?.stage ?? 'product') + forwards,
            )
          }
        }
      }
      for (const batch of batches.values()) expect(totalGrams(batch.origins)).toBe(batch.massGrams)
    })
  })
})

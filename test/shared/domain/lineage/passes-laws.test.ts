import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UnlinkedEvent } from '../../../../shared/domain/events/event.ts'
import { idFromBytes } from '../../../../shared/domain/ids.ts'
import { MAX_PASSES, rankOf, type Leg } from '../../../../shared/domain/lineage/journey.ts'
import { passesOf, type Pass } from '../../../../shared/domain/lineage/passes.ts'
import { RUN_STEPS, STEP_RULES } from '../../../../shared/domain/material/stages.ts'
import type { Batch } from '../../../../shared/domain/state/batch.ts'
import { fold, type Subject } from '../../../../shared/domain/state/fold.ts'
import { ACTOR, batchesOf, pickupCommand, processBatches, recordPickup, stored } from '../scenario.ts'

/** What somebody does next: takes something in, or runs a step on parts of what is there. */
type Move =
  | { readonly do: 'pickup'; readonly grams: number }
  | {
      readonly do: (typeof RUN_STEPS)[number]
      readonly inputs: readonly { readonly at: number; readonly share: number }[]
      readonly site: number
      readonly kept: number
    }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pickup' as const),
      grams: fc.integer({ min: 1, max: 9_000_000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      // Putting together most of all, again and again.
      do: fc.constantFrom(
        ...RUN_STEPS,
        'consolidation' as const,
        'consolidation' as const,
        'blending' as const,
      ),
      inputs: fc.array(fc.record({ at: fc.nat(60), share: fc.double({ min: 0.001, max: 1, noNaN: true }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      site: fc.nat(2),
      kept: fc.double({ min: 0.9, max: 1, noNaN: true }),
    }),
  },
)

interface Played {
  readonly batches: ReadonlyMap<string, Batch>
  /** The batches that each was made of. */
  readonly madeOf: ReadonlyMap<string, readonly string[]>
}

/** Each move an hour after the one before. What the rules refuse does not happen. */
function play(moves: readonly Move[]): Played {
  let world = new Map<string, Subject>()
  const madeOf = new Map<string, readonly string[]>()
  for (const [index, next] of moves.entries()) {
    const occurredAt = new Date(Date.UTC(2026, 6, 1, index)).toISOString()
    const decision =
      next.do === 'pickup' ? take(next.grams, index, occurredAt) : run(next, index, occurredAt, world)
    if (!decision) continue
    world = fold(world, stored(decision))
    for (const event of decision) {
      if (event.type === 'RunCharged')
        madeOf.set(
          idOf('batch', index),
          event.data.charges.map(({ batch }) => batch),
        )
    }
  }
  return { batches: batchesOf(world), madeOf }
}

function take(netGrams: number, index: number, occurredAt: string): UnlinkedEvent[] | undefined {
  const decision = recordPickup(pickupCommand({ batch: idOf('batch', index), netGrams, occurredAt }), ACTOR)
  return decision.ok ? decision.value : undefined
}

function run(
  next: Exclude<Move, { do: 'pickup' }>,
  index: number,
  occurredAt: string,
  world: ReadonlyMap<string, Subject>,
): UnlinkedEvent[] | undefined {
  const fitting = [...batchesOf(world).values()].filter(
    ({ stage, remainingGrams }) => remainingGrams > 0 && STEP_RULES[next.do].takes.includes(stage),
  )
  const draws = next.inputs.flatMap(({ at, share }) => {
    // Rather what was made last, so that worlds grow deep.
    const from = fitting.at(-1 - (at % Math.max(1, Math.min(4, fitting.length))))
    return from ? [{ batch: from.id, massGrams: Math.ceil(from.remainingGrams * share) }] : []
  })
  const input = draws.reduce((sum, { massGrams }) => sum + massGrams, 0)
  const massGrams = Math.max(1, Math.floor(input * next.kept))
  const decision = processBatches(
    {
      run: idOf('run', index),
      step: next.do,
      site: `site-${next.site}`,
      occurredAt,
      draws,
      added: [],
      outputs: [{ batch: idOf('batch', index), massGrams }],
      losses: { reject: input - massGrams },
    },
    world,
    ACTOR,
  )
  return decision.ok ? decision.value : undefined
}

function idOf(kind: 'batch' | 'run', index: number): string {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setUint32(4, index + 1)
  return idFromBytes(kind, bytes)
}

const always = (law: (batch: Batch, played: Played) => void): void => {
  let deepest = 0
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 40, size: 'max' }), (moves) => {
      const played = play([{ do: 'pickup', grams: 500_000 }, ...moves])
      for (const batch of played.batches.values()) {
        law(batch, played)
        deepest = Math.max(deepest, passesOf(batch.journey).length)
      }
    }),
    { numRuns: 60 },
  )
  expect(deepest).toBeGreaterThan(MAX_PASSES + 2)
}

const lossesOf = ({ losses }: Pick<Leg, 'losses'>): number =>
  Object.values(losses).reduce((sum, grams) => sum + grams, 0)

/**
 * Where the step that made a batch stands among the passes of another's journey; none where less than half a gram of what
 * it gave is in there, which a journey leaves out.
 */
function placeOf({ journey, occurredAt }: Batch, passes: readonly Pass[]): number | undefined {
  const rank = Math.max(...journey.map(rankOf))
  const place = passes.findIndex(
    (pass) => pass.rank === rank && pass.firstAt <= occurredAt && occurredAt <= pass.lastAt,
  )
  return place < 0 ? undefined : place
}

/** All that fed each other on the way to a batch, as places among its passes. */
function feedsOf(batch: Batch, { batches, madeOf }: Played, passes: readonly Pass[]): [number, number][] {
  const seen = new Set<string>()
  const waiting = [batch.id]
  const feeds: [number, number][] = []
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const made = batches.get(id)
    if (!made || seen.has(id)) continue
    seen.add(id)
    for (const fed of madeOf.get(id) ?? []) {
      const from = batches.get(fed)
      const [before, after] = [from && placeOf(from, passes), placeOf(made, passes)]
      if (before !== undefined && after !== undefined) feeds.push([before, after])
      waiting.push(fed)
    }
  }
  return feeds
}

describe('whatever was done in whatever order', () => {
  it('each pass closes to the gram: in = out + losses + unaccounted', () => {
    always((batch) => {
      for (const { inputGrams, addedGrams, outputGrams, unaccountedGrams, ...pass } of passesOf(
        batch.journey,
      )) {
        expect(inputGrams).toBe(outputGrams + lossesOf(pass) + unaccountedGrams)
        expect(
          Math.min(inputGrams - addedGrams, addedGrams, outputGrams, unaccountedGrams),
        ).toBeGreaterThanOrEqual(0)
      }
    })
  })

  it('what feeds a pass stands before it', () => {
    let compared = 0
    always((batch, played) => {
      const passes = passesOf(batch.journey)
      const isLast = (place: number): boolean =>
        passes[place]?.legs.some(({ pass }) => pass?.round === MAX_PASSES) ?? false
      const feeds = feedsOf(batch, played, passes)
      compared += feeds.length
      const wrong = feeds.filter(([before, after]) => before > after || (before === after && !isLast(after)))
      expect(wrong).toEqual([])
    })
    expect(compared).toBeGreaterThan(1_000)
  })

  it('nothing is counted twice: no pass takes in more than was collected for the batch', () => {
    always((batch, { madeOf }) => {
      const passes = passesOf(batch.journey)
      const collected = passes.find(({ step }) => step === 'collection')?.inputGrams ?? 0
      // Each leg is rounded by itself, once a step.
      const rounding = 2 * madeOf.size
      for (const { inputGrams } of passes) expect(inputGrams).toBeLessThanOrEqual(collected + rounding)
    })
  })

  it('there are no more legs than stages, passes and sites make', () => {
    always((batch) => {
      expect(passesOf(batch.journey).length).toBeLessThanOrEqual(4 * (1 + MAX_PASSES))
      expect(batch.journey.length).toBeLessThanOrEqual(3 * 4 * (1 + MAX_PASSES))
    })
  })
})

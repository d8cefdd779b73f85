import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certificateOf, resolve } from '../../model/resolve.ts'
import { ORGANISATIONS } from '../../model/organisations.ts'
import { newWorld, play, type PureWorld } from '../../model/pure-world.ts'
import { parametersFor, SCALE } from '../../model/scale.ts'
import { step, type Step } from '../../model/steps.ts'
import { aLog } from '../ledger/signers.ts'
import { evidenceOf, partsOf, printed, verified } from './evidence.ts'

/** Whatever the deciders let happen, in any order, with corrections of everything. */
const WORLDS = 60
const TIMEOUT_MS = 300_000 * SCALE

function worldAfter(steps: readonly Step[]): PureWorld {
  const certified = ORGANISATIONS.slice(0, 2).reduce(
    (world, { id }) => play(world, certificateOf(id)).world,
    newWorld(),
  )
  return steps.reduce((world, next, tick) => {
    const intent = resolve(next, world, tick)
    return intent ? play(world, intent).world : world
  }, certified)
}

const histories = fc.array(step, { minLength: 20, maxLength: 150, size: 'max' })

describe('a bundle of what the domain decided', () => {
  it(
    'verifies for every batch there is, whole and by sample, and comes to the state that the service has',
    { timeout: TIMEOUT_MS },
    async () => {
      const signer = await aLog()
      const seen = { bundles: 0, deepest: 0, leftOut: 0 }
      await fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          const evidence = await evidenceOf(worldAfter(steps).events, signer)
          for (const [id, subject] of evidence.subjects) {
            if (subject.kind !== 'batch') continue
            const parts = await partsOf(evidence, id)
            const result = await verified(printed(parts), { trust: evidence.trust, batch: id })
            expect(result.ok ? undefined : result.fault).toBeUndefined()
            if (!result.ok) return
            expect(result.found.batch).toEqual(subject)
            seen.bundles += 1
            seen.deepest = Math.max(seen.deepest, result.found.runs)
            if (subject.run === undefined) continue
            const sample = { share: 0.5, seed: `for ${id}` }
            const sampled = await partsOf(evidence, id, sample)
            const half = await verified(printed(sampled), { trust: evidence.trust, batch: id, sample })
            expect(half).toMatchObject({ ok: true, found: { batch: subject } })
            if (half.ok) seen.leftOut += half.found.leftOut
          }
        }),
        parametersFor(WORLDS),
      )
      expect(seen.bundles).toBeGreaterThan(400 * Math.min(1, SCALE))
      expect(seen.deepest).toBeGreaterThan(3)
      expect(seen.leftOut).toBeGreaterThan(100 * Math.min(1, SCALE))
    },
  )
})

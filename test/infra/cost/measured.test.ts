import { beforeAll, describe, expect, it } from 'vitest'
import { readMeasured, type Work, type WorkName } from '../../../infra/cost/measured.ts'
import { sumOf } from '../../../infra/cost/quantities.ts'
import { measureWork, type Measurements } from '../../bench/cost/measuring.ts'
import { startWorld } from '../../bench/world.ts'

/** Salts and hashes are compressed with the texts that they are in: a few items cross a kilobyte in one run and not in another. */
const SHARE = 0.03
/** On a busy machine: some four seconds on an idle one. */
const PATIENCE_MS = 120_000

const AGAIN = 'else run npm run cost:measure'

describe(`the measured units that costs are calculated with (${AGAIN})`, () => {
  const known = readMeasured()
  let now: Measurements
  beforeAll(async () => {
    const world = await startWorld()
    try {
      now = await measureWork(world)
    } finally {
      await world.stop()
    }
  }, PATIENCE_MS)

  const pairs = (of: (work: Work) => number): [string, number, number][] =>
    namesOf(known.work).map((name) => [name, of(known.work[name]), of(now.work[name])])

  it.each([
    ['write units', (work: Work) => sumOf(work.writes)],
    ['read units', (work: Work) => sumOf(work.reads)],
    ['bytes stored', (work: Work) => work.tableBytes + work.indexBytes],
    ['calls', (work: Work) => work.calls],
    ['requests', (work: Work) => work.requests],
  ])('are those of today’s code: %s', (_, of) => {
    const apart = pairs(of).filter(([, was, is]) => Math.abs(is - was) > SHARE * was)
    expect(apart).toEqual([])
  })

  it('are those of today’s code: what it takes to know a caller', () => {
    expect(now.lookup).toEqual(known.lookup)
  })

  it('are those of today’s page', () => {
    expect(Math.abs(now.page.gzipBytes - known.page.gzipBytes)).toBeLessThan(SHARE * known.page.gzipBytes)
  })
})

const namesOf = (work: Readonly<Record<WorkName, Work>>): WorkName[] =>
  Object.keys(work).filter((name): name is WorkName => name in work)

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sequencerOf } from '../../../functions/log/sequencing.ts'
import { HOWS, withFaults } from './faults.ts'
import { memoryLog } from './memory.ts'
import { chainOf, entryOf, expectEachOnce, forwarding, parsed, step, verifierOf } from './steps.ts'

/** Some 2,400 steps, after each of which the whole log is verified; a busy machine takes a minute for them. */
const RUNS = 60
const RUNS_MS = 180_000
const STEPS = { minLength: 30, maxLength: 50 }

describe('the sequencer', () => {
  it(
    'appends each event once, after those that it rests on, whatever fails, comes twice or at the same time',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { ...STEPS, size: 'max' }), async (steps) => {
          const log = await memoryLog()
          await expectEachOnce(log, steps)
        }),
        { numRuns: RUNS },
      )
    },
    RUNS_MS,
  )

  /** More than a call has operations. */
  const POINTS = Array.from({ length: 12 }, (_, at) => at)

  it.each(HOWS)(
    'that is called again with the same makes good what %s at any point of a call',
    async (how) => {
      const entries = chainOf(5)
      let failures = 0
      for (const at of POINTS) {
        const log = await memoryLog()
        let { store } = log
        const sequence = sequencerOf(forwarding(() => store))
        await sequence(entries.slice(0, 3))
        store = withFaults(log.store, [{ at, how }], [0])
        const isFailed = await sequence(entries).then(
          () => false,
          () => true,
        )
        if (isFailed) failures++
        store = log.store
        const next = isFailed && how.startsWith('dies') ? sequencerOf(store) : sequence
        expect(await next(entries)).toEqual([])
        const { head, newest } = await verifierOf(log)(entries)
        expect([at, head.size, newest && parsed(newest).size]).toEqual([at, 5n, 5n])
      }
      expect(failures).toBeGreaterThan(4)
    },
  )

  it('lets an event wait whose predecessor is not there, and all that rests on it, and nothing else', async () => {
    const { store } = await memoryLog()
    const sequence = sequencerOf(store)
    const first = entryOf('E0', [])
    const missing = entryOf('E1', [first])
    const waits = entryOf('E2', [missing])
    const other = entryOf('E3', [])
    const behind = entryOf('E4', [waits])
    expect(await sequence([behind, waits, other, first])).toEqual([behind, waits])
    expect((await store.readHead()).size).toBe(2n)
    expect(await sequence([behind, waits, missing])).toEqual([])
    expect((await store.readHead()).size).toBe(5n)
  })

  it('goes no further where the stored tiles are not those that the head rests on', async () => {
    const { store } = await memoryLog()
    await sequencerOf(store)([entryOf('E0', [])])
    await sequencerOf(store)([entryOf('E1', [])])
    const wrong = { ...store, loadTiles: async () => [new Uint8Array(32)] }
    await expect(sequencerOf(wrong)([entryOf('E2', [])])).rejects.toThrow('the log cannot go on')
    expect((await store.readHead()).size).toBe(2n)
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { longestPauseMs, pauseBeforeRetry } from '../../../functions/adapters/pause.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** How long a pause lasts where chance says `share` of the longest. */
async function pauseMs(share: number, ...given: Parameters<typeof pauseBeforeRetry>): Promise<number> {
  vi.spyOn(Math, 'random').mockReturnValue(share)
  const began = Date.now()
  const pausing = pauseBeforeRetry(...given)
  await vi.runAllTimersAsync()
  await pausing
  return Date.now() - began
}

it('waits ever longer between tries, up to a second, so that a crowd gets through one by one', () => {
  expect([0, 1, 2, 5, 7, 8, 50].map(longestPauseMs)).toEqual([8, 16, 32, 256, 1000, 1000, 1000])
})

it('waits anything from not at all to the longest', async () => {
  expect(await pauseMs(0, 6)).toBe(0)
  expect(await pauseMs(0.5, 6)).toBe(256)
})

it('does not wait longer than there is time left', async () => {
  expect(await pauseMs(0.5, 20, 100)).toBe(50)
  expect(await pauseMs(0.5, 20, -5)).toBe(0)
})

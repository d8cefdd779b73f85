import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keeper } from '../../../functions/adapters/kept.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('what is kept', () => {
  it('is known until its time is over without being read again', async () => {
    const kept = keeper<string>(1_000)
    const read = vi.fn<() => Promise<string>>(async () => 'first')
    expect(await kept.get('id', read)).toBe('first')
    vi.setSystemTime(999)
    expect(await kept.get('id', async () => 'second')).toBe('first')
    vi.setSystemTime(1_000)
    expect(await kept.get('id', async () => 'second')).toBe('second')
    expect(read).toHaveBeenCalledOnce()
  })

  it('is never that something was not there, for it may be made the next moment', async () => {
    const kept = keeper<string>(1_000)
    expect(await kept.get('id', async () => undefined)).toBeUndefined()
    expect(await kept.get('id', async () => 'made')).toBe('made')
  })

  it('is read anew once it was forgotten', async () => {
    const kept = keeper<string>(1_000)
    await kept.get('id', async () => 'old')
    kept.forget('id')
    expect(await kept.get('id', async () => 'new')).toBe('new')
  })

  it('is not more than ten thousand things, of which the oldest goes first', async () => {
    const kept = keeper<number>(1_000)
    for (let n = 0; n <= 10_000; n++) await kept.get(String(n), async () => n)
    expect(await kept.get('0', async () => -1)).toBe(-1)
    expect(await kept.get('10000', async () => -1)).toBe(10_000)
  })
})

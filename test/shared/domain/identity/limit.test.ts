import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitFrom, take, type Bucket, type Limit } from '../../../../shared/domain/identity/limit.ts'

const LIMIT: Limit = { perSecond: 2, burst: 3 }

/** How many of requests at these times go through. */
function served(times: readonly number[], limit: Limit): number {
  let bucket: Bucket | undefined
  let count = 0
  for (const at of times) {
    const taken = take(bucket, limit, at)
    bucket = taken.bucket
    if (taken.retryAfterSeconds === undefined) count++
  }
  return count
}

describe('a limit', () => {
  it('lets a burst through, then as many as it fills by', () => {
    expect(served([0, 0, 0, 0], LIMIT)).toBe(3)
    expect(served([0, 0, 0, 499, 500, 1000], LIMIT)).toBe(5)
  })

  it('says how long to wait, and who waits so long is served', () => {
    let bucket: Bucket | undefined
    for (let n = 0; n < 3; n++) bucket = take(bucket, LIMIT, 0).bucket
    const refused = take(bucket, LIMIT, 0)
    expect(refused.retryAfterSeconds).toBe(1)
    expect(take(refused.bucket, LIMIT, 1000).retryAfterSeconds).toBeUndefined()
  })

  it('never serves more over any time than the burst and what it filled by, whatever the clock does', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 })
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (at, perSecond, burst) => {
          expect(served(at, { perSecond, burst })).toBeLessThanOrEqual(burst + 5 * perSecond)
        },
      ),
    )
  })

  it('always serves who waits as told', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(waits, (given) => {
        let bucket: Bucket | undefined
        let at = 0
        for (const wait of given) {
          at += wait
          const taken = take(bucket, LIMIT, at)
          bucket = taken.bucket
          if (taken.retryAfterSeconds === undefined) continue
          at += taken.retryAfterSeconds * 1000
          const again = take(bucket, LIMIT, at)
          expect(again.retryAfterSeconds).toBeUndefined()
          bucket = again.bucket
        }
      }),
    )
  })

  it('is read from its setting, or refused with what is allowed', () => {
    expect(limitFrom('CALLER_LIMIT', '50/200')).toEqual({ perSecond: 50, burst: 200 })
    expect(limitFrom('CALLER_LIMIT', '0.5/1')).toEqual({ perSecond: 0.5, burst: 1 })
    for (const wrong of ['', '50', '0/5', '5/0', '-1/5', '5/2.5', 'many/few'])
      expect(() => limitFrom('CALLER_LIMIT', wrong)).toThrow('such as 50/200')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FOUND } from '../../../../shared/domain/geo/coast/found.ts'
import {
  drawShares,
  mergeShares,
  subtractShares,
  totalGrams,
  type OriginShare,
} from '../../../../shared/domain/lineage/origin.ts'
import { sourceCount } from '../../../../shared/domain/lineage/source.ts'

const share = fc.record({
  placeId: fc.constantFrom('dachen', 'shitang', 'grid:28.5,122.1'),
  period: fc.constantFrom('2026-07', '2026-08'),
  found: fc.constantFrom(...FOUND),
  grams: fc.integer({ min: 1, max: 5_000_000 }),
})
const added = fc.record({
  placeId: fc.constantFrom('virgin', 'other'),
  period: fc.constant(''),
  grams: fc.integer({ min: 1, max: 5_000_000 }),
})
/** A pool as it stands on a batch: merged, in order. */
const pool = fc
  .array(fc.oneof({ weight: 4, arbitrary: share }, { weight: 1, arbitrary: added }), { maxLength: 30 })
  .map((shares) => mergeShares([shares]))

const gramsOf = (shares: readonly OriginShare[], found: OriginShare['found']): number =>
  totalGrams(shares.filter((one) => one.found === found))

describe('Origin shares', () => {
  it('of one place and month stay apart where more is known of one than of the other', () => {
    const dachen = { placeId: 'dachen', period: '2026-08' }
    expect(
      mergeShares([
        [{ ...dachen, found: 'sea', grams: 1 }],
        [{ ...dachen, found: 'unrecorded', grams: 2 }],
        [{ ...dachen, found: 'sea', grams: 4 }],
      ]),
    ).toEqual([
      { ...dachen, found: 'sea', grams: 5 },
      { ...dachen, found: 'unrecorded', grams: 2 },
    ])
  })

  it('when merged keep every gram of what is known of it', () => {
    fc.assert(
      fc.property(pool, pool, (a, b) => {
        for (const found of [...FOUND, undefined])
          expect(gramsOf(mergeShares([a, b]), found)).toBe(gramsOf(a, found) + gramsOf(b, found))
      }),
    )
  })

  it('that were merged are taken out again exactly', () => {
    fc.assert(
      fc.property(pool, pool, (a, b) => {
        expect(subtractShares(mergeShares([a, b]), b)).toEqual(a)
      }),
    )
  })

  it('that were drawn and are put back make the pool that there was', () => {
    const share01 = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(pool, share01, (whole, part) => {
        const { drawn, rest } = drawShares(whole, Math.floor(totalGrams(whole) * part))
        expect(mergeShares([drawn, rest])).toEqual(whole)
        expect(subtractShares(whole, drawn)).toEqual(rest)
        for (const found of [...FOUND, undefined])
          expect(gramsOf(drawn, found) + gramsOf(rest, found)).toBe(gramsOf(whole, found))
      }),
    )
  })

  it('cannot be taken from a pool that knows less of the place', () => {
    const dachen = { placeId: 'dachen', period: '2026-08', grams: 5 }
    expect(() => subtractShares([{ ...dachen, found: 'unrecorded' }], [{ ...dachen, found: 'sea' }])).toThrow(
      RangeError,
    )
  })

  it('of one place and month are one source, however much is known of each', () => {
    const dachen = { placeId: 'dachen', period: '2026-08', grams: 5 }
    const twice: OriginShare[] = [
      { ...dachen, found: 'sea' },
      { ...dachen, found: 'near-coast' },
    ]
    expect(sourceCount([{ step: 'collection' }], twice)).toBe(1)
    expect(sourceCount([{ step: 'collection' }], [...twice, { ...dachen, period: '2026-07' }])).toBe(2)
  })
})

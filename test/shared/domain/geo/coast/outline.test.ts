import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRings, encodeRings, endOf } from '../../../../../shared/domain/geo/coast/outline.ts'

const point = fc.tuple(
  fc.integer({ min: -4_000_000, max: 4_000_000 }),
  fc.integer({ min: -2_000_000, max: 2_000_000 }),
)
const rings = fc.array(fc.array(point, { minLength: 1, maxLength: 20 }), { maxLength: 5 })

describe('An outline as text', () => {
  it('leads back to the points that it was made of', () => {
    fc.assert(
      fc.property(rings, (given) => {
        const read = decodeRings(encodeRings(given)).map((steps) =>
          Array.from({ length: steps.length / 2 }, (_, index) => endOf(steps.slice(0, 2 * index + 2))),
        )
        expect(read).toEqual(given)
      }),
    )
  })

  it('gives each point by the way from the one before, the first by the way from the corner', () => {
    const text = encodeRings([
      [
        [100, 50],
        [101, 48],
        [90, 48],
      ],
      [[7, 7]],
    ])
    expect(text).toBe('[[100,50,1,-2,-11,0],[7,7]]')
  })
})

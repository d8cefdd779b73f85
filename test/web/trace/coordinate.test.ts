import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { coordinate } from '../../../web/trace/coordinate.ts'

it('writes a coordinate as the number is written when rounded to a tenth', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
      const size = Math.round(Math.abs(value) * 10) / 10
      expect(coordinate(value)).toBe(String(value < 0 && size > 0 ? -size : size))
    }),
  )
})

it('writes whole numbers without a point, and no minus before nothing', () => {
  expect([88, 0, -0.04, -0.5].map(coordinate)).toEqual(['88', '0', '0', '-0.5'])
})

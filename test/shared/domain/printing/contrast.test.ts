import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOfColours } from '../../../../shared/domain/printing/contrast.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((rgb) => rgb.toString(16).padStart(6, '0'))

describe('the colours of a code', () => {
  it.each([
    ['black on white', '000000', 'ffffff'],
    ['dark blue on cream', '0b3d5c', 'fff8e7'],
    ['black on the pale green of a recycled comb', '000000', 'd3ecd9'],
    ['capitals', '00304A', 'FFFFFF'],
  ])('are taken where readers see them: %s', (_, dark, light) => {
    expect(faultOfColours(dark, light)).toBeUndefined()
  })

  it.each([
    ['light modules on a dark ground', 'ffffff', '000000', 'must be darker'],
    ['one colour', '777777', '777777', 'must be darker'],
    ['grey on grey', '666666', '999999', 'the contrast is'],
    ['black on dark blue', '000000', '1b3a5c', 'the contrast is'],
    ['red on white, which a red light does not see', 'cc0000', 'ffffff', 'In red light'],
  ])('are refused, and why is said: %s', (_, dark, light, why) => {
    expect(faultOfColours(dark, light)).toContain(why)
  })

  it('are never taken both ways round', () => {
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        expect([faultOfColours(one, other), faultOfColours(other, one)]).not.toEqual([undefined, undefined])
      }),
    )
  })

  it('that are taken stay so on white', () => {
    fc.assert(
      fc.property(colour, colour, (dark, light) => {
        const isTaken = faultOfColours(dark, light) === undefined
        expect(isTaken && faultOfColours(dark, 'ffffff') !== undefined).toBe(false)
      }),
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisedName } from '../../../../shared/domain/privacy/person.ts'

describe('a name', () => {
  it.each([
    ['however its letters are put together', 'José', 'Jose\u0301'],
    ['in any case', 'LIN Wei', 'lin wei'],
    ['with space around it', '  陈阿海\t', '陈阿海'],
    ['with the sharp s in capitals', 'Weiß', 'WEISS'],
    ['with the sharp s as one capital', 'Weiß', 'WEIẞ'],
    ['with the last sigma of a word', 'Νίκος', 'ΝΊΚΟΣ'],
  ])('is the same %s', (_how, one, other) => {
    expect(normalisedName(one)).toBe(normalisedName(other))
  })

  it.each([
    ['another letter', 'Lin', 'Lim'],
    ['no space between', 'Lin Wei', 'LinWei'],
    ['the traditional character', '陈', '陳'],
  ])('is another with %s', (_what, one, other) => {
    expect(normalisedName(one)).not.toBe(normalisedName(other))
  })

  it('stays as it is once it is brought to its one spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const once = normalisedName(name)
        expect(normalisedName(once)).toBe(once)
      }),
    )
  })
})

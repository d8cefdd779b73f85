import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSeen, unseenIn, withoutUnseen } from '../../../shared/domain/line.ts'

describe('a line of text', () => {
  it.each([
    ['a filler of Hangul', '\u3164', 'U+3164'],
    ['the half-width filler', '\uFFA0', 'U+FFA0'],
    ['the initial filler', '\u115F', 'U+115F'],
    ['the medial filler', '\u1160', 'U+1160'],
    ['a line separator', 'a\u2028b', 'U+2028'],
    ['a paragraph separator', 'a\u2029b', 'U+2029'],
    ['a line feed', 'a\nb', 'U+000A'],
    ['the next line of old terminals', 'a\u0085b', 'U+0085'],
    ['the blank of braille', '\u2800', 'U+2800'],
    ['a space of no width', 'Co\u200Bmb', 'U+200B'],
    ['a joiner between Latin letters', 'Co\u200Dmb', 'U+200D'],
    ['a joiner at the end', '👩\u200D', 'U+200D'],
    ['a second joiner', '👩\u200D\u200D🚀', 'U+200D'],
    ['a word joiner', 'Co\u2060mb', 'U+2060'],
    ['a byte order mark', 'Co\uFEFFmb', 'U+FEFF'],
    ['a soft hyphen', 'Co\u00ADmb', 'U+00AD'],
    ['a mark that turns letters', 'a\u202Eb', 'U+202E'],
    ['a mark of direction', 'a\u200Fb', 'U+200F'],
    ['an isolate', 'a\u2066b', 'U+2066'],
    ['the Arabic letter mark', 'a\u061Cb', 'U+061C'],
    ['a shape of nothing', 'a\uFE0Fb', 'U+FE0F'],
    ['tags that follow no flag', 'a\u{E0061}', 'U+E0061'],
    ['a grapheme joiner', 'a\u034Fb', 'U+034F'],
    ['an object that is not there', '\uFFFC', 'U+FFFC'],
    ['a note head that is not drawn', '\u{1D159}', 'U+1D159'],
  ])('may not have %s', (_what, text, code) => {
    expect(unseenIn(text)).toEqual([code])
    expect(unseenIn(withoutUnseen(text))).toEqual([])
  })

  it.each([
    '舟山渔民合作社',
    'Netz-Öl & Co. (№ 7)',
    'Ốc đảo',
    'e\u0301te',
    '👩‍🚀',
    '👨‍👩‍👧‍👦 🇨🇳',
    '👩🏽‍🚀',
    '🏳️‍🌈 ❤️‍🔥 ❤️',
    '1️⃣',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'نمی‌خواهم',
    'क्‍ष',
    'ශ්‍රී',
    '葛\u{E0100}飾',
    '한국',
    'a\u00A0b\u3000c',
  ])('may be %j, and stays as it is', (text) => {
    expect(unseenIn(text)).toEqual([])
    expect(withoutUnseen(text)).toBe(text)
    expect(isSeen(text)).toBe(true)
  })

  it.each(['', '   ', '\u3164\u3164', '\u2800', '\u00A0\u3000', '\u0301', '\u200B'])(
    'has nothing to see as %j',
    (text) => {
      expect(isSeen(text)).toBe(false)
    },
  )

  it('has nothing left to take away once that was done', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = withoutUnseen(text)
        expect(withoutUnseen(once)).toBe(once)
        expect(unseenIn(once)).toEqual([])
        expect(unseenIn(text).length === 0).toBe(once === text)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { formatNumber, formatTime } from '../../../web/collect/format.ts'
import { pickLanguage } from '../../../web/collect/language.ts'

describe('the language of the form', () => {
  it.each([
    ['en', ['zh-CN'], 'en'],
    [undefined, ['zh-TW', 'en'], 'zh-CN'],
    [undefined, ['fr-FR', 'en-GB', 'zh'], 'en'],
    [undefined, ['fr-FR'], 'zh-CN'],
    ['klingon', [], 'zh-CN'],
  ] as const)('is, remembered %j and preferring %j: %s', (remembered, preferred, language) => {
    expect(pickLanguage(remembered, preferred)).toBe(language)
  })
})

describe('how things are written', () => {
  it('keeps all three decimals', () => {
    expect(formatNumber(1234.567, 'en')).toBe('1,234.567')
    expect(formatNumber(12.5, 'zh-CN')).toBe('12.5')
  })

  it('says the day only if it is not today', () => {
    const now = new Date(2026, 7, 5, 14, 30)
    expect(formatTime(new Date(2026, 7, 5, 9, 5).toISOString(), now, 'en')).toBe('09:05')
    expect(formatTime(new Date(2026, 7, 4, 9, 5).toISOString(), now, 'en')).toContain('Aug 4')
  })
})

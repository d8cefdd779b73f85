import { describe, expect, it } from 'vitest'
import { formatNumber, formatTime } from '../../../../web/collect/shown/format.ts'
import { allLanguages, isLanguage, LANGUAGES, pickLanguage } from '../../../../web/collect/words/language.ts'
import { nameIn } from '../../../../web/speech.ts'

describe('the language of the form', () => {
  it.each([
    ['en', ['zh-CN'], 'en'],
    [undefined, ['zh-TW', 'en'], 'zh-CN'],
    [undefined, ['fr-FR', 'en-GB', 'zh'], 'en'],
    [undefined, ['fr-FR'], 'zh-CN'],
    ['klingon', [], 'zh-CN'],
    ['toString', ['en-US'], 'en'],
  ] as const)('is, remembered %j and preferring %j: %s', (remembered, preferred, language) => {
    expect(pickLanguage(remembered, preferred)).toBe(language)
  })
})

describe('the languages', () => {
  it('are all on the buttons, each under the name that it gives itself', () => {
    expect(allLanguages()).toEqual([
      ['zh-CN', '中文'],
      ['en', 'English'],
    ])
    expect(allLanguages().map(([tag]) => tag)).toEqual(Object.keys(LANGUAGES))
    expect(['en', 'de', 'constructor', 7].map(isLanguage)).toEqual([true, false, false, false])
  })

  it('name a place in the language of the moment, else in English, else at home', () => {
    const dachen = { en: 'Dachen', zh: '大陈' }
    expect(['zh-CN', 'en', 'ja'].map((language) => nameIn(dachen, language))).toEqual([
      '大陈',
      'Dachen',
      'Dachen',
    ])
    expect(nameIn({ ...dachen, en: '' }, 'ja')).toBe('大陈')
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

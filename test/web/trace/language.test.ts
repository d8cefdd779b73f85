import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../web/trace/page.ts'

describe('The language of a page', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['en;q=0.3, zh-Hans-CN;q=0.7', 'zh'],
    ['fr, de;q=0.9, zh;q=0.1', 'zh'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['zh;q=0, *', 'en'],
    ['en;q=0, *;q=0.5', 'zh'],
    ['ZH ; Q=0.5, en ; q=0.4', 'zh'],
    ['zh;q=high, en;q=0.1', 'en'],
    ['zh, en', 'zh'],
    ['*', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    [',;q=,;;', 'en'],
    ['zh-TW;q=0.5, zh-CN;q=0.9, en;q=0.7', 'zh'],
  ] as const)('of a reader who prefers "%s" is %s', (header, language) => {
    expect(languageOf(header, undefined)).toBe(language)
  })

  it('is what the address asks for, if we speak it', () => {
    expect(languageOf('en', 'zh')).toBe('zh')
    expect(languageOf('en', 'zh-CN')).toBe('zh')
    expect(languageOf('zh', 'EN')).toBe('en')
    expect(languageOf('zh', 'fr')).toBe('zh')
    expect(languageOf(undefined, '')).toBe('en')
  })
})

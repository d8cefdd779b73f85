import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { renderNotice, STYLE } from '../../../web/trace/page.ts'
import { page, unclosed, words } from './reading.ts'
import { CLAIMED, HANDED, HELD, LARGEST, MIXED, PELLETS, PICKUP, PRODUCT, SHORE, VOID } from './samples.ts'

describe('A product page', () => {
  it('says first how much of the product was collected where', () => {
    expect(words(page(PRODUCT))).toContain(
      '80% of this product, by mass, was collected at sea or on land within 50 km of it.',
    )
    expect(words(page(PRODUCT, 'zh'))).toContain(
      '按质量计，本产品有 80% 收集自海上或距海 50 公里以内的陆地。',
    )
  })

  it('names every place with its share of the whole, and the rest', () => {
    const text = words(page(PRODUCT))
    for (const item of ['36.1% Dachen Island', '24.6% Shitang', '19.3% Ruoshan']) expect(text).toContain(item)
    expect(text).toContain('The remaining 20% is other material')
    expect(text).toContain('Shares are of the whole blended lot, by mass. A single item')
  })

  it('has one row for each origin, one for what is known of them, one for other material, and a total of 100.0 %', () => {
    const rows = page(PRODUCT).match(/<tr[ >]/g) ?? []
    expect(rows).toHaveLength(1 + 1 + 3 + 1 + 1)
    expect(words(page(PRODUCT))).toMatch(/Other material .*67\.200 20\.0%.*Total 336\.000 100\.0%/)
    expect(words(page(LARGEST))).toContain('5 other places')
  })

  it('shows each stage with what went in, what left and what came out', () => {
    const text = words(page(PRODUCT))
    expect(text).toContain('In 371.336 kg Washed off 60.862 kg Water dried off 31.777 kg')
    expect(text).toContain(
      'In 336.000 kg of which other material 67.200 kg Not accounted for 0.000 kg Out 336.000 kg',
    )
  })

  it('gives the code, the id in groups, the data, the other language and the hash', () => {
    const markup = page(PRODUCT)
    expect(markup).toContain('src="/v1/batches/B7K3M9QXT2ABC/qr.svg"')
    expect(markup).toContain('B-7K3M-9QXT-2ABC')
    expect(markup).toContain('href="?format=json"')
    expect(markup).toContain('href="?lang=zh"')
    expect(page(PRODUCT, 'zh')).toContain('href="?lang=en"')
    expect(markup).toContain(`<code title="${PRODUCT.head}">9f2c4a7be01d…</code>`)
  })
})

describe('Any page', () => {
  const all = [PRODUCT, MIXED, PICKUP, CLAIMED, PELLETS, HELD, VOID, SHORE, HANDED, LARGEST].flatMap(
    (passport) => [page(passport), page(passport, 'zh')],
  )

  it('has no script, no inline style and asks no third party for anything', () => {
    for (const markup of all) {
      expect(markup).not.toMatch(/<script|\sstyle=|\son\w+=|url\(|@import/)
      const asked = [...markup.matchAll(/(?:src|href)="(https?:[^"]*)"/g)].map(
        ([, url]) => new URL(url ?? '').host,
      )
      expect(new Set(asked)).toEqual(new Set(['tidemark.example']))
    }
  })

  it('holds exactly one style element with exactly STYLE in it, so that its hash fits the CSP', () => {
    for (const markup of [...all, renderNotice('unknown', { lang: 'en', id: 'x' })]) {
      expect(markup.split('<style>')).toHaveLength(2)
      expect(markup).toContain(`<style>${STYLE}</style>`)
    }
    expect(STYLE).not.toContain('<')
  })

  it('has its language, its landmarks and headings in order', () => {
    for (const markup of all) {
      expect(markup).toMatch(/<html lang="(?:en|zh-Hans)"/)
      for (const landmark of ['<header', '<nav', '<main', '<footer'])
        expect(markup.split(landmark)).toHaveLength(2)
      const levels = [...markup.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
      expect(levels[0]).toBe(1)
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      levels.slice(1).forEach((level, index) => expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1))
    }
  })

  it('closes what it opens', () => {
    for (const markup of all) expect(unclosed(markup)).toEqual([])
  })

  it('never claims what nobody recorded', () => {
    for (const markup of all) expect(markup).not.toMatch(/undefined|NaN|null|\[object/)
  })

  it('never speaks of neutrality or of an offset', () => {
    for (const markup of all) expect(markup.replace(STYLE, '')).not.toMatch(/neutral|offset|中和|抵消|零碳/i)
  })

  it('is at most 15 KB of gzip with as much of everything as a passport holds', () => {
    expect(gzipSync(page(LARGEST)).length).toBeLessThan(15 * 1024)
    expect(gzipSync(page(LARGEST, 'zh')).length).toBeLessThan(15 * 1024)
  })
})

describe('What is not known', () => {
  it('is said to be not known', () => {
    const text = words(page(PICKUP))
    expect(text).toContain('Polymer Not known')
    expect(text).toMatch(/dachen-1 \(name not recorded\)/)
    expect(text).toContain('a site whose name was not recorded')
    expect(words(page(PICKUP, 'zh'))).toContain('塑料种类 未知')
  })

  it('about origins is not called the sea', () => {
    const unknown = { ...PRODUCT, origins: [], otherMaterialGrams: PRODUCT.massGrams }
    const text = words(page(unknown))
    expect(text).toContain('Nothing in this product is recorded as collected anywhere.')
    expect(page(unknown)).not.toContain('class="chart"')
  })

  it('of a name in one language is given in the other', () => {
    const passport = { ...PRODUCT, madeBy: { en: '', zh: '灯塔日用' } }
    expect(words(page(passport))).toContain('灯塔日用')
  })
})

describe('A batch that is used up', () => {
  it('says in plain words that all of it was processed further', () => {
    expect(words(page(PICKUP))).toContain('All of this batch has been processed further.')
    expect(words(page(PICKUP, 'zh'))).toContain('本批次已全部进入后续加工')
    expect(words(page(PRODUCT))).not.toContain('processed further')
  })
})

describe('A batch of which nothing is left since it was weighed in after transport', () => {
  const lost = { ...PICKUP, lostGrams: PICKUP.massGrams }
  const partly = { ...PICKUP, lostGrams: 1_250 }

  it('is said to have been missing, not to have been processed', () => {
    expect(words(page(lost))).toContain(
      'All of this batch was missing on arrival. None of it is left, and none of it was processed further.',
    )
    expect(words(page(lost))).not.toContain('has been processed')
    expect(words(page(lost, 'zh'))).toContain('本批次到货过磅时已全部缺失，没有剩余，也未进入后续加工。')
    expect(words(page(lost, 'zh'))).not.toContain('本批次已全部进入后续加工')
  })

  it('is told apart from one of which the rest was processed', () => {
    expect(words(page(partly))).toContain(
      'Of this batch, 1.25 kg was missing on arrival; all the rest has been processed further.',
    )
    expect(words(page(partly, 'zh'))).toContain('本批次到货过磅时缺失 1.25 千克，其余已全部进入后续加工')
    expect(words(page(partly))).not.toContain('All of this batch')
  })

  it('says nothing of it while some of it is there', () => {
    expect(words(page({ ...partly, status: 'active' }))).not.toContain('processed further')
  })
})

describe('Origins off the chart', () => {
  const away = { ...PRODUCT.origins[0], placeId: 'grid:13.4,123.9', lat: 13.4, lon: 123.9 }

  it('are counted in a sentence when others are on it', () => {
    const [first, ...rest] = PRODUCT.origins
    if (!first) throw new Error('no origin')
    const passport = { ...PRODUCT, origins: [{ ...first, ...away }, ...rest] }
    expect(words(page(passport))).toContain('One place lies outside this chart.')
    expect(page(passport)).toContain('class="chart"')
  })

  it('leave the table alone when there are no others', () => {
    const [first] = PRODUCT.origins
    if (!first) throw new Error('no origin')
    const passport = { ...PRODUCT, origins: [{ ...first, ...away }] }
    expect(page(passport)).not.toContain('class="chart"')
    expect(page(passport)).toContain('<table>')
  })
})

describe('A notice', () => {
  it('says what is wrong and what to do next, in both languages', () => {
    expect(words(renderNotice('unknown', { lang: 'en', id: 'B0' }))).toContain(
      'There is no batch with this number',
    )
    expect(words(renderNotice('malformed', { lang: 'zh', id: '???' }))).toContain('这不是批次编号')
    expect(words(renderNotice('unavailable', { lang: 'zh', id: 'B0' }))).toContain('暂时无法显示该页面')
  })

  it('shows a number as on a label, however it was typed, and leads on to the home page', () => {
    for (const id of ['BZZZZZZZZZZZZ', 'b-zzzz-zzzz-zzzz']) {
      const notice = renderNotice('unknown', { lang: 'zh', id })
      expect(words(notice)).toContain('B-ZZZZ-ZZZZ-ZZZZ')
      expect(notice).toContain('<a href="/">Tidemark 是什么</a>')
    }
  })

  it('shows no number where what was asked for has nothing to see', () => {
    for (const id of ['', '\u0000', '\u3164', ' \u200B '])
      expect(renderNotice('malformed', { lang: 'en', id })).not.toContain('class="id"')
  })

  it('never reloads by itself, and offers to where that may help', () => {
    for (const kind of ['preparing', 'unavailable', 'unknown', 'malformed'] as const) {
      const markup = renderNotice(kind, { lang: 'en', id: 'B0' })
      expect(markup).not.toContain('http-equiv')
      expect(markup.includes('<a href="">Reload this page</a>')).toBe(
        kind === 'preparing' || kind === 'unavailable',
      )
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { renderNotice, STYLE } from '../../../web/trace/page.ts'
import { page, unclosed } from './reading.ts'
import { HANDED, HOSTILE, PRODUCT } from './samples.ts'

const RTL = 'Safe \u200Fevil\u200E'
const OVERRIDE = 'gpj.exe\u202Eevil\u202C'
const ISOLATE = '\u2067open and never closed'
const ZERO_WIDTH = 'Tide\u200Bmark\uFEFF\u2060'
const TAGS = 'a\u{E0061}\u{E0062}'
const ARABIC = 'بلاستيك البحر'

function withName(name: string): Passport {
  const both = { en: name, zh: name }
  return {
    ...PRODUCT,
    product: { name, units: 1, gramsPerUnit: 336_000, lot: name },
    madeBy: both,
    site: { id: 'x', ...both },
    origins: PRODUCT.origins.map((origin) => ({ ...origin, name: both })),
    journey: PRODUCT.journey.map((leg) => ({ ...leg, sites: [both] })),
  }
}

describe('Hostile names', () => {
  const name = { en: HOSTILE, zh: HOSTILE }
  const hostile: Passport = {
    ...HANDED,
    virginGrams: 1,
    holds: [{ reason: 'other', since: '2026-09-21T09:00:00Z', batch: HOSTILE }],
    heldBy: name,
    oceanBound: {
      obpClass: HOSTILE,
      withinFence3Km: false,
      openSea: false,
      dataset: `${HOSTILE}@${HOSTILE}`,
    },
    certified: { model: 'mass-balance', claims: { [HOSTILE]: 1_000 } },
    transfers: HANDED.transfers.map((transfer) => Object.assign({}, transfer, { from: name, to: name })),
    inspections: {
      count: 1,
      latest: {
        testedAt: '2026-09-21T09:00:00Z',
        passed: true,
        moreResults: 0,
        results: [{ parameter: HOSTILE, method: HOSTILE, value: -1, unit: HOSTILE, passed: true }],
      },
    },
    product: { name: HOSTILE, units: 1, gramsPerUnit: 268_800, lot: HOSTILE, gtin: HOSTILE },
    madeBy: name,
    site: { id: HOSTILE, ...name },
    origins: PRODUCT.origins.map((origin) => Object.assign({}, origin, { name })),
    journey: PRODUCT.journey.slice(0, 1).map((leg) => Object.assign({}, leg, { sites: [name] })),
    head: HOSTILE,
  }

  it('are text wherever they stand', () => {
    for (const lang of ['en', 'zh'] as const) {
      const markup = page(hostile, lang)
      expect(markup).not.toContain('<script')
      expect(markup).not.toMatch(/alert\('x'\)/)
      expect(unclosed(markup)).toEqual([])
    }
    expect(renderNotice('malformed', { lang: 'en', id: HOSTILE })).not.toContain('<script')
  })

  it('can neither turn letters around nor hide any, whatever they are made of', () => {
    for (const hostile of [RTL, OVERRIDE, ZERO_WIDTH, ISOLATE, TAGS]) {
      const passport = withName(hostile)
      for (const markup of [page(passport), page(passport, 'zh')]) {
        expect(markup.replace(STYLE, '')).not.toMatch(
          /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E0FFF}](?<!至\u200B)/u,
        )
        expect(unclosed(markup)).toEqual([])
      }
    }
  })

  it('stand apart from the text around them', () => {
    const markup = page(withName(ARABIC))
    expect(markup).toContain(`<h1><bdi>${ARABIC}</bdi></h1>`)
    expect(markup).toContain(`<bdi>${ARABIC}</bdi></dd>`)
  })

  it('of joined emoji and of scripts that join stay whole', () => {
    for (const whole of ['👨‍👩‍👧‍👦 🇨🇳', 'نمی‌خواهم'])
      expect(page(withName(whole))).toContain(`<h1><bdi>${whole}</bdi></h1>`)
  })

  it('of 500 letters are cut in title and preview, and stand whole on the page', () => {
    const long = 'ǅ'.repeat(500)
    const markup = page(withName(long))
    expect(markup).toContain(`<h1><bdi>${long}</bdi></h1>`)
    for (const [, text = ''] of markup.matchAll(/<title>(.*?)<\/title>|property="og:title" content="(.*?)"/g))
      expect(text.length).toBeLessThan(140)
  })

  it('do not turn the direction of the title or of chart labels', () => {
    const [, title = ''] = /<title>(.*?)<\/title>/.exec(page(hostile)) ?? []
    expect(title).toContain('live')
    expect(title).not.toContain('\u202E')
  })
})

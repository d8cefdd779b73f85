import { describe, expect, it } from 'vitest'
import type { PassportHold } from '../../../shared/domain/passport/passport.ts'
import { page, read, words } from './reading.ts'
import { CLAIMED, HELD, PELLETS, PRODUCT, VOID } from './samples.ts'

const since = '2026-09-21T09:00:00Z'
const own = (reason: PassportHold['reason']): PassportHold => ({ reason, since, batch: PRODUCT.id })

/** The banner's text, which must be the first that the page says. */
function bannerOf(markup: string): string {
  const [, main = ''] = markup.split('<article>')
  expect(main.trimStart()).toMatch(/^<div class="banner" role="alert">/)
  return words(main.slice(0, main.indexOf('class="opening"')))
}

describe('A product that is held because of something it was made of', () => {
  it('says so before anything else, with why, where, since when and what to do', () => {
    const text = bannerOf(page(HELD))
    expect(text).toContain('This product is on hold')
    expect(text).toContain('It may be contaminated.')
    expect(text).toContain('The hold is on B-2Q4R-XWH7-M9KT , which went into its making.')
    expect(text).toContain('Held since 21 Sept 2026')
    expect(text).toContain('If you have one: stop using it, keep it, and ask whoever sold it to you.')
    const chinese = bannerOf(page(HELD, 'zh'))
    for (const said of ['本产品已被冻结', '可能受到污染。', '2026年9月21日', '请停止使用'])
      expect(chinese).toContain(said)
  })

  it('leads to the page of what is held', () => {
    expect(page(HELD)).toContain('<a href="/b/B2Q4RXWH7M9KT">B-2Q4R-XWH7-M9KT</a>')
  })

  it('still shows the rest of its page', () => {
    const text = read(HELD)
    expect(text).toContain(
      '80% of this product, by mass, was collected at sea or on land within 50 km of it.',
    )
    expect(text).toContain('What happened to it')
  })

  it('says so where its link is passed on', () => {
    expect(page(HELD)).toContain(
      '<meta property="og:title" content="This product is on hold · Harbour phone case"',
    )
    expect(page(HELD, 'zh')).toContain('<title>本产品已被冻结 · Harbour phone case')
  })

  it('says nothing of it once it is released', () => {
    for (const markup of [page(CLAIMED), page(CLAIMED, 'zh')]) {
      expect(markup).not.toMatch(/role="alert"|on hold|冻结/)
    }
  })
})

describe('A hold', () => {
  it('on the lot itself is told from one upstream', () => {
    const passport = { ...CLAIMED, holds: [own('quality')] }
    expect(bannerOf(page(passport))).toContain('The hold is on this product lot itself.')
    expect(bannerOf(page(passport, 'zh'))).toContain('冻结针对本批产品本身。')
    expect(page(passport)).not.toContain(`href="/b/${PRODUCT.id}"`)
  })

  it('of a batch tells its holder what not to do', () => {
    const passport = { ...PELLETS, holds: [own('contamination')] }
    expect(bannerOf(page(passport))).toContain(
      'must not be processed, shipped or sold until the hold is released',
    )
    expect(bannerOf(page(passport, 'zh'))).toContain('不得加工、发运或销售')
  })

  it('about origin or certification asks nobody to stop using it, and marks what is claimed as in doubt', () => {
    for (const reason of ['origin-in-doubt', 'claim-in-doubt'] as const) {
      const passport = { ...CLAIMED, holds: [own(reason)] }
      expect(bannerOf(page(passport))).not.toContain('stop using it')
      expect(bannerOf(page(passport))).toContain('do not rely on what this page says')
      expect(read(passport)).toContain('In doubt: see the hold at the top of this page.')
      expect(read(passport, 'zh')).toContain('此项存疑，见页首的冻结说明。')
    }
    expect(read(HELD)).not.toContain('In doubt')
  })

  it('for several reasons gives the strictest advice, and counts what it does not list', () => {
    const passport = { ...CLAIMED, holds: [own('claim-in-doubt'), own('other')], moreHolds: 2 }
    expect(bannerOf(page(passport))).toContain('stop using it')
    expect(bannerOf(page(passport))).toContain('2 more holds are not listed.')
    expect(bannerOf(page(passport, 'zh'))).toContain('另有 2 项冻结未列出。')
  })
})

describe('A batch that was declared a mistake', () => {
  it('says so and shows none of what was recorded', () => {
    expect(bannerOf(page(VOID))).toContain('This lot was declared a mistake')
    expect(bannerOf(page(VOID, 'zh'))).toContain('本批次已声明为误录')
    for (const markup of [page(VOID), page(VOID, 'zh')]) {
      expect(markup).not.toMatch(/class="journey"|<table|class="bar"|id="claims"|id="carbon"/)
      expect(words(markup)).not.toMatch(/0 kg|0 千克|None of/)
      expect(words(markup)).toContain('B-7K3M-9QXT-2ABC')
    }
  })

  it('shows no code that leads to it: none is drawn for it, and nothing may carry one', () => {
    expect(page(VOID)).not.toContain('qr.svg')
    expect(page(HELD)).toContain('qr.svg')
  })

  it('shows neither its quantity nor its hand-overs, though a passport may still have them', () => {
    const product = {
      ...VOID,
      stage: 'product',
      product: { name: 'Comb', units: 5, gramsPerUnit: 3 },
    } as const
    expect(bannerOf(page(product))).toContain('This product lot was declared a mistake')
    expect(read(product)).not.toContain('5 pieces')
  })
})

describe('A batch that is under way', () => {
  it('says so in a note, without alarm', () => {
    const passport = { ...PELLETS, status: 'in-transit' } as const
    expect(read(passport)).toContain('It is on its way to its next holder')
    expect(read(passport, 'zh')).toContain('正在运往下一持有方')
    expect(page(passport)).not.toContain('role="alert"')
    expect(read(PELLETS)).not.toContain('on its way')
  })
})

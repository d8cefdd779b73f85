import { describe, expect, it } from 'vitest'
import { page, read } from './reading.ts'
import { CLAIMED, LARGEST, PICKUP, PRODUCT, VOID } from './samples.ts'

describe('The checks of a batch', () => {
  it('are told as a count and by what each was about, never by the ids of rules', () => {
    const text = read(CLAIMED)
    expect(text).toContain(
      '6 checks were made when this product was recorded. 5 passed, 1 is for an auditor to look at.',
    )
    expect(text).toContain('Products fit the pellets allocated')
    expect(text).toContain('Input = output + losses + unaccounted')
    expect(text).not.toMatch(/\bR\d+\b/)
    expect(read(CLAIMED, 'zh')).toContain('登记本产品时进行了 6 项核查：5 项通过，1 项待审核员复核。')
  })

  it('that all passed leave nothing for an auditor', () => {
    expect(read(PRODUCT)).toContain('4 checks were made when this product was recorded. All passed.')
    expect(read(PRODUCT)).not.toContain('For an auditor')
    const one = { ...PRODUCT, checked: { passed: ['R7'], toReview: [] } } as const
    expect(read(one)).toContain('One check was made when this product was recorded. It passed.')
  })

  it('are said not to be recorded where there are none', () => {
    expect(read(PICKUP)).toContain('No checks are recorded for this batch.')
    expect(read(PICKUP)).not.toContain('is refused')
  })
})

describe('Certificates', () => {
  it('are named with their body and their validity', () => {
    expect(read(CLAIMED)).toContain(
      'OBP OBP-2026-0117 , issued by Lantern Certification . Valid 1 Jan 2026 – 31 Dec 2028.',
    )
    expect(read(CLAIMED, 'zh')).toContain('有效期 2026年1月1日至\u200B2028年12月31日')
  })

  it('that were withdrawn are said to be, with what that means for what was claimed', () => {
    expect(read(LARGEST)).toContain('Withdrawn on 1 Nov 2026; what was claimed before that stands.')
    expect(read(LARGEST, 'zh')).toContain('已于2026年11月1日撤销；此前作出的声明仍然有效。')
  })

  it('are not spoken of where nothing is claimed', () => {
    expect(read({ ...CLAIMED, certified: PRODUCT.certified })).not.toContain('OBP-2026-0117')
  })
})

describe('Whom to ask', () => {
  it('is the maker, at the address that it gave, written out and with the number in the subject', () => {
    expect(page(PRODUCT)).toContain(
      '<a href="mailto:ask@lantern.example?subject=B-7K3M-9QXT-2ABC"><bdi>ask@lantern.example</bdi></a>',
    )
    const byForm = { ...PRODUCT, contact: 'https://lantern.example/ask?a=1&b=2' }
    expect(page(byForm)).toContain(
      '<a href="https://lantern.example/ask?a=1&amp;b=2" rel="nofollow"><bdi>lantern.example/ask?a=1&amp;b=2</bdi></a>',
    )
  })

  it('is said to be nobody where none is recorded, also of a batch that never was', () => {
    const { contact: _, ...silent } = PRODUCT
    expect(read(silent)).toContain('has recorded no public contact. Ask whoever sold or gave it to you')
    expect(read(silent, 'zh')).toContain('没有登记公开的联系方式')
    expect(read(VOID)).toContain('Questions, or something wrong?')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'mailto:a@b', 'a@b?bcc=c@d', 'a@b@c', 'x\u202E@y'])(
    'takes no address that could be something else: %j',
    (contact) => {
      const [, href] = /<p class="address"><a href="([^"]*)"/.exec(page({ ...PRODUCT, contact })) ?? []
      expect(href ?? 'mailto:').toMatch(/^mailto:/)
      expect(href ?? '').not.toMatch(/bcc=|javascript:|data:/)
    },
  )
})

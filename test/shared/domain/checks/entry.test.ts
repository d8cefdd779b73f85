import { describe, expect, it } from 'vitest'
import { checkDuplicate, checkEntryTime, type EarlierUse } from '../../../../shared/domain/checks/entry.ts'

const AT = '2026-08-02T08:00:00.000Z'
const use = (changes: Partial<EarlierUse> = {}): EarlierUse => ({
  batch: 'BAAAAAAAAAAAA',
  usedBy: 'same-station',
  massGrams: 12_000,
  occurredAt: AT,
  ...changes,
})
const duplicate = (...earlier: EarlierUse[]) => checkDuplicate({ massGrams: 12_000, occurredAt: AT, earlier })

describe('R5, a pickup entered twice', () => {
  it('passes a photo that was not used before', () => {
    expect(duplicate().verdict).toBe('pass')
  })

  it('fails the same photo, station and mass up to exactly 24 hours apart, before or after', () => {
    expect(duplicate(use({ occurredAt: '2026-08-01T08:00:00.000Z' })).verdict).toBe('fail')
    expect(duplicate(use({ occurredAt: '2026-08-03T08:00:00.000Z' })).verdict).toBe('fail')
    expect(duplicate(use({ occurredAt: '2026-08-01T07:59:59.999Z' })).verdict).toBe('review')
  })

  it('reviews the same photo with another mass, by a single gram, or at another station', () => {
    expect(duplicate(use({ massGrams: 12_001 })).verdict).toBe('review')
    expect(duplicate(use({ usedBy: 'same-organisation' })).verdict).toBe('review')
  })

  it('finds the one that fails among others that do not', () => {
    expect(duplicate(use({ usedBy: 'same-organisation' }), use({ massGrams: 1 }), use()).verdict).toBe('fail')
  })

  it('reviews the same entry of another organisation, and says of it only that there is one', () => {
    const other = use({ usedBy: 'another-organisation' })
    expect(duplicate(other)).toEqual({
      rule: 'R5',
      verdict: 'review',
      sentence: {
        en: 'A photo of this pickup was already used by another organisation; each pickup usually has its own.',
        zh: '本次回收的照片已用于其他组织的登记；通常每次回收使用各自的照片。',
      },
    })
    const all = duplicate(other, use({ usedBy: 'same-organisation' }), use({ massGrams: 1 }))
    expect(all.sentence).toMatchObject({
      en: expect.stringContaining(
        'for pickup BAAAAAAAAAAAA and at another station and by another organisation;',
      ),
      zh: expect.stringContaining('回收批次 BAAAAAAAAAAAA，并用于其他站点的登记，并用于其他组织的登记；'),
    })
  })

  it('names a pickup of the same station, and never one of another', () => {
    expect(duplicate(use({ usedBy: 'same-organisation' }), use({ massGrams: 1 })).sentence.en).toContain(
      'BAAAAAAAAAAAA',
    )
    const { en, zh } = duplicate(use({ usedBy: 'same-organisation' })).sentence
    expect(en + zh).not.toContain('BAAAAAAAAAAAA')
  })
})

describe('R7, when it was entered', () => {
  const entered = (recordedAt: string) => checkEntryTime({ occurredAt: AT, recordedAt })

  it('passes at once, five minutes early, and exactly thirty days late', () => {
    expect(entered(AT).verdict).toBe('pass')
    expect(entered('2026-08-02T07:55:00.000Z')).toMatchObject({
      verdict: 'pass',
      sentence: { en: 'It was entered 0 days after it happened; up to 30 is usual.' },
    })
    expect(entered('2026-09-01T08:00:00.000Z').verdict).toBe('pass')
  })

  it('reviews what is entered later, and calls a begun day a day', () => {
    expect(entered('2026-09-01T08:00:00.001Z')).toMatchObject({
      verdict: 'review',
      sentence: { en: 'It was entered 31 days after it happened; up to 30 is usual.' },
    })
  })

  it('fails what lies more than five minutes in the future', () => {
    expect(entered('2026-08-02T07:54:59.999Z')).toMatchObject({
      verdict: 'fail',
      sentence: { zh: '登记时间超前 6 分钟；最多允许 5 分钟。' },
    })
  })
})

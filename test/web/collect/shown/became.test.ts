import { describe, expect, it } from 'vitest'
import {
  becameLine,
  becameText,
  isStale,
  readBecame,
  type Became,
} from '../../../../web/collect/shown/became.ts'
import { newEntry, type Entry } from '../../../../web/collect/kept/entries.ts'
import { EMPTY_DRAFT } from '../../../../web/collect/form/entry.ts'
import { speechIn } from '../../../../web/collect/words/language.ts'

const NOW = '2026-09-01T08:00:00.000Z'

function entry(became?: Became): Entry {
  const packet = { draft: EMPTY_DRAFT, body: { siteId: 'dachen', form: 'bottle', massKg: 3 } } as const
  const rest = { batchId: 'B7K3M9QXT2ABC', org: 'coop', photos: { count: 0, skipped: 0 } }
  const made = newEntry('a', new Date('2026-08-05T06:30:00.000Z'), packet, rest)
  const state: Entry['state'] = {
    is: 'received',
    receipt: { batchId: 'B7K3M9QXT2ABC', massKg: 3 },
    receivedAt: NOW,
  }
  return { ...made, state, ...(became && { became }) }
}

const cases = { id: 'BCASES0000000', name: 'Phone case', units: 1204 }
const inCases: Became = { askedAt: NOW, stage: 'product', products: [cases] }

describe('what became of an entry', () => {
  it('is said in one sentence, with the products that hold some of it', () => {
    expect(becameText(entry(inCases), speechIn('en'))).toBe(
      'Your bottles of August 5 went into 1,204 × Phone case.',
    )
    expect(becameText(entry(inCases), speechIn('zh-CN'))).toBe(
      '您8月5日收的瓶子，做进了1,204 件“Phone case”。',
    )
  })

  it('is how far it has come, before there is a product', () => {
    const cleaned: Became = { askedAt: NOW, stage: 'cleaned', products: [] }
    expect(becameText(entry(cleaned), speechIn('en'))).toBe('It has been washed.')
    expect(becameText(entry({ ...cleaned, stage: 'collected' }), speechIn('en'))).toBeUndefined()
    expect(becameText(entry(), speechIn('en'))).toBeUndefined()
  })

  it('adds lots of one name up, and counts a product that holds some of two entries once', () => {
    const more = { ...cases, id: 'BCASES0000001', units: 6 }
    const both: Became = { ...inCases, products: [cases, more] }
    expect(becameText(entry(both), speechIn('en'))).toContain('1,210 × Phone case')
    expect(becameLine([entry(inCases), entry(both)], speechIn('en'))).toBe(
      'Your plastic went into 1,210 products.',
    )
    expect(becameLine([entry()], speechIn('en'))).toBe('')
  })

  it('is asked for again after an hour, and not for what was not received', () => {
    const minutes = (count: number): Date => new Date(Date.parse(NOW) + count * 60_000)
    expect(isStale(entry(), minutes(0))).toBe(true)
    expect(isStale(entry(inCases), minutes(59))).toBe(false)
    expect(isStale(entry(inCases), minutes(61))).toBe(true)
    expect(isStale({ ...entry(), state: { is: 'kept' } }, minutes(61))).toBe(false)
  })
})

describe('the answer', () => {
  it('is read as far as it is what was asked for', () => {
    expect(readBecame({ stage: 'product', products: [cases, { id: 3 }] }, NOW)).toEqual(inCases)
  })

  it.each([undefined, 'no', [], { stage: 'product' }, { stage: 'sunk', products: [] }])(
    'is nothing for %j',
    (value) => {
      expect(readBecame(value, NOW)).toBeUndefined()
    },
  )
})

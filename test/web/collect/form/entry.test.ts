import { describe, expect, it } from 'vitest'
import { pickupBody } from '../../../../shared/contract/requests/pickups.ts'
import {
  beginDraft,
  checkDraft,
  EMPTY_DRAFT,
  isBlank,
  type Draft,
} from '../../../../web/collect/form/entry.ts'
import { uuidOf } from '../../../../web/collect/fresh-id.ts'

const now = new Date('2026-08-05T06:30:00.000Z')
const draft: Draft = { ...EMPTY_DRAFT, form: 'net', massKg: '12,5', siteId: 'dachen' }
const photo = { sha256: 'a'.repeat(64), mediaType: 'image/jpeg' as const, bytes: 1234 }
const position = { lat: 28.471235, lon: 121.8831, accuracyM: 12 }

describe('the body of an entry', () => {
  it('carries the time of the entry, and nothing that was left empty', () => {
    expect(checkDraft(draft, { now, photos: [] })).toEqual({
      ok: true,
      body: {
        siteId: 'dachen',
        form: 'net',
        polymer: 'unknown',
        massKg: 12.5,
        occurredAt: '2026-08-05T06:30:00.000Z',
      },
      massKg: 12.5,
    })
  })

  it('fits the contract with everything filled in', () => {
    const full: Draft = {
      ...draft,
      pieces: '40',
      polymer: 'PA6',
      collector: ' 老王 ',
      weigher: ' 小林 ',
      vessel: '23751',
      occurredAt: '2026-08-04T09:15',
    }
    const check = checkDraft(full, { now, photos: [photo], position })
    expect(check).toMatchObject({
      ok: true,
      body: { pieces: 40, collector: '老王', weigher: '小林', photos: [photo], position },
    })
    expect(pickupBody.safeParse(check.ok && check.body).error).toBeUndefined()
  })

  it('reads a local time as the phone means it', () => {
    const check = checkDraft({ ...draft, occurredAt: '2026-08-04T09:15' }, { now, photos: [] })
    expect(check).toMatchObject({ body: { occurredAt: new Date('2026-08-04T09:15').toISOString() } })
  })
})

describe('who is named in an entry', () => {
  const named = (collector: string, weigher: string, holder?: string) => {
    const check = checkDraft({ ...draft, collector, weigher }, { now, photos: [], holder })
    return check.ok ? [check.body.collector, check.body.weigher] : check.faults
  }

  it('is the holder of an enrolled phone, where nobody else is', () => {
    expect(named('', '', 'Boat 7')).toEqual(['Boat 7', undefined])
    expect(named('', '')).toEqual([undefined, undefined])
  })

  it('is also who enters it for somebody without a phone', () => {
    expect(named('王阿婆', '', 'Boat 7')).toEqual(['王阿婆', 'Boat 7'])
    expect(named('王阿婆', '小林', 'Boat 7')).toEqual(['王阿婆', '小林'])
    expect(named('王阿婆', '小林')).toEqual(['王阿婆', '小林'])
    expect(named('', '小林', 'Boat 7')).toEqual(['Boat 7', '小林'])
  })
})

describe('what is pointed out before anything is sent', () => {
  it('names every empty field, in the order of the form', () => {
    const check = checkDraft(EMPTY_DRAFT, { now, photos: [] })
    expect(check).toEqual({ ok: false, faults: ['form', 'massKg', 'siteId'] })
  })

  it.each([
    ['form', { form: 'pellet' }],
    ['massKg', { massKg: '10001' }],
    ['pieces', { pieces: 'many' }],
    ['collector', { collector: 'x'.repeat(81) }],
    ['weigher', { weigher: 'x'.repeat(81) }],
    ['vessel', { vessel: 'a\u0007b' }],
    ['vessel', { vessel: '\u3164' }],
    ['collector', { collector: '老\u2028王' }],
    ['polymer', { polymer: 'gold' }],
    ['occurredAt', { occurredAt: '2027-01-01T00:00' }],
    ['occurredAt', { occurredAt: '2014-06-01T00:00' }],
    ['occurredAt', { occurredAt: 'yesterday' }],
  ])('names %s for %j', (field, change) => {
    expect(checkDraft({ ...draft, ...change }, { now, photos: [] })).toEqual({ ok: false, faults: [field] })
  })
})

it('knows a form in which nothing would be lost', () => {
  expect(isBlank({ ...EMPTY_DRAFT, siteId: 'dachen' })).toBe(true)
  expect(isBlank({ ...EMPTY_DRAFT, massKg: '1' })).toBe(false)
})

it('begins a draft under an id of its own with what is remembered, in which nothing would be lost', () => {
  const usual = { unit: 'scale', tareKg: '1.8', siteId: 'dachen', vessel: '23751' }
  const begun = beginDraft('7b3c', usual)
  expect(begun).toEqual({ ...EMPTY_DRAFT, ...usual, id: '7b3c' })
  expect(isBlank(begun)).toBe(true)
})

it('makes a UUID of version 4 from random bytes', () => {
  expect(uuidOf(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportedPickup } from '../../../../functions/commands/reported.ts'
import { pickupBody } from '../../../../shared/contract/requests/pickups.ts'
import { massOfPickup } from '../../../../shared/domain/decide/pickup-mass.ts'
import { COLLECTED_FORMS } from '../../../../shared/domain/material/material.ts'
import { AMOUNT_FIELDS, estimateOf, readAmount, UNITS } from '../../../../web/collect/form/amounts.ts'
import { checkDraft, EMPTY_DRAFT, type Draft } from '../../../../web/collect/form/entry.ts'
import { accepted, SITE } from '../../../shared/domain/scenario.ts'

const ON = '2026-08-05T06:30:00.000Z'
const of = (draft: Partial<Draft>) => readAmount({ ...EMPTY_DRAFT, form: 'bottle', ...draft }, ON)
const estimate = (draft: Partial<Draft>) => estimateOf({ ...EMPTY_DRAFT, form: 'bottle', ...draft }, ON)

describe('the amount of an entry', () => {
  it('is sent in the unit that was chosen, and nothing of the others that was left over', () => {
    const all = { massKg: '12,5', pieces: '', bags: '', grossKg: '20', tareKg: '1.8' }
    expect(of({ unit: 'kg', ...all })).toEqual({ ok: true, body: { massKg: 12.5 }, massKg: 12.5 })
    expect(of({ unit: 'scale', ...all })).toEqual({
      ok: true,
      body: { grossKg: 20, tareKg: 1.8 },
      massKg: 18.2,
    })
    expect(of({ unit: 'pieces', ...all, pieces: '51' })).toEqual({
      ok: true,
      body: { pieces: 51 },
      massKg: 1.02,
    })
    expect(of({ unit: 'bags', ...all, bags: '２' })).toEqual({ ok: true, body: { bags: 2 }, massKg: 4.2 })
  })

  it('says pieces and bags besides what was weighed', () => {
    expect(of({ unit: 'kg', massKg: '8', pieces: '400', bags: '2' })).toMatchObject({
      body: { massKg: 8, pieces: 400, bags: 2 },
      massKg: 8,
    })
  })

  it('is net to the gram', () => {
    expect(of({ unit: 'scale', grossKg: '12.3', tareKg: '12.1' })).toMatchObject({ massKg: 0.2 })
    expect(of({ unit: 'scale', grossKg: '12.3', tareKg: '0' })).toMatchObject({ massKg: 12.3 })
  })

  it.each<[string, Partial<Draft>, readonly string[]]>([
    ['nothing was typed', {}, ['massKg']],
    ['it is no number', { massKg: 'much' }, ['massKg']],
    ['the unit is unknown, so it is kilograms', { unit: 'stone', pieces: '4' }, ['massKg']],
    ['there is no tare', { unit: 'scale', grossKg: '12' }, ['tareKg']],
    ['there is neither', { unit: 'scale' }, ['grossKg', 'tareKg']],
    ['the tare leaves nothing', { unit: 'scale', grossKg: '12', tareKg: '12' }, ['grossKg']],
    ['half a piece was counted', { unit: 'pieces', pieces: '1.5' }, ['pieces']],
    ['no bag was counted', { unit: 'bags', bags: '0' }, ['bags']],
    ['the pieces besides are none', { massKg: '3', pieces: 'many' }, ['pieces']],
    ['nets are counted', { unit: 'pieces', form: 'net', pieces: '3' }, ['unit']],
    ['bags are of anything', { unit: 'bags', form: 'other', bags: '3' }, ['unit']],
  ])('is pointed out where %s', (_what, draft, faults) => {
    expect(of(draft)).toEqual({ ok: false, faults })
  })

  it('is what the server makes of it, in every unit and of every form that it takes', () => {
    const drafts = fc.record({
      form: fc.constantFrom(...COLLECTED_FORMS),
      unit: fc.constantFrom(...UNITS),
      massKg: fc.integer({ min: 1, max: 10_000_000 }).map((grams) => String(grams / 1000)),
      pieces: fc.integer({ min: 1, max: 1_000_000 }).map(String),
      bags: fc.integer({ min: 1, max: 10_000 }).map(String),
      grossKg: fc.integer({ min: 5_000_001, max: 10_000_000 }).map((grams) => String(grams / 1000)),
      tareKg: fc.integer({ min: 0, max: 5_000_000 }).map((grams) => String(grams / 1000)),
    })
    const seen = { occurredAt: ON, site: SITE, isFromVessel: false, photos: [], earlierUses: [] }
    fc.assert(
      fc.property(drafts, ({ unit, ...typed }) => {
        const besides = {
          pieces: unit === 'pieces' ? typed.pieces : '',
          bags: unit === 'bags' ? typed.bags : '',
        }
        const draft: Draft = { ...EMPTY_DRAFT, siteId: SITE.id, unit, ...typed, ...besides }
        const check = checkDraft(draft, { now: new Date(ON), photos: [] })
        const recorded = (body: object) =>
          accepted(massOfPickup(reportedPickup(pickupBody.parse(body), seen))).massGrams / 1000
        const [taken, shown] = check.ok ? [recorded(check.body), check.massKg] : [['unit'], check.faults]
        expect(taken).toEqual(shown)
      }),
    )
  })
})

describe('what is said of an amount while it is typed', () => {
  it('is what it comes to, as soon as it is a number', () => {
    expect(estimate({ massKg: '12.' })).toEqual({ is: 'weighed', massKg: 12 })
    expect(estimate({ unit: 'scale', grossKg: '20', tareKg: '1.8' })).toEqual({ is: 'net', massKg: 18.2 })
    expect(estimate({ unit: 'pieces', pieces: '200' })).toEqual({ is: 'about', massKg: 4 })
    expect(estimate({ unit: 'bags', bags: '2' })).toEqual({ is: 'about', massKg: 4.2 })
  })

  it('is nothing as long as there is nothing to say', () => {
    expect(AMOUNT_FIELDS).toHaveLength(5)
    for (const unit of UNITS) expect(estimate({ unit })).toEqual({ is: 'nothing' })
    expect(estimate({ unit: 'scale', grossKg: '20' })).toEqual({ is: 'nothing' })
    expect(estimate({ unit: 'bags', bags: '2', form: '' })).toEqual({ is: 'nothing' })
  })

  it('says at once that a form cannot be counted, and does not mind what else was counted', () => {
    expect(estimate({ unit: 'pieces', form: 'net' })).toEqual({ is: 'uncounted' })
    expect(estimate({ massKg: '3', pieces: 'many' })).toEqual({ is: 'weighed', massKg: 3 })
  })
})

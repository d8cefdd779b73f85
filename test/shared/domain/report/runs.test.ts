import { describe, expect, it } from 'vitest'
import { makeProduct } from '../../../../shared/domain/decide/product.ts'
import { worldOf } from '../scenario.ts'
import {
  actor,
  balanceOf,
  charge,
  close,
  correct,
  given,
  hour,
  oneShot,
  open,
  PLANT,
  QUAY,
  type Act,
} from './books.ts'
import {
  A,
  B,
  RUN,
  inAugust,
  some,
  total,
  collected,
  opened,
  draws,
  charged,
  outputs,
  losses,
  closed,
} from './story.ts'

const C = 'BCCCCCCCCCCCC'

/** What the events of runs book, and that their corrections take back just that. */
describe('a run', () => {
  it('books nothing when it is opened, and is shown as open', () => {
    const report = inAugust(given(opened), PLANT)
    expect(report.stages).toEqual([])
    expect(report.closing.openRuns).toEqual([{ run: RUN, since: hour(2), massGrams: 0 }])
    const voided = given(opened, correct('RunOpened', { occurredAt: hour(10) }))
    expect(inAugust(voided, PLANT).closing.openRuns).toEqual([])
  })

  it('takes what lies at its own site', () => {
    const books = given(collected, open(QUAY, { occurredAt: hour(2) }), charged)
    const { total: row, closing, process } = inAugust(books, QUAY)
    expect(some(row)).toEqual({ collected: 100_000, charged: 60_000, closing: 40_000 })
    expect(closing).toMatchObject({ inProcessGrams: 60_000, claims: { OBP: 100_000 } })
    expect(process).toMatchObject({ openingGrams: 0, chargedGrams: 60_000, closingGrams: 60_000 })
  })

  it('takes what lies at another site of the organisation by moving it', () => {
    const books = given(collected, opened, charged)
    expect(total(books, QUAY)).toEqual({ collected: 100_000, 'moved-out': 60_000, closing: 40_000 })
    expect(total(books, PLANT)).toEqual({ 'moved-in': 60_000, charged: 60_000 })
    expect(inAugust(books, QUAY)).toMatchObject({
      closing: { claims: { OBP: 40_000 }, inProcessGrams: 0 },
      parties: [
        { line: 'collected' },
        { line: 'moved-out', party: 'plant', stage: 'collected', grams: 60_000 },
      ],
    })
    expect(inAugust(books, PLANT)).toMatchObject({
      closing: { claims: { OBP: 60_000 }, inProcessGrams: 60_000 },
      parties: [{ line: 'moved-in', party: 'quay', stage: 'collected', grams: 60_000 }],
    })
  })

  it('gives all of it back when the charge was a mistake', () => {
    const books = given(collected, opened, charged, correct('RunCharged', { occurredAt: hour(10) }))
    expect(total(books, QUAY)).toEqual({ collected: 100_000, closing: 100_000 })
    expect(total(books, PLANT)).toEqual({})
    expect(inAugust(books, PLANT).closing).toEqual({
      byStage: {},
      claims: {},
      inProcessGrams: 0,
      openRuns: [{ run: RUN, since: hour(2), massGrams: 0 }],
      onTheRoadGrams: 0,
      openShipments: [],
    })
  })

  it('makes, loses and cannot account for what it was charged with', () => {
    const {
      total: row,
      process,
      claims,
      conversions,
      closing,
    } = inAugust(given(collected, opened, charged, closed), PLANT)
    expect(some(row)).toEqual({ 'moved-in': 60_000, charged: 60_000, made: 45_000, closing: 45_000 })
    expect(process).toEqual({
      openingGrams: 0,
      chargedGrams: 60_000,
      addedGrams: 0,
      madeGrams: 45_000,
      losses: { 'wash-loss': 14_000 },
      unaccountedGrams: 1_000,
      closingGrams: 0,
    })
    expect(claims).toMatchObject([
      { scheme: 'OBP', lines: { 'moved-in': 60_000, 'claims-lost': 15_000 }, closingGrams: 45_000 },
    ])
    expect(conversions).toEqual([{ step: 'cleaning', runs: 1, inputGrams: 60_000, outputGrams: 45_000 }])
    expect(closing).toMatchObject({ byStage: { cleaned: 45_000 }, openRuns: [] })
  })

  it('is open again, with all its input, when its end was a mistake', () => {
    const books = given(collected, opened, charged, closed, correct('RunClosed', { occurredAt: hour(10) }))
    const { total: row, process, closing, conversions } = inAugust(books, PLANT)
    expect(some(row)).toEqual({ 'moved-in': 60_000, charged: 60_000 })
    expect(process).toMatchObject({ madeGrams: 0, losses: {}, unaccountedGrams: 0, closingGrams: 60_000 })
    expect(closing).toMatchObject({
      claims: { OBP: 60_000 },
      openRuns: [{ run: RUN, since: hour(10), massGrams: 60_000 }],
    })
    expect(conversions).toEqual([{ step: 'cleaning', runs: 0, inputGrams: 0, outputGrams: 0 }])
  })

  it('whose charge is dated before it was opened again is charged when it was, also where its books were cut between', () => {
    const more = [{ batch: A, massGrams: 10_000 }]
    const books = given(
      collected,
      opened,
      charged,
      closed,
      correct('RunClosed', { occurredAt: hour(10) }),
      charge('coop', RUN, { occurredAt: hour(9), draws: more }, actor('coop', hour(11))),
      close('coop', RUN, { occurredAt: hour(12), outputs: [{ batch: C, massGrams: 50_000 }], losses }),
    )
    expect(books.events.at(-2)).toMatchObject({ occurredAt: hour(9), bookedAt: hour(10) })
    const { opening, closing } = balanceOf(books, PLANT, hour(10), hour(700))
    expect([opening.openRuns, closing.openRuns]).toEqual([[], []])
    const between = balanceOf(books, PLANT, hour(0), hour(11))
    expect(between.closing.openRuns).toEqual([{ run: RUN, since: hour(10), massGrams: 70_000 }])
  })

  it('of one call books all three events, whatever their order', () => {
    const books = given(
      collected,
      oneShot(QUAY, { occurredAt: hour(3), draws, outputs, losses: { ...losses, reject: 1_000 } }),
    )
    const upsideDown = { ...books, events: books.events.toReversed() }
    const report = inAugust(books, QUAY)
    expect(some(report.total)).toEqual({
      collected: 100_000,
      charged: 60_000,
      made: 45_000,
      closing: 85_000,
    })
    expect(inAugust(upsideDown, QUAY)).toEqual(report)
  })

  it('counts what is added apart, and a product lot by its run', () => {
    const pellets = [
      collected,
      oneShot(QUAY, { occurredAt: hour(3), run: 'RBBBBBBBBBBBB', draws, outputs, losses }),
      oneShot(QUAY, {
        occurredAt: hour(4),
        run: 'RCCCCCCCCCCCC',
        step: 'pelletizing',
        draws: [{ batch: B, massGrams: 45_000 }],
        outputs: [{ batch: 'BCCCCCCCCCCCC', massGrams: 45_000 }],
        losses: {},
      }),
    ]
    const made: Act = ({ subjects }) =>
      makeProduct(
        {
          run: RUN,
          batch: 'BDDDDDDDDDDDD',
          site: QUAY.site,
          occurredAt: hour(5),
          product: { name: 'Case', units: 1_000, gramsPerUnit: 50 },
          draws: [{ batch: 'BCCCCCCCCCCCC', massGrams: 40_000 }],
          added: [{ kind: 'virgin', massGrams: 10_000, polymer: 'HDPE' }],
          losses: {},
        },
        worldOf(subjects),
        [],
        actor('coop', hour(5)),
      )
    const report = inAugust(given(...pellets, made), QUAY)
    expect(report.process).toMatchObject({ addedGrams: 10_000, closingGrams: 0 })
    expect(report.closing.byStage).toEqual({ collected: 40_000, pelletized: 5_000, product: 50_000 })
    const named = report.events
    expect(named).toBe(1 + 3 + 3 + 4)
  })
})

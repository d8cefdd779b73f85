import { describe, expect, it } from 'vitest'
import { inspectBatch, holdBatch } from '../../../../shared/domain/decide/quality.ts'
import { batch } from '../scenario.ts'
import { actor, balanceOf, close, correct, given, hour, PLANT, QUAY, type Act } from './books.ts'
import { A, RUN, inAugust, some, total, collected, opened, charged, outputs } from './story.ts'

/** What a pickup books, what books nothing, and what is told of each event. */
describe('a pickup', () => {
  it('is own collection, with what may be claimed for it', () => {
    const report = inAugust(given(collected), QUAY)
    expect(some(report.total)).toEqual({ collected: 100_000, closing: 100_000 })
    expect(report.stages.map(({ stage }) => stage)).toEqual(['collected'])
    expect(report.parties).toEqual([{ line: 'collected', stage: 'collected', grams: 100_000 }])
    expect(report.claims).toEqual([
      expect.objectContaining({ scheme: 'OBP', openingGrams: 0, closingGrams: 100_000 }),
    ])
    expect(report.claims[0]?.lines).toMatchObject({ collected: 100_000 })
  })

  it('is nothing at another site', () => {
    expect(total(given(collected), PLANT)).toEqual({})
  })

  it('is gone when it was a mistake, from when that was said', () => {
    const books = given(collected, correct('PickupRecorded', { occurredAt: hour(10) }))
    expect(total(books, QUAY)).toEqual({})
    expect(some(balanceOf(books, QUAY, hour(0), hour(10)).total)).toMatchObject({ closing: 100_000 })
    expect(some(balanceOf(books, QUAY, hour(10), hour(11)).total)).toEqual({
      opening: 100_000,
      collected: -100_000,
    })
  })

  it('counts by the difference when it is said anew, however often', () => {
    const more = correct('PickupRecorded', { occurredAt: hour(10), netGrams: 130_000 })
    const less = correct('PickupRecorded', { occurredAt: hour(11), netGrams: 70_000 })
    const never = correct('PickupRecorded', { occurredAt: hour(12) })
    const report = inAugust(given(collected, more, less), QUAY)
    expect(some(report.total)).toEqual({ collected: 70_000, closing: 70_000 })
    expect(report.claims).toEqual([expect.objectContaining({ closingGrams: 70_000 })])
    expect(inAugust(given(collected, more, less, never), QUAY)).toMatchObject({
      stages: [],
      claims: [{ openingGrams: 0, closingGrams: 0 }],
    })
  })

  it('counts by the difference also when some of it was used', () => {
    const books = given(
      collected,
      opened,
      charged,
      correct('PickupRecorded', { occurredAt: hour(10), netGrams: 61_000 }),
    )
    expect(total(books, QUAY)).toEqual({ collected: 61_000, 'moved-out': 60_000, closing: 1_000 })
  })
})

describe('what names, tests or holds a batch', () => {
  it('moves no mass: a held batch counts like any other', () => {
    const result = { parameter: 'MFI', method: 'ISO 1133-1', value: 9, unit: 'g/10 min' }
    const inspected: Act = ({ subjects }) =>
      inspectBatch(
        batch(subjects, A),
        { occurredAt: hour(2), sample: '1', lab: 'L', results: [result] },
        actor('coop', hour(2)),
      )
    const held: Act = ({ subjects }) =>
      holdBatch(
        batch(subjects, A),
        { occurredAt: hour(3), reason: 'quality', sealed: {} },
        actor('coop', hour(3)),
      )
    const undone = correct('BatchInspected', { occurredAt: hour(4) })
    const report = inAugust(given(collected, inspected, held, undone), QUAY)
    expect(some(report.total)).toEqual({ collected: 100_000, closing: 100_000 })
    expect(report).toMatchObject({ events: 4, exceptions: { counts: { correction: 1 } } })
  })
})

describe('exceptions', () => {
  it('are checks that did not pass, corrections and runs that were open before, in that order of time', () => {
    const books = given(collected, opened, charged, correct('RunCharged', { occurredAt: hour(10) }))
    const { exceptions } = balanceOf(books, PLANT, hour(3), hour(20))
    expect(exceptions.counts).toEqual({
      check: 0,
      correction: 1,
      difference: 0,
      'failed-inspection': 0,
      late: 0,
      'open-run': 1,
      'open-shipment': 0,
    })
    expect(exceptions.listed).toEqual([
      { kind: 'open-run', run: RUN, since: hour(2), massGrams: 0 },
      expect.objectContaining({ kind: 'correction', of: 'RunCharged' }),
    ])
    const lossy = given(collected, opened, charged, close('coop', RUN, { occurredAt: hour(4), outputs }))
    expect(inAugust(lossy, PLANT).exceptions.listed).toContainEqual(
      expect.objectContaining({ kind: 'check', rule: 'R10', verdict: 'review' }),
    )
  })
})

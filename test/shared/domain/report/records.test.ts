import { describe, expect, it } from 'vitest'
import { balanceOf, charge, close, correct, given, hour, open, pickup, QUAY, type Act } from './books.ts'

const RUN = 'RAAAAAAAAAAAA'
const closed = [
  pickup(QUAY, { occurredAt: hour(1) }),
  open(QUAY, { occurredAt: hour(2) }),
  charge('coop', RUN, {
    occurredAt: hour(3),
    draws: [{ batch: 'BAAAAAAAAAAAA', massGrams: 60_000 }],
    documents: [{ kind: 'weighing', number: 'W-1' }],
  }),
  close('coop', RUN, {
    occurredAt: hour(4),
    outputs: [{ batch: 'BBBBBBBBBBBBB', massGrams: 45_000 }],
    losses: { reject: 10_000, other: 4_000, 'wash-loss': 1_000 },
    wasteDocument: 'WB-1',
    destinationDocumentIds: { reject: 'WB-2' },
    lineCleaningRecordId: 'LC-1',
  }),
] as const
const report = (...more: readonly Act[]) => balanceOf(given(...closed, ...more), QUAY, hour(0), hour(10))

describe('what is on record of the runs at a site', () => {
  it('says of each kind of waste where how much of it went', () => {
    expect(report().waste).toEqual([
      { kind: 'reject', document: 'WB-2', grams: 10_000 },
      { kind: 'other', document: 'WB-1', grams: 4_000 },
    ])
  })

  it('is no waste any more once the closing is taken back, and the records stay with their events', () => {
    const taken = report(correct(`${RUN}-3`, { occurredAt: hour(6) }))
    expect(taken).not.toHaveProperty('waste')
    expect(taken.records?.listed).toMatchObject([
      { event: `${RUN}-2`, documents: [{ number: 'W-1' }] },
      { event: `${RUN}-3`, documents: [], lineCleaningRecordId: 'LC-1' },
    ])
  })

  it('is left out where there is none, so that reports from before are what they were', () => {
    const [collected, opened] = closed
    const plain = balanceOf(given(collected, opened), QUAY, hour(0), hour(10))
    expect(plain).not.toHaveProperty('waste')
    expect(plain).not.toHaveProperty('records')
  })
})

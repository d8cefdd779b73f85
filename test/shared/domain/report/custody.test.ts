import { describe, expect, it } from 'vitest'
import { actor, balanceOf, correct, GATE, given, hour, pickup, PLANT, QUAY, receive, ship } from './books.ts'
import {
  line,
  A,
  B,
  SHIPMENT,
  inAugust,
  some,
  total,
  collected,
  shipped,
  received,
  rejected,
} from './story.ts'

/** What hand-overs book with sender and receiver, and that their corrections take back just that. */
describe('a shipment', () => {
  it('leaves the stock of the sender, and is in nobody’s while it is on the road', () => {
    const books = given(collected, shipped)
    const report = inAugust(books, QUAY)
    expect(some(report.total)).toEqual({ collected: 100_000, shipped: 100_000 })
    expect(report.closing.claims).toEqual({})
    expect(report.parties.at(-1)).toEqual({
      line: 'shipped',
      party: 'mill',
      stage: 'collected',
      grams: 100_000,
    })
    expect(total(books, GATE)).toEqual({})
  })

  it('leaves from where each batch lay, not from where the truck did', () => {
    const books = given(collected, ship(PLANT, { occurredAt: hour(5) }))
    expect(total(books, QUAY)).toEqual({ collected: 100_000, shipped: 100_000 })
    expect(total(books, PLANT)).toEqual({})
  })

  it('comes back when it was taken back', () => {
    const books = given(collected, shipped, correct('BatchShipped', { occurredAt: hour(10) }))
    const report = inAugust(books, QUAY)
    expect(some(report.total)).toEqual({
      collected: 100_000,
      shipped: 100_000,
      returned: 100_000,
      closing: 100_000,
    })
    expect(report.closing.claims).toEqual({ OBP: 100_000 })
    expect(report.parties.find(({ line: found }) => found === 'returned')).toMatchObject({ party: 'mill' })
  })
})

describe('a receipt', () => {
  it('books what was sent and what of it was missing, with its claims, and tells the difference to both', () => {
    const books = given(collected, shipped, received)
    const report = inAugust(books, GATE)
    expect(some(report.total)).toEqual({ received: 100_000, 'transit-loss': 2_000, closing: 98_000 })
    expect(report.claims).toMatchObject([
      { lines: { received: 100_000, 'transit-loss': 2_000 }, closingGrams: 98_000 },
    ])
    expect(total(books, QUAY)).toEqual({ collected: 100_000, shipped: 100_000 })
    for (const place of [QUAY, GATE]) {
      expect(inAugust(books, place).exceptions.listed).toContainEqual(
        expect.objectContaining({ kind: 'difference', batch: A, sentGrams: 100_000, receivedGrams: 98_000 }),
      )
    }
  })

  it('of more than was sent books what was sent', () => {
    const heavier = receive(GATE, SHIPMENT, {
      occurredAt: hour(6),
      lines: [{ ...line, receivedGrams: 101_000 }],
    })
    expect(total(given(collected, shipped, heavier), GATE)).toEqual({ received: 100_000, closing: 100_000 })
  })

  it('that rejects gives it back to where it had lain, and books nothing where it was rejected', () => {
    const books = given(collected, ship(PLANT, { occurredAt: hour(5) }), rejected)
    expect(total(books, QUAY)).toEqual({
      collected: 100_000,
      shipped: 100_000,
      returned: 100_000,
      closing: 100_000,
    })
    expect(total(books, PLANT)).toEqual({})
    expect(total(books, GATE)).toEqual({})
  })

  it('that was a mistake puts it back on the road', () => {
    const books = given(collected, shipped, received, correct('BatchReceived', { occurredAt: hour(10) }))
    expect(total(books, GATE)).toEqual({})
    expect(inAugust(books, GATE).closing.claims).toEqual({})
    expect(total(books, QUAY)).toEqual({ collected: 100_000, shipped: 100_000 })
    const again = given(collected, shipped, rejected, correct('BatchReceived', { occurredAt: hour(10) }))
    expect(total(again, QUAY)).toEqual({ collected: 100_000, shipped: 100_000 })
  })

  it('that is taken back counts when that was recorded, where the books of the sender’s site are closed by then', () => {
    const by = { ...actor('mill', hour(50)), closes: [{ ...QUAY, until: hour(30) }] }
    const books = given(collected, shipped, received, correct('BatchReceived', { occurredAt: hour(10) }, by))
    expect(books.events.at(-1)).toMatchObject({ occurredAt: hour(10), bookedAt: hour(50) })
  })
})

describe('what is on the road', () => {
  const load = (massGrams: number, since = hour(5)) => ({ shipment: SHIPMENT, to: 'mill', since, massGrams })

  it('stays in the books of the site that it left from, whatever truck took it, until it is settled', () => {
    const books = given(collected, ship(PLANT, { occurredAt: hour(5) }))
    const { road, closing } = inAugust(books, QUAY)
    expect(road).toEqual({
      openingGrams: 0,
      shippedGrams: 100_000,
      returnedGrams: 0,
      arrivedGrams: 0,
      closingGrams: 100_000,
    })
    expect(closing).toMatchObject({ onTheRoadGrams: 100_000, openShipments: [load(100_000)] })
    for (const place of [PLANT, GATE])
      expect(inAugust(books, place).closing).toMatchObject({ onTheRoadGrams: 0, openShipments: [] })
  })

  it('arrives as it was sent: what was missing on arrival is the receiver’s line', () => {
    const { road, closing } = inAugust(given(collected, shipped, received), QUAY)
    expect(road).toMatchObject({ shippedGrams: 100_000, arrivedGrams: 100_000, closingGrams: 0 })
    expect(closing.openShipments).toEqual([])
  })

  it('is no longer there when it was rejected, or the shipment was taken back', () => {
    const takenBack = correct('BatchShipped', { occurredAt: hour(10) })
    for (const last of [rejected, takenBack]) {
      const { road, closing } = inAugust(given(collected, shipped, last), QUAY)
      expect(road).toMatchObject({ shippedGrams: 100_000, returnedGrams: 100_000, closingGrams: 0 })
      expect(closing.openShipments).toEqual([])
    }
  })

  it('is what of a load nobody has weighed in yet', () => {
    const books = given(
      collected,
      pickup(QUAY, { occurredAt: hour(1), batch: B }),
      ship(QUAY, { occurredAt: hour(5), batches: [A, B] }),
      received,
    )
    expect(inAugust(books, QUAY).closing.openShipments).toEqual([load(100_000)])
  })

  it('is there again when a receipt is taken back, whether it had accepted or rejected', () => {
    for (const settled of [received, rejected]) {
      const wrong = correct('BatchReceived', { occurredAt: hour(10) })
      const { road, closing } = inAugust(given(collected, shipped, settled, wrong), QUAY)
      expect(road.closingGrams).toBe(100_000)
      expect(closing.openShipments).toEqual([load(100_000, hour(10))])
    }
  })

  it('is an exception in every period that it was on the road before and still is after', () => {
    const books = given(collected, shipped)
    const during = balanceOf(books, QUAY, hour(5), hour(20)).exceptions
    expect([during.counts['open-shipment'], during.listed]).toEqual([0, []])
    for (const [from, until] of [
      [6, 20],
      [300, 600],
    ] as const) {
      const { exceptions, road, opening } = balanceOf(books, QUAY, hour(from), hour(until))
      expect(exceptions.counts).toMatchObject({ 'open-shipment': 1 })
      expect(exceptions.listed).toEqual([{ kind: 'open-shipment', ...load(100_000) }])
      expect([road.openingGrams, road.closingGrams]).toEqual([100_000, 100_000])
      expect(opening.openShipments).toEqual([load(100_000)])
    }
    const { exceptions } = balanceOf(given(collected, shipped, received), QUAY, hour(6), hour(20))
    expect(exceptions.counts['open-shipment']).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { actor, correct, GATE, given, hour, PLANT, QUAY, receive, ship } from './books.ts'
import { line, A, SHIPMENT, inAugust, some, total, collected, shipped, received, rejected } from './story.ts'

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

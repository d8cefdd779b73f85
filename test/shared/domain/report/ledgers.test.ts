import { describe, expect, it } from 'vitest'
import { firstFailure } from '../../../../shared/domain/checks/rule.ts'
import { bookingOf } from '../../../../shared/domain/report/booking.ts'
import { arrange } from '../../../../shared/domain/report/closed.ts'
import { checkPeriodLedgers } from '../../../../shared/domain/report/ledgers.ts'
import type { Place } from '../../../../shared/domain/report/lines.ts'
import { EMPTY_POOL } from '../../../../shared/domain/state/pool.ts'
import { EMPTY_STOCK, stockAfter } from '../../../../shared/domain/report/stock.ts'
import {
  actor,
  CERTIFIED,
  charge,
  close,
  correct,
  given,
  hour,
  oneShot,
  open,
  pickup,
  PLANT,
  QUAY,
  receive,
  GATE,
  ship,
  type Books,
} from './books.ts'

/** R12 over the books of a period: every ledger, at every instant. */
const A = 'BAAAAAAAAAAAA'
const RUN = 'RAAAAAAAAAAAA'
const SHIPMENT = 'SAAAAAAAAAAAA'

function checks(books: Books, place: Place, from: string, to: string) {
  const bookings = books.events.map((event) => bookingOf(event, place))
  const { before, within } = arrange(bookings, [], { from, to })
  const opening = stockAfter(EMPTY_STOCK, before)
  return checkPeriodLedgers({ ...place, from, to, opening, bookings: within })
}

const draws = [{ batch: A, massGrams: 100_000 }]
const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: 90_000 }]
const collected = pickup(QUAY, { occurredAt: hour(1), ...CERTIFIED })
const opened = open(QUAY, { occurredAt: hour(2) })
const charged = charge('coop', RUN, { occurredAt: hour(3), draws })

describe('the ledgers of a period', () => {
  it('are those of every stage, of what is in process and of every scheme, each told', () => {
    const books = given(collected, opened, charged, close('coop', RUN, { occurredAt: hour(4), outputs }))
    const all = checks(books, QUAY, hour(0), hour(10))
    expect(all.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
    expect(all.map(({ sentence }) => sentence.en)).toEqual([
      expect.stringContaining('at most 3 months'),
      'The balance of collected material is never below 0 kg and closes at 0 kg; it may not be below 0 kg.',
      'The balance of cleaned material is never below 0 kg and closes at 90 kg; it may not be below 0 kg.',
      expect.stringContaining('of what is in process'),
      expect.stringContaining('of what may be claimed under OBP is never below 0 kg and closes at 90 kg'),
    ])
    expect(all[1]?.sentence.zh).toBe('期间已收集物料结余最低为 0 千克，期末为 0 千克；不得小于 0 千克。')
  })

  it('fail where something was used while it was on the road', () => {
    const back = { batch: A, receivedGrams: 100_000, accepted: false }
    const books = given(
      collected,
      ship(QUAY, { occurredAt: hour(30) }),
      receive(GATE, SHIPMENT, { occurredAt: hour(60), lines: [back] }),
      opened,
    )
    const early = checksAfterCharge(books, hour(40))
    expect(early).toMatchObject({
      rule: 'R12',
      verdict: 'fail',
      sentence: {
        en: 'The balance of collected material is -100 kg on 2026-08-02; it may not be below 0 kg at any time.',
        zh: '2026-08-02 已收集物料结余为 -100 千克；任何时候都不得小于 0 千克。',
      },
    })
    expect(checksAfterCharge(books, hour(70))).toBeUndefined()
  })

  function checksAfterCharge(books: Books, occurredAt: string) {
    // As a mistaken decider would let it pass: the books find it out by themselves.
    const event = books.events.find(({ type }) => type === 'RunOpened')
    if (!event) throw new Error('the story opens a run')
    const drawn = {
      ...event,
      id: `${RUN}-2`,
      type: 'RunCharged' as const,
      occurredAt,
      data: {
        run: RUN,
        charges: [
          {
            batch: A,
            site: 'quay',
            stage: 'collected' as const,
            massGrams: 100_000,
            origins: [],
            claims: {},
          },
        ],
        added: [],
        pool: { ...EMPTY_POOL, massGrams: 100_000 },
      },
    }
    return firstFailure(checks({ ...books, events: [...books.events, drawn] }, QUAY, hour(0), hour(100)))
  }

  it('are also that of what is on the road, which nothing can leave that was not shipped', () => {
    const arrived = receive(GATE, SHIPMENT, {
      occurredAt: hour(60),
      lines: [{ batch: A, receivedGrams: 90_000, accepted: true }],
    })
    const books = given(collected, ship(QUAY, { occurredAt: hour(30) }), arrived)
    const told = checks(books, QUAY, hour(0), hour(100))
    expect(told.map(({ sentence }) => sentence.en)).toContain(
      'The balance of what is on the road is never below 0 kg and closes at 0 kg; it may not be below 0 kg.',
    )
    const events = books.events.filter(({ type }) => type !== 'BatchShipped')
    expect(firstFailure(checks({ ...books, events }, QUAY, hour(0), hour(100)))?.sentence).toEqual({
      en: 'The balance of what is on the road is -100 kg on 2026-08-03; it may not be below 0 kg at any time.',
      zh: '2026-08-03 在途物料结余为 -100 千克；任何时候都不得小于 0 千克。',
    })
  })

  it('hold where what was charged by mistake is charged again at its true time', () => {
    const again = charge('coop', RUN, { occurredAt: hour(4), draws }, actor('coop', hour(50)))
    const books = given(collected, opened, charged, correct('RunCharged', { occurredAt: hour(40) }), again)
    expect(books.events.at(-1)).toMatchObject({ occurredAt: hour(4), bookedAt: hour(40) })
    for (const to of [hour(10), hour(45), hour(100)])
      expect(firstFailure(checks(books, QUAY, hour(0), to))).toBeUndefined()
  })

  it('hold where it was so in books that are closed', () => {
    const again = charge('coop', RUN, { occurredAt: hour(4), draws }, actor('coop', hour(60), hour(10)))
    const mended = correct('RunCharged', { occurredAt: hour(50) }, actor('coop', hour(50), hour(10)))
    const books = given(collected, opened, charged, mended, again)
    expect(firstFailure(checks(books, QUAY, hour(10), hour(55)))).toBeUndefined()
    expect(firstFailure(checks(books, QUAY, hour(10), hour(100)))).toBeUndefined()
  })

  it('hold where something came late, since what uses it counts no earlier', () => {
    const late = pickup(QUAY, { occurredAt: hour(1) }, actor('coop', hour(50), hour(10)))
    const used = charge('coop', RUN, { occurredAt: hour(20), draws }, actor('coop', hour(51), hour(10)))
    const books = given(late, open(QUAY, { occurredAt: hour(15) }), used)
    expect(books.events.map(({ bookedAt }) => bookedAt)).toEqual([hour(50), undefined, hour(50)])
    expect(firstFailure(checks(books, QUAY, hour(10), hour(50)))).toBeUndefined()
    expect(firstFailure(checks(books, QUAY, hour(10), hour(100)))).toBeUndefined()
  })

  it('hold at a plant whose books are open, for what it drew from a site whose books are closed', () => {
    const by = { ...actor('coop', hour(50)), closes: [{ ...QUAY, until: hour(40) }] }
    const books = given(collected, oneShot(PLANT, { occurredAt: hour(20), draws, outputs, losses: {} }, by))
    expect(books.events.map(({ type, bookedAt }) => [type, bookedAt])).toEqual([
      ['PickupRecorded', undefined],
      ['RunOpened', undefined],
      ['RunCharged', hour(50)],
      ['RunClosed', hour(50)],
    ])
    expect(firstFailure(checks(books, PLANT, hour(0), hour(45)))).toBeUndefined()
    expect(firstFailure(checks(books, PLANT, hour(0), hour(100)))).toBeUndefined()
  })

  it('never take something back before it came: a correction counts no earlier than its mistake', () => {
    const late = pickup(QUAY, { occurredAt: hour(1) }, actor('coop', hour(50), hour(10)))
    const mended = correct('PickupRecorded', { occurredAt: hour(20) }, actor('coop', hour(51), hour(10)))
    const books = given(late, mended)
    expect(books.events[1]).toMatchObject({ occurredAt: hour(20), bookedAt: hour(50) })
    expect(firstFailure(checks(books, QUAY, hour(10), hour(50)))).toBeUndefined()
  })
})

import type { MassBalance, StockRow } from '../../../../shared/domain/report/balance.ts'
import type { Place } from '../../../../shared/domain/report/lines.ts'
import {
  balanceOf,
  CERTIFIED,
  charge,
  close,
  GATE,
  hour,
  open,
  pickup,
  PLANT,
  QUAY,
  receive,
  ship,
  type Books,
} from './books.ts'

/** One story in small steps, and the figures of its books. */
export const A = 'BAAAAAAAAAAAA'
export const B = 'BBBBBBBBBBBBB'
export const RUN = 'RAAAAAAAAAAAA'
export const SHIPMENT = 'SAAAAAAAAAAAA'

export const inAugust = (books: Books, place: Place): MassBalance =>
  balanceOf(books, place, hour(0), hour(700))

/** The figures of a row that are not nothing. */
export const some = ({ openingGrams, lines, closingGrams }: StockRow): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ opening: openingGrams, ...lines, closing: closingGrams }).filter(
      ([, grams]) => grams !== 0,
    ),
  )

export const total = (books: Books, place: Place): Record<string, number> =>
  some(inAugust(books, place).total)

export const collected = pickup(QUAY, { occurredAt: hour(1), ...CERTIFIED })
export const opened = open(PLANT, { occurredAt: hour(2) })
export const draws = [{ batch: A, massGrams: 60_000 }]
export const charged = charge('coop', RUN, { occurredAt: hour(3), draws })
export const outputs = [{ batch: B, massGrams: 45_000 }]
export const losses = { 'wash-loss': 14_000 }
export const closed = close('coop', RUN, { occurredAt: hour(4), outputs, losses })
export const shipped = ship(QUAY, { occurredAt: hour(5) })
export const line = { batch: A, receivedGrams: 98_000, accepted: true }
export const received = receive(GATE, SHIPMENT, { occurredAt: hour(6), lines: [line] })
export const rejected = receive(GATE, SHIPMENT, {
  occurredAt: hour(6),
  lines: [{ ...line, accepted: false }],
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stock } from '../../../../shared/domain/events/registry.ts'
import type { MassBalance, StockRow } from '../../../../shared/domain/report/balance.ts'
import { bookingOf } from '../../../../shared/domain/report/booking.ts'
import { checkPeriodLedgers } from '../../../../shared/domain/report/ledgers.ts'
import {
  CLAIM_IN_LINES,
  CLAIM_OUT_LINES,
  IN_LINES,
  OUT_LINES,
  STOCK_LINES,
  type Place,
  type StockLine,
} from '../../../../shared/domain/report/lines.ts'
import { EMPTY_STOCK } from '../../../../shared/domain/report/stock.ts'
import { balanceOf, batchesIn, hour, ORGS, PLACES, type Books } from './books.ts'
import { play, steps, type Played } from './world.ts'

/** Laws of mass balances, over random worlds of two organisations that also take back what they did. */
const END = hour(700)
const DEEDS = [
  'pickup',
  'run',
  'open',
  'charge',
  'close',
  'ship',
  'receive',
  'correct',
  'close-books',
  'booked late',
]

function always(law: (played: Played, cuts: readonly [string, string]) => void): void {
  const accepted = new Map<string, number>()
  const cut = fc.integer({ min: 0, max: 61 })
  fc.assert(
    fc.property(steps, cut, cut, (sequence, a, b) => {
      const played = play(sequence)
      for (const [deed, count] of played.accepted) accepted.set(deed, (accepted.get(deed) ?? 0) + count)
      law(played, [hour(Math.min(a, b)), hour(Math.max(a, b) + 1)])
    }),
    { numRuns: 150 },
  )
  // All of it was really tried.
  for (const deed of DEEDS)
    expect([deed, accepted.get(deed) ?? 0]).toEqual([deed, expect.toSatisfy((count: number) => count > 5)])
}

const whole = (books: Books, place: Place): MassBalance => balanceOf(books, place, hour(0), END)

const sum = <T>(values: readonly T[], grams: (value: T) => number): number =>
  values.reduce((total, value) => total + grams(value), 0)

const linesOf = (lines: readonly StockLine[], row: StockRow): number => sum(lines, (line) => row.lines[line])

/** What lies at a place and what its open runs hold, from the states and not from the books. */
function stockAt(books: Books, { org, site }: Place): Stock {
  const byStage = new Map<string, number>()
  const claims = new Map<string, number>()
  const add = (figures: Map<string, number>, key: string, grams: number): void => {
    if (grams !== 0) figures.set(key, (figures.get(key) ?? 0) + grams)
  }
  const away = new Map<string, number>()
  for (const batch of batchesIn(books)) {
    const { custodian, site: at, status, stage, remainingGrams, remaining, shipment } = batch
    if (custodian !== org || at !== site) continue
    if (status === 'in-transit') {
      add(away, shipment ?? '', remainingGrams)
      continue
    }
    add(byStage, stage, remainingGrams)
    for (const [scheme, grams] of Object.entries(remaining.claims)) add(claims, scheme, grams)
  }
  const runs = [...books.subjects.values()]
    .filter((subject) => subject.kind === 'run')
    .filter((run) => run.org === org && run.site === site && run.status === 'open')
  for (const { pool } of runs)
    for (const [scheme, grams] of Object.entries(pool.claims)) add(claims, scheme, grams)
  return {
    byStage: Object.fromEntries(byStage),
    claims: Object.fromEntries(claims),
    inProcessGrams: sum(runs, ({ pool }) => pool.massGrams),
    openRuns: runs
      .map(({ id, pool }) => ({ run: id, since: '', massGrams: pool.massGrams }))
      .sort((a, b) => (a.run < b.run ? -1 : 1)),
    onTheRoadGrams: sum([...away.values()], (grams) => grams),
    openShipments: [...away]
      .map(([shipment, massGrams]) => ({ shipment, to: receiverOf(books, shipment), since: '', massGrams }))
      .sort((a, b) => (a.shipment < b.shipment ? -1 : 1)),
  }
}

function receiverOf({ subjects }: Books, id: string): string {
  const shipment = subjects.get(id)
  if (shipment?.kind !== 'shipment') throw new Error(`there is no shipment ${id}`)
  return shipment.to.org
}

/** All but what is told of single events, which here are also those of other places. */
function figuresOf(report: MassBalance): Omit<MassBalance, 'events' | 'exceptions'> {
  const { events: _, exceptions: __, ...figures } = report
  return figures
}

const withoutTimes = (stock: Stock): Stock => ({
  ...stock,
  openRuns: stock.openRuns.map((run) => ({ ...run, since: '' })),
  openShipments: stock.openShipments.map((load) => ({ ...load, since: '' })),
})

describe('for every site, whatever happened', () => {
  it('the books close with what is really there: stock, claims, what is in open runs and what is on the road', () => {
    always((played) => {
      for (const place of PLACES)
        expect(withoutTimes(whole(played, place).closing)).toEqual(stockAt(played, place))
    })
  })

  it('every line adds up, per stage and in all, for any period', () => {
    always((played, [from, to]) => {
      for (const place of PLACES) {
        const { stages, total, process, road, claims, closing } = balanceOf(played, place, from, to)
        for (const row of [...stages, total])
          expect(row.openingGrams + linesOf(IN_LINES, row)).toBe(linesOf(OUT_LINES, row) + row.closingGrams)
        expect(sum(stages, (row) => row.closingGrams)).toBe(total.closingGrams)
        expect(process.openingGrams + process.chargedGrams + process.addedGrams).toBe(
          process.madeGrams +
            sum(Object.values(process.losses), (grams) => grams) +
            process.unaccountedGrams +
            process.closingGrams,
        )
        expect([process.chargedGrams, process.madeGrams]).toEqual([total.lines.charged, total.lines.made])
        expect(sum(closing.openRuns, ({ massGrams }) => massGrams)).toBe(process.closingGrams)
        expect(road.openingGrams + road.shippedGrams).toBe(
          road.returnedGrams + road.arrivedGrams + road.closingGrams,
        )
        expect([road.shippedGrams, road.returnedGrams]).toEqual([total.lines.shipped, total.lines.returned])
        expect(sum(closing.openShipments, ({ massGrams }) => massGrams)).toBe(road.closingGrams)
        for (const { openingGrams, lines, closingGrams } of claims)
          expect(openingGrams + sum(CLAIM_IN_LINES, (line) => lines[line])).toBe(
            sum(CLAIM_OUT_LINES, (line) => lines[line]) + closingGrams,
          )
      }
    })
  })

  it('periods follow on each other: each opens with what the one before closed with, and their lines add up', () => {
    always((played, [a, b]) => {
      for (const place of PLACES) {
        const parts = [
          balanceOf(played, place, hour(0), a),
          balanceOf(played, place, a, b),
          balanceOf(played, place, b, END),
        ]
        expect(parts[1]?.opening).toEqual(parts[0]?.closing)
        expect(parts[2]?.opening).toEqual(parts[1]?.closing)
        const all = whole(played, place)
        expect(parts[2]?.closing).toEqual(all.closing)
        for (const line of STOCK_LINES)
          expect(sum(parts, ({ total }) => total.lines[line])).toBe(all.total.lines[line])
      }
    })
  })

  it('breaks its lines down by party without losing a gram', () => {
    always((played) => {
      for (const place of PLACES) {
        const { parties, total } = whole(played, place)
        for (const line of STOCK_LINES.filter((one) => one !== 'made' && one !== 'charged')) {
          const ofLine = parties.filter((row) => row.line === line)
          expect(sum(ofLine, ({ grams }) => grams)).toBe(total.lines[line])
        }
      }
    })
  })

  it('was never below zero at any time (R12), whatever was dated back and whichever books were closed before', () => {
    always((played) => {
      for (const place of PLACES) {
        const bookings = played.events.map((event) => bookingOf(event, place))
        const balanced = { ...place, from: hour(0), to: END, opening: EMPTY_STOCK, bookings }
        const failed = checkPeriodLedgers(balanced).filter(({ verdict }) => verdict === 'fail')
        expect(failed).toEqual([])
      }
    })
  })

  it('what was closed stays as it was: nothing that came later counts before', () => {
    always((played) => {
      for (const { org, site, until, made } of played.closes) {
        const then = { ...played, events: played.events.slice(0, made) }
        const place = { org, site }
        expect(figuresOf(balanceOf(played, place, hour(0), until))).toEqual(
          figuresOf(balanceOf(then, place, hour(0), until)),
        )
      }
    })
  })
})

interface Move {
  readonly from: string
  readonly to: string
  readonly stage: string
  readonly grams: number
}

describe('over all sites of an organisation', () => {
  it('what was moved out was moved in, stage by stage and between the same two sites', () => {
    always((played) => {
      for (const { org, sites } of ORGS) {
        const moves = sites.flatMap((site) =>
          whole(played, { org, site }).parties.flatMap(({ line, party = '', stage, grams }): Move[] => {
            if (line === 'moved-in') return [{ from: party, to: site, stage, grams: -grams }]
            return line === 'moved-out' ? [{ from: site, to: party, stage, grams }] : []
          }),
        )
        for (const { from, to, stage } of moves) {
          const same = moves.filter((one) => one.from === from && one.to === to && one.stage === stage)
          expect(sum(same, ({ grams }) => grams)).toBe(0)
        }
      }
    })
  })
})

describe('over all sites of both organisations', () => {
  it('what came is there, in process, on the road or known to be lost, at any time: nothing is lost quietly', () => {
    always((played, cuts) => {
      for (const until of [...cuts, END]) {
        const reports = PLACES.map((place) => balanceOf(played, place, hour(0), until))
        const came = sum(reports, ({ total, process }) => total.lines.collected + process.addedGrams)
        const there = sum(reports, ({ total, process, road }) =>
          sum([total, process, road], ({ closingGrams }) => closingGrams),
        )
        const lost = sum(
          reports,
          ({ total, process }) =>
            total.lines['transit-loss'] +
            sum(Object.values(process.losses), (grams) => grams) +
            process.unaccountedGrams,
        )
        expect(came).toBe(there + lost)
      }
    })
  })

  it('what one site’s books say arrived, those of others say they received', () => {
    always((played) => {
      const reports = PLACES.map((place) => whole(played, place))
      expect(sum(reports, ({ road }) => road.arrivedGrams)).toBe(
        sum(reports, ({ total }) => total.lines.received),
      )
    })
  })
})

describe('over both organisations', () => {
  it('what was shipped was received, came back, or is still on its way; and what was lost on the road is known', () => {
    always((played) => {
      const of = (org: string, line: StockLine): number =>
        sum(
          PLACES.filter((place) => place.org === org),
          (place) => whole(played, place).total.lines[line],
        )
      for (const [sender, receiver] of [
        ['coop', 'mill'],
        ['mill', 'coop'],
      ] as const) {
        const underway = batchesIn(played).filter(
          ({ custodian, status }) => custodian === sender && status === 'in-transit',
        )
        expect(of(sender, 'shipped')).toBe(
          of(receiver, 'received') +
            of(sender, 'returned') +
            sum(underway, ({ remainingGrams }) => remainingGrams),
        )
      }
      expect(of('coop', 'transit-loss') + of('mill', 'transit-loss')).toBe(
        sum(batchesIn(played), ({ lostGrams }) => lostGrams),
      )
    })
  })
})

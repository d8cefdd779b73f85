import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../../shared/domain/report/booking.ts'
import {
  arrange,
  countsFrom,
  firstEntry,
  readFrom,
  recentIn,
  RECENT_MS,
  standingBefore,
  type Closed,
} from '../../../../shared/domain/report/closed.ts'
import { EMPTY_STOCK, stockAfter } from '../../../../shared/domain/report/stock.ts'

/** When entries count that come while a period is being closed. */
const at = (minute: number): string => new Date(Date.UTC(2026, 7, 1) + minute * RECENT_MS).toISOString()

const entry = (event: string, counts: number, recorded: number): Booking => ({
  event,
  type: 'PickupRecorded',
  at: at(counts),
  occurredAt: at(counts),
  recordedAt: at(recorded),
  postings: [{ line: 'collected', stage: 'collected', grams: 1, claims: {} }],
  notes: [],
})

/** A close of minutes `from` to `to` that was made at `made`, and saw these of the last minute. */
const closed = (from: number, to: number, made: number, recent: readonly string[] = []): Closed => ({
  from: at(from),
  to: at(to),
  asOf: at(made),
  recordedAt: at(made),
  recent,
  closing: EMPTY_STOCK,
})

describe('an entry of a closed period', () => {
  const closes = [closed(0, 10, 20, ['seen']), closed(10, 30, 40)]

  it('counts when it says, where it had been recorded long before the close', () => {
    expect(countsFrom(entry('early', 5, 6), closes)).toBe(at(5))
  })

  it('counts when it says, where the close saw it', () => {
    expect(countsFrom(entry('seen', 5, 19.5), closes)).toBe(at(5))
  })

  it('counts from the next period on, where it came in while the first was being closed', () => {
    expect(countsFrom(entry('unseen', 5, 19.5), closes)).toBe(at(10))
    expect(countsFrom(entry('after', 5, 20.2), closes)).toBe(at(10))
  })

  it('counts from the open period on, where no close has seen it', () => {
    expect(countsFrom(entry('last', 15, 40.1), closes)).toBe(at(30))
    expect(countsFrom(entry('late of all', 5, 41), closes)).toBe(at(30))
  })

  it('of the open period counts when it says', () => {
    expect(countsFrom(entry('open', 30, 45), closes)).toBe(at(30))
  })
})

const correction = (
  event: string,
  takesBack: string | undefined,
  counts: number,
  recorded: number,
): Booking => ({
  ...entry(event, counts, recorded),
  type: 'EventCorrected',
  postings: [{ line: 'collected', stage: 'collected', grams: -1, claims: {} }],
  ...(takesBack !== undefined && { takesBack }),
})

describe('the first period of a site', () => {
  const [mistyped, honest, later] = [entry('mistyped', 1, 5.5), entry('honest', 5, 6), entry('later', 6, 6)]
  const gone = correction('gone', 'mistyped', 12, 12)

  it('begins with the first entry that stands, whenever its correction was made', () => {
    expect(firstEntry([later, mistyped, honest])).toBe(mistyped)
    expect(firstEntry([later, gone, mistyped, honest])).toBe(honest)
    expect(firstEntry([mistyped, correction('less', undefined, 12, 12)])).toBe(mistyped)
  })

  it('begins with the first of all where none stands, and not at all where there is none', () => {
    expect(firstEntry([gone, mistyped])).toBe(mistyped)
    expect(firstEntry([])).toBeUndefined()
  })

  it('leaves no entry out that stands, whether its material is there still or not', () => {
    const soldAtOnce = { ...mistyped, event: 'sold', postings: [...mistyped.postings, ...gone.postings] }
    expect(standingBefore([later, soldAtOnce, honest], at(6))).toEqual([soldAtOnce, honest])
    expect(standingBefore([later, mistyped, honest, gone], at(5))).toEqual([])
    expect(standingBefore([mistyped, correction('less', undefined, 2, 6)], at(5))).toEqual([mistyped])
    const opened = { ...mistyped, postings: [], run: { run: 'R', opened: 1 as const, massGrams: 0 } }
    expect(standingBefore([opened, { ...mistyped, event: 'seen', postings: [] }], at(5))).toEqual([opened])
  })

  it('opens with nothing: what was taken back is in its books from its beginning until the correction', () => {
    const range = { from: at(5), to: at(10) }
    const seen = arrange([mistyped, honest, gone], [], range, at(5))
    expect(seen).toEqual({ before: [], within: [{ ...mistyped, at: at(5) }, honest] })
    const close = { ...closed(5, 10, 20), closing: stockAfter(EMPTY_STOCK, seen.within) }
    expect(arrange([mistyped, honest, gone], [close], range)).toEqual(seen)
    const next = arrange([mistyped, honest, gone], [close], { from: at(10), to: at(20) })
    expect(next.within).toEqual([gone])
    expect(stockAfter(close.closing, next.within).byStage).toEqual({ collected: 1 })
  })
})

describe('what came in before the first entry while the first of all closes was being made', () => {
  it('counts once: from the beginning of the period that the close saw it in', () => {
    const [older, first] = [entry('older', 3, 19.9), entry('first', 5, 6)]
    const range = { from: at(5), to: at(10) }
    const seen = arrange([older, first], [], range, at(5))
    const recent = recentIn(seen, at(20))
    const close = { ...closed(5, 10, 20, recent), closing: stockAfter(EMPTY_STOCK, seen.within) }
    expect(close.closing.byStage).toEqual({ collected: 2 })
    expect(arrange([older, first], [close], range)).toEqual(seen)
    expect(arrange([older, first], [close], { from: at(10), to: at(30) }).within).toEqual([])
  })

  it('counts in the next period where the close did not see it', () => {
    const [older, first] = [entry('older', 3, 19.9), entry('first', 5, 6)]
    const close = closed(5, 10, 20, recentIn(arrange([first], [], { from: at(5), to: at(10) }), at(20)))
    const { before, within } = arrange([older, first], [close], { from: at(5), to: at(10) })
    expect([before, within]).toEqual([[], [first]])
    const next = arrange([older, first], [close], { from: at(10), to: at(30) })
    expect(next.within).toEqual([{ ...older, at: at(10) }])
  })
})

describe('a report', () => {
  it('begins its reading one closed period before its books, and earlier where several were closed at once', () => {
    const slow = [closed(0, 10, 100), closed(10, 20, 200), closed(20, 30, 300)]
    expect(readFrom([], at(30))).toBeUndefined()
    expect(readFrom(slow, at(30))).toBe(at(20))
    expect(readFrom(slow, at(25))).toBe(at(10))
    const quick = [closed(0, 10, 100), closed(10, 20, 300), closed(20, 30, 301)]
    expect(readFrom(quick, at(30))).toBe(at(10))
  })

  it('reads all where its books begin with the first close, before which something may have come in late', () => {
    expect(readFrom([closed(0, 10, 100)], at(10))).toBeUndefined()
    expect(readFrom([closed(0, 10, 100), closed(10, 20, 101)], at(20))).toBeUndefined()
  })
})

describe('whatever comes in while periods are being closed', () => {
  const world = fc.record({
    entries: fc.array(fc.record({ counts: fc.nat(29), recorded: fc.integer({ min: 80, max: 350 }) }), {
      maxLength: 60,
    }),
    /** When each close is made, in tenths of a minute after the one before; what the index shows then of the newest. */
    closes: fc.array(fc.record({ wait: fc.nat(60), sees: fc.array(fc.boolean(), { maxLength: 60 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })

  /** A writer learns of a close within half a minute, and then books anew what is dated before. */
  it('every entry counts in exactly one period, a close never changes, and each opens with what the last closed with', () => {
    let late = 0
    fc.assert(
      fc.property(world, (given) => {
        const made = given.closes.reduce<number[]>(
          (before, { wait }, index) => [
            ...before,
            Math.max((before.at(-1) ?? 0) + wait / 10, index * 10 + 10),
          ],
          [],
        )
        const entries = given.entries.map(({ counts, recorded: tenths }, index) => {
          const recorded = Math.max(counts, tenths / 10)
          const knows = made.some((when, which) => when + 0.5 <= recorded && counts < which * 10 + 10)
          return { ...entry(`${index}`, counts, recorded), ...(knows && { at: at(recorded) }) }
        })
        const closes: Closed[] = []
        const told: unknown[] = []
        for (const [index, { sees }] of given.closes.entries()) {
          const [from, to] = [at(index * 10), at(index * 10 + 10)]
          const now = made[index] ?? 0
          const asOf = at(now)
          // What was recorded a minute ago is there for certain; what is newer may be.
          const visible = entries.filter(
            ({ recordedAt }, which) =>
              recordedAt < at(now - 1) || (recordedAt <= asOf && (sees[which] ?? true)),
          )
          const arranged = arrange(visible, closes, { from, to })
          const { within } = arranged
          const closing = stockAfter(closes.at(-1)?.closing ?? EMPTY_STOCK, within)
          closes.push({ from, to, asOf, recordedAt: asOf, recent: recentIn(arranged, asOf), closing })
          told.push(within)
        }
        closes.forEach(({ from, to }, index) => {
          expect(arrange(entries, closes, { from, to }).within).toEqual(told[index])
        })
        const open = { from: closes.at(-1)?.to ?? at(0), to: at(100) }
        const read = readFrom(closes, open.from) ?? ''
        const { before, within } = arrange(
          entries.filter((one) => one.at >= read),
          closes,
          open,
        )
        expect(before).toEqual([])
        const stock = stockAfter(closes.at(-1)?.closing ?? EMPTY_STOCK, within)
        expect(stock.byStage.collected ?? 0).toBe(entries.length)
        late += entries.filter((one) => countsFrom(one, closes) !== one.at).length
      }),
      { numRuns: 500 },
    )
    expect(late).toBeGreaterThan(10)
  })
})

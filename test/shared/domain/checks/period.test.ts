import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLedger, checkPeriod, type Movement } from '../../../../shared/domain/checks/period.ts'

const on = (day: number, deltaGrams: number): Movement => ({
  occurredAt: `2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z`,
  deltaGrams,
})

describe('R12, the ledger of a period', () => {
  it('passes down to exactly nothing', () => {
    const ledger = { openingGrams: 100, movements: [on(1, 50), on(2, -150)] }
    expect(checkLedger(ledger)).toMatchObject({
      verdict: 'pass',
      sentence: { en: expect.stringContaining('closes at 0 kg') },
    })
  })

  it('fails a gram below, and says when', () => {
    expect(checkLedger({ openingGrams: 100, movements: [on(1, 50), on(2, -151)] })).toMatchObject({
      verdict: 'fail',
      sentence: {
        en: 'The balance is -0.001 kg on 2026-03-02; it may not be below 0 kg at any time.',
        zh: '2026-03-02 结余为 -0.001 千克；任何时候都不得小于 0 千克。',
      },
    })
  })

  it('fails what was sold before it was there, though the period closes even', () => {
    expect(checkLedger({ openingGrams: 0, movements: [on(9, 80), on(2, -80)] }).verdict).toBe('fail')
  })

  it('counts what came and left in one instant as one', () => {
    expect(checkLedger({ openingGrams: 0, movements: [on(2, -80), on(2, 80)] }).verdict).toBe('pass')
  })

  it('fails a negative opening', () => {
    expect(checkLedger({ openingGrams: -1, movements: [on(1, 9)] }).sentence.en).toContain('at the opening')
  })

  it('gives the same verdict in whatever order the movements come', () => {
    const movements = fc.array(
      fc.record({ day: fc.integer({ min: 1, max: 28 }), grams: fc.integer({ min: -50, max: 50 }) }),
    )
    fc.assert(
      fc.property(movements, fc.nat(200), (list, openingGrams) => {
        const forward = list.map(({ day, grams }) => on(day, grams))
        const result = checkLedger({ openingGrams, movements: forward })
        expect(checkLedger({ openingGrams, movements: forward.toReversed() })).toEqual(result)
        const daily = Array.from({ length: 28 }, (_, index) =>
          list.reduce((sum, { day, grams }) => (day <= index + 1 ? sum + grams : sum), openingGrams),
        )
        expect(result.verdict).toBe(Math.min(openingGrams, ...daily) < 0 ? 'fail' : 'pass')
      }),
    )
  })
})

describe('R12, the length of a period', () => {
  const period = (from: string, to: string) => checkPeriod({ from, to }).verdict

  it('passes a month, and exactly three', () => {
    expect(period('2026-01-01', '2026-02-01')).toBe('pass')
    expect(period('2026-01-01', '2026-04-01')).toBe('pass')
    expect(period('2025-11-15', '2026-02-15')).toBe('pass')
  })

  it('fails a moment more', () => {
    expect(period('2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.001Z')).toBe('fail')
  })

  it('ends with the month where three months later has no such day', () => {
    expect([period('2025-11-30', '2026-02-28'), period('2025-11-30', '2026-03-01')]).toEqual(['pass', 'fail'])
    expect([period('2026-01-31', '2026-04-30'), period('2026-01-31', '2026-05-01')]).toEqual(['pass', 'fail'])
  })

  it('fails when it does not end after it begins', () => {
    expect([period('2026-01-01', '2026-01-01'), period('2026-02-01', '2026-01-01')]).toEqual(['fail', 'fail'])
  })
})

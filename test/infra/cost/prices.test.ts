import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRICE_IDS, PRICES_FILE, pricesIn, readPrices, usdFor } from '../../../infra/cost/prices.ts'

describe('the file of prices', () => {
  it('has every price that is calculated with, once, with its source and date', () => {
    const { all } = readPrices()
    expect(all.map(({ id }) => id).sort()).toEqual([...PRICE_IDS].sort())
    for (const { source, seen } of all)
      expect(`${source} ${seen}`).toMatch(/^(https?:|from memory ).*\d{4}-\d\d-\d\d$/)
  })

  it('calls nothing confirmed that is not on a page of AWS', () => {
    const hosts = readPrices().all.flatMap(({ confirmed, source }) =>
      confirmed ? [new URL(source).hostname] : [],
    )
    expect(hosts.filter((host) => !/(^|\.)aws\.amazon\.com$/.test(host))).toEqual([])
  })

  it('is refused where a price is listed twice', () => {
    const file: { prices: object[] } = JSON.parse(readFileSync(PRICES_FILE, 'utf8'))
    const twice = { ...file, prices: [...file.prices, file.prices[0]] }
    expect(() => pricesIn(JSON.stringify(twice))).toThrow('twice')
  })
})

describe('what so many cost', () => {
  const tiered = { per: 1_000_000, tiers: [{ upTo: 300_000_000, usd: 1 }, { usd: 0.9 }] }

  it('is by the tier that each of them falls into', () => {
    expect(usdFor(tiered, 0)).toBe(0)
    expect(usdFor(tiered, 300_000_000)).toBe(300)
    // 300 million at 1.00, and 200 million at 0.90.
    expect(usdFor(tiered, 500_000_000)).toBe(480)
  })

  it('begins with the first: nothing is free of charge', () => {
    expect(usdFor({ per: 10_000, tiers: [{ usd: 0.15 }] }, 1)).toBeCloseTo(0.000015, 12)
  })

  it('never falls by using more', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(1_000_000_000), (a, more) => {
        expect(usdFor(tiered, a + more)).toBeGreaterThanOrEqual(usdFor(tiered, a))
      }),
    )
  })
})

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readFixed } from '../../../infra/cost/fixed.ts'
import { readMeasured } from '../../../infra/cost/measured.ts'
import { readPrices } from '../../../infra/cost/prices.ts'
import { printed, usd } from '../../../infra/cost/print.ts'
import { costReport } from '../../../infra/cost/report.ts'

const sources = { prices: readPrices(), measured: readMeasured(), fixed: readFixed() }
const command = (...args: string[]) =>
  spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../../../infra/cost/cost.ts', import.meta.url)), ...args],
    {
      encoding: 'utf8',
    },
  )

describe('npm run cost', () => {
  it('prints every kind of work, both months and what it costs when nobody comes', () => {
    const text = printed(costReport('prod', sources))
    for (const part of [
      'pickups with a photo',
      'scans, answered by the CDN',
      'events logged, 99 a transaction',
    ])
      expect(text).toContain(part)
    expect(text).toMatch(/Blue Cycle today[^]*1,000 times[^]*A month of nothing at all: \$\d/)
  })

  it('names all prices that were not confirmed', () => {
    const text = printed(costReport('prod', sources))
    const unconfirmed = readPrices().all.filter(({ confirmed }) => !confirmed)
    expect(unconfirmed.length).toBeGreaterThan(0)
    expect(unconfirmed.filter(({ id }) => !text.includes(id))).toEqual([])
  })

  it('says that dev, which has no firewall, costs less than prod', () => {
    const [dev, prod] = (['dev', 'prod'] as const).map((stage) => costReport(stage, sources))
    expect(dev?.idle.usd).toBeLessThan(prod?.idle.usd ?? 0)
    expect(dev?.months[0]?.total.byGroup.firewall).toBe(0)
  })

  it('shows cents up to a thousand dollars, and then none', () => {
    expect([usd(0.005), usd(999.99), usd(1_234.56)]).toEqual(['0.01', '999.99', '1,235'])
  })

  it('gives programs all of it, and people help', () => {
    expect(JSON.parse(command('--json', '--stage', 'dev').stdout)).toMatchObject({
      stage: 'dev',
      months: [{}, {}],
    })
    expect(command('--help').stdout).toContain('npm run cost')
  })

  it('refuses a stage that there is not, and says which there are', () => {
    const { status, stderr, stdout } = command('--stage', 'test')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toBe("There is no stage 'test'; there are dev and prod.\n")
  })
})

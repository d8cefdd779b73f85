import type { Check } from './checks.ts'
import type { Simulated } from './simulate.ts'

/** A simulation as text for a terminal. */
export function printed(simulated: readonly Simulated[], about: { factor: number; seed: number }): string {
  const sections = simulated.map(({ strain, checks }) => {
    const { scenario, heat } = strain
    const rates = [
      `${count(scenario.pickups)} pickups`,
      `${count(scenario.chargeCalls)} calls that charge`,
      `${count(scenario.scans)} scans`,
      ...(strain.marks > 0 ? [`${count(strain.marks)} batches held`] : []),
    ].join(', ')
    return [
      `${scenario.name}: ${scenario.what}`,
      `  ${rates} a second; ${count(heat.table.writes)} WCU and ${count(heat.table.reads)} RCU of the table`,
      ...(strain.marks > 0
        ? [
            `  ${count(scenario.descendants)} batches are reached in ${count(scenario.descendants / strain.marks)} s`,
          ]
        : []),
      ...lines(checks),
    ].join('\n')
  })
  const worst = worstOf(simulated.flatMap(({ checks }) => checks))
  return [
    `${count(about.factor)} times Blue Cycle, seed ${about.seed}. Keys by functions/adapters/keys.ts.`,
    ...sections,
    `${VERDICTS[worst]}\n`,
  ].join('\n\n')
}

export const worstOf = (checks: readonly Pick<Check, 'verdict'>[]): Check['verdict'] =>
  ORDER.find((verdict) => checks.some((one) => one.verdict === verdict)) ?? 'holds'

const ORDER = ['breaks', 'tunes', 'holds'] as const

const VERDICTS = {
  holds: 'It holds as deployed.',
  tunes: 'It holds once what is marked "tunes" is raised or has adapted; the design need not change.',
  breaks: 'It breaks where marked, and no setting helps.',
} as const

function lines(checks: readonly Check[]): string[] {
  const rows = checks.map(({ what, value, limit, unit, verdict, why }) => [
    what,
    `${count(value)} of ${count(limit)} ${unit}`.trim(),
    verdict === 'holds' ? 'holds' : `${verdict.toUpperCase()}: ${why}`,
  ])
  const width = (at: number): number => Math.max(...rows.map((row) => row[at]?.length ?? 0))
  return rows.map(([what = '', value = '', said = '']) =>
    `  ${what.padEnd(width(0))}  ${value.padStart(width(1))}  ${said}`.trimEnd(),
  )
}

const count = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })

import { GROUPS, type Costed, type CostReport, type Group } from './report.ts'

/** The cost table as text for a terminal. */
export function printed(report: CostReport): string {
  const { stage, region, measuredAt, pricesSeen, unconfirmed } = report
  return [
    `Tidemark on AWS, stage ${stage}, ${region}, US dollars. Units measured ${measuredAt}, prices read ${pricesSeen}.`,
    'Nothing that AWS gives free of charge is taken off.',
    '',
    'A million of each',
    table(report.perMillion, true),
    ...report.months.flatMap(({ month, rows, total }) => [
      '',
      `A month of ${month.label}: ${count(month.pickups)} pickups, ${count(month.scans)} scans, after ${month.monthsStored} such months`,
      table([...rows, total], false),
    ]),
    '',
    `A month of nothing at all: $${usd(report.idle.usd)}`,
    '',
    `Not confirmed on a page of AWS's own: ${unconfirmed.join(', ')} (infra/cost/prices.json).`,
    'Time on Lambda is worked out from CPU time here, not measured there (infra/cost/assumptions.ts).',
    '',
  ].join('\n')
}

const NAMES = Object.keys(GROUPS).filter((name): name is Group => name in GROUPS)

function table(rows: readonly Costed[], hasUnits: boolean): string {
  const heads = ['', ...(hasUnits ? ['WRU', 'RRU'] : []), ...NAMES, 'total']
  const cells = rows.map(({ label, quantities, byGroup, usd: sum }) => [
    label,
    ...(hasUnits ? [quantities.writeUnits, quantities.readUnits].map(perOne) : []),
    ...NAMES.map((name) => usd(byGroup[name])),
    usd(sum),
  ])
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [heads, ...cells].map(line).join('\n')
}

/** Units of one, where a million are costed. */
const perOne = (units = 0): string => (units / 1_000_000).toFixed(1)

/** Whole dollars where cents say nothing. */
export const usd = (value: number): string => (value >= 1_000 ? count(Math.round(value)) : value.toFixed(2))

const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 })

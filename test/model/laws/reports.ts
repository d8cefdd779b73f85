import { isDeepStrictEqual } from 'node:util'
import { massBalanceView } from '../../../shared/contract/answers/reports.ts'
import { viewMassBalance } from '../../../functions/views/report-view.ts'
import { gramsFromKg } from '../../../shared/domain/material/mass.ts'
import { massBalance } from '../../../shared/domain/report/balance.ts'
import type { Place } from '../../../shared/domain/report/lines.ts'
import { EMPTY_STOCK, stockAfter } from '../../../shared/domain/report/stock.ts'
import { jsonOf } from '../../client.ts'
import type { EngineWorld } from '../engine-world.ts'
import { periodsAt } from '../known.ts'
import { stockAt } from './balances.ts'
import type { Evidence } from './evidence.ts'
import { countedAt } from './periods.ts'

type Answered = ReturnType<typeof massBalanceView.parse>

/** A site's books over all of time and over its closed periods, as the API tells them and as the raw events do. */
export async function reportComplaints(
  evidence: Evidence,
  world: EngineWorld,
  place: Place,
): Promise<string[]> {
  const periods = periodsAt(evidence, place)
  const [whole, ...closed] = await Promise.all([
    ask(world, place, 'from=2026-01-01'),
    ...periods.map(({ from, to }) => ask(world, place, `from=${from}&to=${to}`)),
  ])
  return [
    ...wholeComplaints(evidence, place, whole),
    ...[whole, ...closed].flatMap((answer) => derivedComplaints(evidence, place, answer)),
    ...periods.flatMap(({ id, reportSha256 }, index) => {
      const told = closed[index]?.closedAs
      return isDeepStrictEqual(told, { periodId: id, reportSha256, agrees: true })
        ? []
        : [`the report of ${id} is not the one that it was closed with: ${JSON.stringify(told)}`]
    }),
  ]
}

async function ask({ client, keyOf }: EngineWorld, { org, site }: Place, range: string): Promise<Answered> {
  const path = `/v1/reports/mass-balance?site=${site}&${range}`
  return massBalanceView.parse(jsonOf(await client.get(path, { key: keyOf(org) })))
}

/** A report says what is made of the raw events, each counted where it belongs. */
function derivedComplaints(evidence: Evidence, place: Place, { report }: Answered): string[] {
  const { from, to } = report
  const journal = countedAt(evidence, place)
  // What a period closed with is counted by another law.
  const base = periodsAt(evidence, place).findLast(({ to: end }) => end <= from)
  const opening = stockAfter(
    base?.closing ?? EMPTY_STOCK,
    journal.filter(({ at }) => at >= (base?.to ?? '') && at < from),
  )
  const bookings = journal.filter(({ at }) => at >= from && at < to)
  const derived: unknown = JSON.parse(
    JSON.stringify(viewMassBalance(massBalance({ ...place, from, to, opening, bookings }))),
  )
  return differences(report, derived).map((key) => {
    return `${key} in the report of ${place.org} ${place.site} from ${from} to ${to} is not what its events say`
  })
}

function differences(told: object, derived: unknown): string[] {
  const [is, ought] = [Object.entries(told), new Map(Object.entries(derived ?? {}))]
  const wrong = is.filter(([key, value]) => !isDeepStrictEqual(value, ought.get(key))).map(([key]) => key)
  return is.length === ought.size ? wrong : [...wrong, 'the number of lines']
}

/** A report over all of time ends with what is there, to the gram. */
function wholeComplaints(evidence: Evidence, place: Place, { report }: Answered): string[] {
  const { byStageKg, claimsKg, inProcessKg, onTheRoadKg } = report.closing
  const grams = (kilograms: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(kilograms).map(([key, kg]) => [key, gramsFromKg(kg)]))
  const told = {
    byStage: grams(byStageKg),
    inProcessGrams: gramsFromKg(inProcessKg),
    onTheRoadGrams: gramsFromKg(onTheRoadKg),
    claims: grams(claimsKg),
  }
  const is = stockAt(evidence, place)
  if (isDeepStrictEqual(told, is)) return []
  return [
    `the report of ${place.org} ${place.site} ends with ${JSON.stringify(told)}, there is ${JSON.stringify(is)}`,
  ]
}

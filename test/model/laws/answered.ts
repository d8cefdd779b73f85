import { massBalanceView } from '../../../shared/contract/answers/reports.ts'
import { tracePage } from '../../../shared/contract/answers/batches.ts'
import { gramsFromKg } from '../../../shared/domain/material/mass.ts'
import { jsonOf } from '../../client.ts'
import type { EngineWorld } from '../engine-world.ts'
import { batchesOf, oneOf, pick } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import { stockAt } from './balances.ts'
import type { Evidence } from './evidence.ts'
import { ancestorsOf, descendantsOf } from './lineage.ts'

/** What the API tells of a world: a few of its traces and reports, another few after every round. */
export async function answeredComplaints(
  evidence: Evidence,
  world: EngineWorld,
  round: number,
): Promise<string[]> {
  const alive = batchesOf(evidence).filter(({ status }) => status !== 'void')
  const asked = [pick(alive, round * 7), pick(alive, round * 3 + 1), alive.at(-1)]
  const traces = asked.flatMap((batch) =>
    batch ? [traceComplaints(evidence, world, batch.id, batch.custodian)] : [],
  )
  const { id: org, sites } = oneOf(ORGANISATIONS, round)
  const report = reportComplaints(evidence, world, { org, site: oneOf(sites, round).id })
  return (await Promise.all([...traces, report])).flat()
}

/** Backward and forward are what the events say, and so each other's inverse; what was charged is given to the gram. */
async function traceComplaints(
  { lineage }: Evidence,
  { client, keyOf }: EngineWorld,
  batch: string,
  org: string,
): Promise<string[]> {
  const ask = async (direction: string): Promise<ReturnType<typeof tracePage.parse>> => {
    const path = `/v1/batches/${batch}/trace?direction=${direction}&limit=1000`
    return tracePage.parse(jsonOf(await client.get(path, { key: keyOf(org) })))
  }
  const [backward, forward] = await Promise.all([ask('backward'), ask('forward')])
  const idsIn = ({ nodes }: typeof backward): string =>
    nodes
      .map(({ id }) => id)
      .toSorted()
      .join()
  const expected = (others: Iterable<string>): string => [batch, ...others].toSorted().join()
  const wrongEdges = backward.nodes.filter(({ id, from }) => {
    const charged = [...(lineage.charged.get(lineage.madeBy.get(id) ?? '') ?? [])]
    const [told, ought] = [
      from.map(({ batchId, massKg = 0 }) => [batchId, gramsFromKg(massKg)].join()),
      charged.map(String),
    ]
    return told.toSorted().join(' ') !== ought.toSorted().join(' ')
  })
  return [
    ...(idsIn(backward) === expected(ancestorsOf(batch, lineage))
      ? []
      : [`${batch} is traced back to ${idsIn(backward)}`]),
    ...(idsIn(forward) === expected(descendantsOf(batch, lineage))
      ? []
      : [`${batch} is traced on to ${idsIn(forward)}`]),
    ...wrongEdges.map(({ id }) => `the trace of ${batch} is wrong about what ${id} was made of`),
  ]
}

/** A report over all of time ends with what is there, to the gram. */
async function reportComplaints(
  evidence: Evidence,
  { client, keyOf }: EngineWorld,
  place: { readonly org: string; readonly site: string },
): Promise<string[]> {
  const path = `/v1/reports/mass-balance?site=${place.site}&from=2026-01-01`
  const answer = massBalanceView.parse(jsonOf(await client.get(path, { key: keyOf(place.org) })))
  const { byStageKg, claimsKg, inProcessKg, onTheRoadKg } = answer.report.closing
  const grams = (kilograms: Readonly<Record<string, number>>): string =>
    Object.entries(kilograms)
      .map(([key, kg]) => [key, gramsFromKg(kg)].join())
      .toSorted()
      .join(' ')
  const { byStage, inProcessGrams, onTheRoadGrams, claims } = stockAt(evidence, place)
  const plain = (figures: Readonly<Record<string, number>>): string =>
    Object.entries(figures).map(String).toSorted().join(' ')
  const told = [grams(byStageKg), gramsFromKg(inProcessKg), gramsFromKg(onTheRoadKg), grams(claimsKg)].join(
    '; ',
  )
  const is = [plain(byStage), inProcessGrams, onTheRoadGrams, plain(claims)].join('; ')
  return told === is ? [] : [`the report of ${place.org} ${place.site} ends with [${told}], there is [${is}]`]
}

import type { EngineWorld } from '../engine-world.ts'
import { batchesOf, oneOf, pick } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import type { Evidence } from './evidence.ts'
import { reportComplaints } from './reports.ts'
import { traceComplaints } from './traces.ts'

/** What the API tells of a world: a few of its traces and the reports of a site, others after every round. */
export async function answeredComplaints(
  evidence: Evidence,
  world: EngineWorld,
  round: number,
): Promise<string[]> {
  const alive = batchesOf(evidence).filter(({ status }) => status !== 'void')
  const asked = [pick(alive, round * 7), pick(alive, round * 3 + 1), alive.at(-1)]
  const traces = asked.flatMap((batch) =>
    batch
      ? [
          traceComplaints(evidence, world, batch, 'backward'),
          traceComplaints(evidence, world, batch, 'forward'),
        ]
      : [],
  )
  const { id: org, sites } = oneOf(ORGANISATIONS, round)
  const reports = reportComplaints(evidence, world, { org, site: oneOf(sites, round).id })
  return (await Promise.all([...traces, reports])).flat()
}

/** All that it tells: the reports of every site, and traces from every beginning and every end, which name every edge. */
export async function allAnsweredComplaints(evidence: Evidence, world: EngineWorld): Promise<string[]> {
  const places = ORGANISATIONS.flatMap(({ id, sites }) => sites.map((site) => ({ org: id, site: site.id })))
  const { charged, onward } = evidence.lineage
  const isEnd = (batch: string): boolean =>
    ![...(onward.get(batch) ?? [])].some((run) => (onward.get(run)?.size ?? 0) > 0)
  const alive = batchesOf(evidence).filter(({ status }) => status !== 'void')
  const beginnings = alive.filter(({ run = '' }) => (charged.get(run)?.size ?? 0) === 0)
  const ends = alive.filter(({ id }) => isEnd(id))
  const complaints = await Promise.all([
    ...places.map((place) => reportComplaints(evidence, world, place)),
    ...beginnings.map((batch) => traceComplaints(evidence, world, batch, 'forward')),
    ...ends.map((batch) => traceComplaints(evidence, world, batch, 'backward')),
  ])
  return complaints.flat()
}

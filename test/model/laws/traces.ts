import { tracePage } from '../../../shared/contract/answers/batches.ts'
import { kgFromGrams } from '../../../shared/domain/material/mass.ts'
import type { Batch } from '../../../shared/domain/state/batch.ts'
import { jsonOf } from '../../client.ts'
import type { EngineWorld } from '../engine-world.ts'
import { batchesOf } from '../known.ts'
import type { Evidence } from './evidence.ts'
import { levelsFrom, type Lineage } from './lineage.ts'

export type Direction = 'backward' | 'forward'

/** A trace names every batch of the lineage once, nearest first, with its state and whence it came, as the events say. */
export async function traceComplaints(
  evidence: Evidence,
  { client, keyOf }: EngineWorld,
  root: Batch,
  direction: Direction,
): Promise<string[]> {
  const path = `/v1/batches/${root.id}/trace?direction=${direction}&limit=1000`
  const answer = tracePage.parse(jsonOf(await client.get(path, { key: keyOf(root.custodian) })))
  const expected = nodesFrom(evidence, root.id, direction)
  const told = answer.nodes.map(nodeText)
  const wrong = expected.findIndex((node, index) => node !== told[index])
  if (wrong < 0 && told.length === expected.length) return []
  const [is, ought] = [told, expected].map((nodes) => nodes[wrong < 0 ? expected.length : wrong] ?? 'nothing')
  return [`the ${direction} trace of ${root.id} names ${is}, the events say ${ought}`]
}

type Node = ReturnType<typeof tracePage.parse>['nodes'][number]

const edgeText = ({ batchId, massKg }: Node['from'][number]): string =>
  massKg === undefined ? batchId : `${batchId} ${massKg}`

/** What a node says, the edges in no order. */
const nodeText = ({
  id,
  depth,
  stage,
  form,
  status,
  held,
  ...rest
}: Omit<Node, 'occurredAt' | 'links'>): string => {
  const { massKg, organisationId, siteId, from } = rest
  const place = `${organisationId} ${siteId}`
  return `${depth}: ${id} ${stage} ${form} ${massKg} kg at ${place}, ${status}${held ? ', held' : ''} from [${from.map(edgeText).toSorted().join()}]`
}

/** The nodes of a trace as text, in order: level by level, and by id within one. */
function nodesFrom({ lineage, ...known }: Evidence, root: string, direction: Direction): string[] {
  const batches = new Map(batchesOf(known).map((batch) => [batch.id, batch]))
  return levelsFrom(root, direction, lineage).flatMap((level, depth, levels) =>
    [...level].toSorted().map((id) => {
      const batch = batches.get(id)
      if (!batch) return `${id}, of which there is no state`
      const { stage, form, massGrams, custodian, site, status } = batch
      const place = { organisationId: custodian, siteId: site }
      const held = (known.holds.get(id) ?? []).length > 0
      const charged = [...chargedInto(id, lineage)]
      const from =
        direction === 'backward'
          ? charged.map(([batchId, grams]) => ({ batchId, massKg: kgFromGrams(grams) }))
          : charged.flatMap(([batchId]) => (levels[depth - 1]?.has(batchId) ? [{ batchId }] : []))
      return nodeText({
        id,
        depth,
        stage,
        form,
        massKg: kgFromGrams(massGrams),
        ...place,
        status,
        held,
        from,
      })
    }),
  )
}

const chargedInto = (batch: string, { charged, madeBy }: Lineage): ReadonlyMap<string, number> =>
  charged.get(madeBy.get(batch) ?? '') ?? new Map<string, number>()

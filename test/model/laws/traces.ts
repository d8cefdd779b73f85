import { tracePage } from '../../../shared/contract/answers/batches.ts'
import { kgFromGrams } from '../../../shared/domain/material/mass.ts'
import type { Batch } from '../../../shared/domain/state/batch.ts'
import { jsonOf } from '../../client.ts'
import type { EngineWorld } from '../engine-world.ts'
import { batchesOf } from '../known.ts'
import type { Evidence } from './evidence.ts'
import { levelsFrom, type Lineage } from './lineage.ts'

export type Direction = 'backward' | 'forward'

/**
 * A trace names every batch of the lineage once, nearest first, with its state and whence it came, as the events say, as
 * far as its reader had them: where nothing was granted, of what others had it tells mass, stage and month alone.
 */
export async function traceComplaints(
  evidence: Evidence,
  { client, keyOf }: EngineWorld,
  root: Batch,
  direction: Direction,
): Promise<string[]> {
  const path = `/v1/batches/${root.id}/trace?direction=${direction}&limit=1000`
  const answer = tracePage.parse(jsonOf(await client.get(path, { key: keyOf(root.custodian) })))
  const expected = nodesFrom(evidence, root, direction)
  const told = answer.nodes.map(nodeText)
  const wrong = expected.findIndex((node, index) => node !== told[index])
  if (wrong < 0 && told.length === expected.length) return []
  const [is, ought] = [told, expected].map((nodes) => nodes[wrong < 0 ? expected.length : wrong] ?? 'nothing')
  return [`the ${direction} trace of ${root.id} names ${is}, the events say ${ought}`]
}

type Node = ReturnType<typeof tracePage.parse>['nodes'][number]

const edgeText = ({ batchId, massKg, hidden, stage, month }: Node['from'][number]): string =>
  [batchId, massKg, hidden && 'hidden', stage, month].filter((told) => told !== undefined).join(' ')

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
function nodesFrom({ lineage, ...known }: Evidence, root: Batch, direction: Direction): string[] {
  const batches = new Map(batchesOf(known).map((batch) => [batch.id, batch]))
  const reader = root.custodian
  const isSeen = (id: string): boolean => batches.get(id)?.custodians.includes(reader) ?? false
  const edge = (batchId: string, grams: number): Node['from'][number] => {
    const massKg = kgFromGrams(grams)
    if (isSeen(batchId)) return { batchId, massKg }
    const { stage, occurredAt = '' } = batches.get(batchId) ?? {}
    return { hidden: true, massKg, stage, month: occurredAt.slice(0, 7) }
  }
  return levelsFrom(root.id, direction, lineage, isSeen).flatMap((level, depth, levels) =>
    [...level].toSorted().map((id) => {
      const batch = batches.get(id)
      if (!batch) return `${id}, of which there is no state`
      const charged = [...chargedInto(id, lineage)]
      const from =
        direction === 'backward'
          ? charged.map(([batchId, grams]) => edge(batchId, grams))
          : charged.flatMap(([batchId]) => (levels[depth - 1]?.has(batchId) ? [{ batchId }] : []))
      const { stage, form, massGrams } = batch
      const held = (known.holds.get(id) ?? []).length > 0
      return nodeText({
        id,
        depth,
        stage,
        form,
        massKg: kgFromGrams(massGrams),
        ...whereabouts(batch, reader),
        held,
        from,
      })
    }),
  )
}

/** Where a batch is and how it stands; of one that the reader passed on, as it was then. */
function whereabouts(
  { custodian, site, status, transfers }: Batch,
  reader: string,
): Pick<Node, 'organisationId' | 'siteId' | 'status'> {
  if (custodian === reader) return { organisationId: custodian, siteId: site, status }
  const { to } = transfers.findLast(({ from }) => from.org === reader) ?? {}
  return { organisationId: to?.org ?? '', siteId: to?.site ?? '', status: 'passed-on' }
}

const chargedInto = (batch: string, { charged, madeBy }: Lineage): ReadonlyMap<string, number> =>
  charged.get(madeBy.get(batch) ?? '') ?? new Map<string, number>()

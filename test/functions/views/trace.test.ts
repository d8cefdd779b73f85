import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetWalks, trace, type Direction, type TraceNode } from '../../../functions/views/trace.ts'
import type { Runtime } from '../../../infra/local/runtime.ts'
import { DEMO_ORGANISATION } from '../../../infra/local/story.ts'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, clientOf, jsonOf } from '../../client.ts'
import { aPickup, aRun } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/**
 * How a trace is paged. Four pickups, three washing runs that each take of three of them and make two lots, and one run
 * that takes of all lots: on each level several ways lead to the same batch.
 */
const COOP = { org: DEMO_ORGANISATION.id, sites: 'all' } as const

let here: InProcess
let runtime: Runtime
let pickups: string[]
let pellets: string

beforeAll(async () => {
  here = await startInProcess()
  runtime = here.runtime
  const { keys } = runtime.credentials
  const { post } = clientOf(runtime.url)
  const made = async (body: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
    runView.parse(jsonOf(await post('/v1/runs', keys.recycler, body))).outputIds
  pickups = await Promise.all(
    [1, 2, 3, 4].map(async () => batchOf(await post('/v1/pickups', keys.station, aPickup())).id),
  )
  const lots: string[] = []
  for (const left of [0, 1, 2]) {
    const charged = pickups.filter((_, index) => index !== left)
    const charges = charged.map((batchId) => ({ batchId, massKg: 4 }))
    lots.push(
      ...(await made(aRun('', { step: 'cleaning', charges, outputs: [{ massKg: 5 }, { massKg: 4 }] }))),
    )
  }
  const charges = lots.map((batchId) => ({ batchId, massKg: 3 }))
  const [blend = ''] = await made(
    aRun('', { step: 'pelletizing', charges, outputs: [{ massKg: 17 }], losses: { purge: 1 } }),
  )
  pellets = blend
})
afterAll(async () => {
  await here?.end()
})

async function inPages(
  root: string,
  direction: Direction,
  limit: number,
  between = (): void => {},
): Promise<TraceNode[]> {
  const nodes: TraceNode[] = []
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = await trace({ id: root, runs: 0 }, direction, COOP, after, limit)
    nodes.push(...page.nodes)
    after = page.next
    between()
  }
  return nodes
}

describe.each(['backward', 'forward'] as const)('a trace %s', (direction) => {
  const root = (): string => (direction === 'backward' ? pellets : (pickups[0] ?? ''))

  it('names each batch once, nearest first', async () => {
    const { nodes, next } = await trace({ id: root(), runs: 0 }, direction, COOP, 0, 1000)
    expect(next).toBeUndefined()
    expect(nodes.map(({ depth }) => depth)).toEqual(
      direction === 'backward' ? [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2] : [0, 1, 1, 1, 1, 2],
    )
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length)
  })

  it.each([1, 2, 3, 4, 5])('is the same in pages of %i', async (limit) => {
    const { nodes: whole } = await trace({ id: root(), runs: 0 }, direction, COOP, 0, 1000)
    expect(await inPages(root(), direction, limit)).toEqual(whole)
  })

  it('is the same when every page comes to another process', async () => {
    const { nodes: whole } = await trace({ id: root(), runs: 0 }, direction, COOP, 0, 1000)
    expect(await inPages(root(), direction, 2, forgetWalks)).toEqual(whole)
  })

  it('gives a page again, after the pages behind it have been read', async () => {
    const { nodes: whole } = await trace({ id: root(), runs: 0 }, direction, COOP, 0, 1000)
    await inPages(root(), direction, 2)
    expect((await trace({ id: root(), runs: 0 }, direction, COOP, 2, 2)).nodes).toEqual(whole.slice(2, 4))
  })

  it('is not disturbed by others who read the same at the same time', async () => {
    const { nodes: whole } = await trace({ id: root(), runs: 0 }, direction, COOP, 0, 1000)
    const readers = await Promise.all([1, 2, 2, 3, 3, 3].map((limit) => inPages(root(), direction, limit)))
    for (const nodes of readers) expect(nodes).toEqual(whole)
  })
})

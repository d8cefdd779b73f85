import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJournal } from '../../../functions/adapters/journal.ts'
import type { Runtime } from '../../../infra/local/runtime.ts'
import { DEMO_ORGANISATION } from '../../../infra/local/story.ts'
import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import { batchOf, clientOf, jsonOf } from '../../client.ts'
import { aPickup, aRun } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/** The journal of a site on a real engine, in pages so small that an event's entries fall on several. */
const DACHEN = { org: DEMO_ORGANISATION.id, site: 'dachen' }
const at = (hour: number): string => new Date(Date.UTC(2026, 7, 1, hour)).toISOString()

let here: InProcess
let runtime: Runtime
let pickups: string[]

beforeAll(async () => {
  here = await startInProcess()
  runtime = here.runtime
  const { keys } = runtime.credentials
  const { post } = clientOf(runtime.url)
  pickups = []
  for (const hour of [1, 2, 3, 4, 5, 6, 7])
    pickups.push(batchOf(await post('/v1/pickups', keys.station, aPickup({ occurredAt: at(hour) }))).id)
  const charges = pickups.map((batchId) => ({ batchId, massKg: 10 }))
  const elsewhere = aRun('', { charges, occurredAt: at(8), outputs: [{ massKg: 70 }] })
  jsonOf(await post('/v1/runs', keys.recycler, elsewhere))
})
afterAll(async () => {
  await here?.end()
})

async function read(from: string | undefined, to: string, page?: number): Promise<DomainEvent[]> {
  const events: DomainEvent[] = []
  for await (const some of readJournal(DACHEN, { from, to }, page)) events.push(...some)
  return events
}

describe('the journal of a site', () => {
  it.each([1, 2, 3, 1_000])('in pages of %i has every event once, in order of time', async (page) => {
    const events = await read(undefined, at(20), page)
    expect(events.map(({ type, home }) => (type === 'RunCharged' ? type : home))).toEqual([
      ...pickups,
      'RunCharged',
    ])
  })

  it('begins at an instant and ends before one', async () => {
    expect((await read(at(2), at(4))).map(({ home }) => home)).toEqual(pickups.slice(1, 3))
    expect(await read(at(9), at(20))).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTip } from '../../../functions/adapters/chains.ts'
import { readPage } from '../../../functions/evidence/page.ts'
import { packPosition, START, unpackPosition, type Position } from '../../../functions/evidence/position.ts'
import { subjectsOf, type DomainEvent } from '../../../shared/domain/events/event.ts'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../../client.ts'
import { aPickup, aReceipt, aRun, aShipment, idOf } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { eventsIn, wholeTable } from '../../table.ts'

/** Which events a proof of a batch takes along, and that pages of them, of whatever size, are the same events. */
let here: InProcess
let known: ReadonlyMap<string, DomainEvent>
let demoProduct: string
let blend: string

const everything = async (): Promise<boolean> => true

beforeAll(async () => {
  here = await startInProcess('demo')
  demoProduct = here.runtime.story?.product ?? ''
  blend = await blended()
  known = new Map(eventsIn(await wholeTable()).map(({ event, hash }) => [hash, event]))
})
afterAll(async () => {
  await here?.end()
})

/**
 * Two pickups go to another co-op, which puts them together and sends the lot back; it and two more are drawn on by three
 * washing runs of two lots each, and all lots by a run whose pellets are asked for.
 */
async function blended(): Promise<string> {
  const { keys, other } = here.runtime.credentials
  const { post } = here.client
  const made = async (key: string, body: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
    runView.parse(jsonOf(await post('/v1/runs', key, body))).outputIds
  const brought = async (
    batches: string[],
    from: string,
    to: string,
    day: string,
    load = {},
  ): Promise<void> => {
    const shipment = idOf(await post('/v1/shipments', from, aShipment(batches, { ...load, occurredAt: day })))
    const lines = batches.map((batchId) => ({ batchId, massKg: 100, accepted: true }))
    const received = await post(`/v1/shipments/${shipment}/receipt`, to, aReceipt(lines, { occurredAt: day }))
    expect(received.status).toBe(201)
  }
  const [one = '', two = '', three = '', four = ''] = await Promise.all(
    [1, 2, 3, 4].map(async () => batchOf(await post('/v1/pickups', keys.station, aPickup())).id),
  )
  await brought([one, two], keys.operator, other.keys.operator, '2026-08-14T00:00:00.000Z')
  const at = { occurredAt: '2026-08-15T00:00:00.000Z', siteId: 'shenjiamen' }
  const joined = [one, two].map((batchId) => ({ batchId, massKg: 50 }))
  const [lot = ''] = await made(
    other.keys.operator,
    aRun('', { ...at, step: 'consolidation', charges: joined, outputs: [{ massKg: 100 }] }),
  )
  const back = { organisationId: 'demo-coop', siteId: 'huzhou' }
  await brought([lot], other.keys.operator, keys.operator, '2026-08-16T00:00:00.000Z', {
    siteId: 'shenjiamen',
    to: back,
  })
  const later = { occurredAt: '2026-08-20T00:00:00.000Z', siteId: 'huzhou' }
  const washed = async (...from: string[]): Promise<readonly string[]> =>
    made(
      keys.recycler,
      aRun('', {
        ...later,
        step: 'cleaning',
        charges: from.map((batchId) => ({ batchId, massKg: 5 })),
        outputs: [{ massKg: 5 }, { massKg: 4 }],
        losses: { 'wash-loss': 1 },
      }),
    )
  const lots = [...(await washed(lot, three)), ...(await washed(three, four)), ...(await washed(four, lot))]
  const pelletized = async (from: readonly string[]): Promise<readonly string[]> =>
    made(
      keys.recycler,
      aRun('', {
        ...later,
        step: 'pelletizing',
        charges: from.map((batchId) => ({ batchId, massKg: 2 })),
        outputs: [{ massKg: 2 * from.length }],
      }),
    )
  const [pellets = ''] = await pelletized(lots)
  // What came after is no part of the proof of the pellets.
  await pelletized(lots.slice(0, 1))
  await washed(three, lot)
  return pellets
}

/**
 * What is to be in it, worked out from all events there are by the rule alone: every event that touches a batch or a run of
 * the lineage.
 */
function lineageOf(batch: string): Set<string> {
  return new Set([...subjectsUp(batch)].flatMap((subject) => touching(subject).map(({ id }) => id)))
}

const touching = (subject: string): DomainEvent[] =>
  [...known.values()].filter((event) => subjectsOf(event).includes(subject))

/** The batches and runs of a lineage. */
function subjectsUp(batch: string): Set<string> {
  const lineage = new Set([batch])
  // What is added while it is gone through is gone through too.
  for (const subject of lineage) {
    for (const event of touching(subject)) {
      if (event.type === 'RunClosed' && event.data.outputs.some((output) => output.batch === subject))
        lineage.add(event.home)
      if (event.type === 'RunCharged' && event.home === subject)
        for (const charge of event.data.charges) lineage.add(charge.batch)
    }
  }
  return lineage
}

/** What a reader needs: of every event that is reached, the histories of all subjects of the lineage up to there. */
function neededFrom(head: string, lineage: ReadonlySet<string>): Set<string> {
  const needed = new Set<string>()
  for (const hashes = [head]; hashes.length > 0;) {
    const event = known.get(hashes.pop() ?? '')
    if (!event || needed.has(event.id)) continue
    needed.add(event.id)
    hashes.push(...event.previous.filter(({ subject }) => lineage.has(subject)).map(({ hash }) => hash))
  }
  return needed
}

/** As the next process has it, which is told by a cursor. */
function reread(position: Position): Position {
  const read = unpackPosition(packPosition(position))
  expect(read).toEqual(position)
  return read ?? START
}

async function inPages(batch: string, mostEvents: number): Promise<string[][]> {
  const asked = { batch, isWanted: everything }
  const pages: string[][] = []
  for (let from: Position | undefined = START; from;) {
    const { events, next } = await readPage(asked, from, { mostEvents })
    pages.push(events.map(({ id }) => id))
    if (pages.length > 500) throw new Error('the pages do not end')
    from = next && reread(next)
  }
  return pages
}

describe.each([
  ['the product of the demo story', () => demoProduct],
  ['a blend', () => blend],
])('the proof of %s', (_, of) => {
  it('has exactly the events of its lineage, each once', async () => {
    const [page = []] = await inPages(of(), 10_000)
    expect(new Set(page)).toEqual(lineageOf(of()))
    expect(new Set(page).size).toBe(page.length)
  })

  it('has all that a reader needs who begins at its last event', async () => {
    const tip = await readTip(of())
    const [page = []] = await inPages(of(), 10_000)
    const needed = [...neededFrom(tip?.head ?? '', subjectsUp(of()))]
    expect(needed.length).toBeGreaterThan(5)
    expect(needed.filter((event) => !page.includes(event))).toEqual([])
  })

  it.each([1, 2, 3, 7])('has them all in pages of %i', async (size) => {
    const [whole = []] = await inPages(of(), 10_000)
    const pages = await inPages(of(), size)
    expect(new Set(pages.flat())).toEqual(new Set(whole))
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(size)
  })

  it('gives the same page again', async () => {
    expect(await inPages(of(), 5)).toEqual(await inPages(of(), 5))
  })
})

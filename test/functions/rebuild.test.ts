import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gtinHoldingItem } from '../../functions/adapters/gtin-holdings.ts'
import { gtinLotItem } from '../../functions/adapters/gtin-lots.ts'
import { loadedIn, stateItem, stringIn, subjectIn, type Item } from '../../functions/adapters/items.ts'
import { eventKey } from '../../functions/adapters/keys.ts'
import { unpacked } from '../../functions/adapters/packed.ts'
import type { Runtime } from '../../infra/local/runtime.ts'
import { DEMO_ORGANISATION } from '../../infra/local/story.ts'
import { takenBy } from '../../shared/domain/gs1/holding.ts'
import { gtinLotOf } from '../../shared/domain/gs1/lot.ts'
import { booksBalance } from '../../shared/domain/state/batch.ts'
import { fold, type HashedEvent } from '../../shared/domain/state/fold.ts'
import { makePassport } from '../../shared/domain/passport/make-passport.ts'
import { eventHash } from '../../shared/ledger/hash.ts'
import { batchOf, clientOf, jsonOf } from '../client.ts'
import { aPickup, aProduct, aRun, outputIdOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { eventsIn, passportIn, wholeTable } from '../table.ts'

/**
 * State is a fold of events and nothing else: everything that stands beside the events can be made again from them.
 * The one test that looks into the table behind the API's back, so the runtime runs in this process.
 */
let here: InProcess
let runtime: Runtime
let items: Item[]
let events: HashedEvent[]

beforeAll(async () => {
  here = await startInProcess('demo')
  runtime = here.runtime
  await drawManyAtOnce()
  await makeProductWithGtin()
  await runtime.projected()
  items = await wholeTable()
  events = eventsIn(items)
})
afterAll(async () => {
  await here?.end()
})

/** Twelve writers on two batches, so that histories interleave. */
async function drawManyAtOnce(): Promise<void> {
  const { keys } = runtime.credentials
  const { post } = clientOf(runtime.url)
  const pickups = await Promise.all([1, 2].map(() => post('/v1/pickups', keys.station, aPickup())))
  const ids = pickups.map((answer) => batchOf(answer).id)
  const draws = Array.from({ length: 12 }, (_, index) => {
    const charges = ids.map((batchId) => ({ batchId, massKg: index + 0.001 }))
    return post('/v1/runs', keys.recycler, aRun('', { charges, outputs: [{ massKg: index + 0.002 }] }))
  })
  for (const answer of await Promise.all(draws)) jsonOf(answer)
}

async function makeProductWithGtin(): Promise<void> {
  const { keys } = runtime.credentials
  const { post } = clientOf(runtime.url)
  const { id } = batchOf(await post('/v1/pickups', keys.station, aPickup()))
  const steps = ['cleaning', 'pelletizing'] as const
  let from = id
  for (const step of steps) from = outputIdOf(await post('/v1/runs', keys.recycler, aRun(from, { step })))
  const named = { gtin: '09506000134352', lot: 'REBUILT' }
  jsonOf(await post('/v1/products', keys.brand, aProduct(from, named)))
}

const stateOf = (batch: string): Item => {
  const item = itemsAt('STATE').find(({ pk }) => pk?.S === `B#${batch}`)
  if (!item) throw new Error(`no state of ${batch}`)
  return item
}

/** All that an item says, whether as text or packed. */
const toldBy = (item: Item): string =>
  Object.keys(item)
    .map((attribute) => unpacked(item[attribute]) ?? JSON.stringify(item[attribute]))
    .join(' ')

const itemsAt = (sk: string): Item[] => items.filter((item) => item['sk']?.S === sk)

describe('the table', () => {
  it('holds for every product lot with a GTIN who has it, and for no other', async () => {
    const lots = [...fold(new Map(), events).values()].flatMap((subject) => {
      const lot = subject.kind === 'batch' ? gtinLotOf(subject) : undefined
      return lot ? [gtinLotItem(lot), gtinHoldingItem(takenBy(lot.gtin, lot.madeBy))] : []
    })
    expect(lots).toHaveLength(2)
    expect(items.filter((item) => item['pk']?.S?.startsWith('L#'))).toEqual(lots)
  })

  it('holds every state as the fold of all events there ever were', () => {
    const folded = fold(new Map(), events)
    const states = itemsAt('STATE')
    expect(states.map((item) => subjectIn(item).id).sort()).toEqual([...folded.keys()].sort())
    for (const item of states) {
      const state = folded.get(subjectIn(item).id)
      if (!state) throw new Error('every state has events')
      expect(subjectIn(item)).toEqual(state)
      const { holds, revision } = loadedIn(item)
      expect({ ...item, state: undefined }).toEqual({
        ...stateItem({ subject: state, holds, revision }),
        state: undefined,
      })
    }
  })

  it('holds every event under the hash of what it says', async () => {
    expect(events.length).toBeGreaterThan(60)
    for (const { event, hash } of events) expect(await eventHash(event)).toBe(hash)
  })

  it('holds every history without a gap, and every link leads to an event of that subject', () => {
    const byKey = new Map(items.map((item) => [`${item['pk']?.S} ${item['sk']?.S}`, item]))
    for (const item of itemsAt('STATE')) {
      const { version, head } = subjectIn(item)
      let last: Item | undefined
      for (let sequence = 1; sequence <= version; sequence++) {
        const entry = byKey.get(`${item['pk']?.S} H#${String(sequence).padStart(6, '0')}`)
        if (!entry) throw new Error(`${item['pk']?.S} has no event ${sequence}`)
        const at = entry['at'] ? eventKey(stringIn(entry, 'at')) : undefined
        last = at ? byKey.get(`${at.pk} ${at.sk}`) : entry
      }
      expect(last?.['hash']?.S).toBe(head)
    }
    const versions = itemsAt('STATE').reduce((sum, item) => sum + subjectIn(item).version, 0)
    expect(items.filter((item) => item['sk']?.S?.startsWith('H#'))).toHaveLength(versions)
  })

  it('holds every passport as it would be made again', () => {
    const passports = itemsAt('PASSPORT')
    const subjects = [...fold(new Map(), events).values()]
    const batches = subjects.filter((subject) => subject.kind === 'batch')
    const certificates = subjects.filter((subject) => subject.kind === 'certificate')
    const organisations = [DEMO_ORGANISATION]
    expect(passports).toHaveLength(batches.length)
    for (const item of passports) {
      const stored = passportIn(item)
      const batch = batches.find(({ id }) => id === stored.id)
      if (!batch) throw new Error('every passport is of a batch')
      const { revision } = loadedIn(stateOf(batch.id))
      expect(stored).toEqual(makePassport(batch, { organisations, holds: [], certificates, revision }))
    }
  })

  it('neither made nor lost a gram', () => {
    const subjects = [...fold(new Map(), events).values()]
    expect(subjects.filter((subject) => subject.kind === 'batch' && !booksBalance(subject))).toEqual([])
    const grams = { in: 0, out: 0, there: 0 }
    for (const { event } of events) {
      if (event.type === 'PickupRecorded') grams.in += event.data.massGrams
      if (event.type === 'RunCharged') grams.in += event.data.pool.addedGrams
      if (event.type === 'RunClosed') {
        grams.out += event.data.unaccountedGrams
        for (const lost of Object.values(event.data.losses)) grams.out += lost
      }
    }
    for (const subject of subjects) if (subject.kind === 'batch') grams.there += subject.remainingGrams
    expect(grams.in).toBe(grams.out + grams.there)
  })

  it('keeps what is private beside the events, and never in one', async () => {
    const { post } = clientOf(runtime.url)
    const secret = `Lin ${randomUUID()}`
    await post('/v1/pickups', runtime.credentials.keys.station, aPickup({ collector: secret }))
    const holding = (await wholeTable()).filter((item) => toldBy(item).includes(secret))
    expect(holding).toHaveLength(1)
    expect(stringIn(holding[0] ?? {}, 'event')).not.toContain(secret)
    expect(holding[0]?.['sealed']?.S).toContain(secret)
  })
})

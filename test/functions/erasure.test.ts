import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventPage } from '../../shared/contract/answers/batches.ts'
import { uploadView } from '../../shared/contract/answers/photos.ts'
import { stringIn, subjectIn, type Item } from '../../functions/adapters/items.ts'
import { dynamo } from '../../functions/adapters/client.ts'
import { openedIn } from '../../functions/adapters/openings.ts'
import { unpacked } from '../../functions/adapters/packed.ts'
import { commitmentsOf } from '../../shared/domain/privacy/sealed.ts'
import { fold } from '../../shared/domain/state/fold.ts'
import { eventHash } from '../../shared/ledger/hash.ts'
import { commitment } from '../../shared/ledger/seal.ts'
import { batchOf, jsonOf } from '../client.ts'
import { aPickup, aShipment, idOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { eventsIn, wholeTable } from '../table.ts'
import { erasureIn, heldIn, newPerson, newVessel } from './held.ts'
import { expectProblem } from './refused.ts'

/** People are exported and erased, on the real engine and seen behind the API's back. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

const held = heldIn(() => here)
const { keys, theirs, pickup, sendErasure, erased, exported } = held

/** All that an item says, whether as text or packed. */
const toldBy = (item: Item): string =>
  Object.keys(item)
    .map((attribute) => unpacked(item[attribute]) ?? JSON.stringify(item[attribute]))
    .join(' ')

async function tableTells(secret: string): Promise<boolean> {
  return (await wholeTable()).some((item) => toldBy(item).includes(secret))
}

/** A photo that is in storage, as a pickup names it. */
async function givenPhoto() {
  const photo = new Uint8Array(randomBytes(500))
  const sha256 = createHash('sha256').update(photo).digest('hex')
  const announced = { sha256, mediaType: 'image/jpeg', bytes: photo.length }
  const upload = uploadView.parse(jsonOf(await here.client.post('/v1/photos', keys().station, announced)))
  const stored = await here.client.send('PUT', upload.url, { headers: upload.headers, body: photo })
  expect(stored.status).toBe(200)
  return announced
}
const storedPhotos = (): Promise<string[]> => readdir(join(here.dataDir, 'objects', 'photos', 'demo-coop'))

/** Whatever was erased: every event has its hash and its place, states follow from events, and what opens still fits. */
async function expectEvidence(): Promise<void> {
  const items = await wholeTable()
  const events = eventsIn(items)
  for (const { event, hash } of events) expect(await eventHash(event)).toBe(hash)
  const folded = fold(new Map(), events)
  for (const item of items.filter(({ sk }) => sk?.S === 'STATE'))
    expect(subjectIn(item)).toEqual(folded.get(subjectIn(item).id))
  for (const item of items) {
    const opened = openedIn(item)
    if (!opened) continue
    const commitments = commitmentsOf(opened.event)
    for (const [name, opening] of Object.entries(opened.openings))
      expect(await commitment(opening)).toBe(commitments[name])
  }
}

describe('an erasure', () => {
  it('leaves nothing of who collected in the table or in storage, and everything else as it was', async () => {
    const [collector, weigher, vessel, photo] = [newPerson(), newPerson(), newVessel(), await givenPhoto()]
    const position = { lat: 28.271634, lon: 121.615472 }
    const { id } = await pickup({ collector, weigher, vessel, position, photos: [photo] })
    await here.runtime.projected()
    const passport = await here.client.get(`/b/${id}?format=json`)
    const secrets = [collector, vessel, '28.271634', '121.615472', photo.sha256]
    for (const secret of secrets) expect(await tableTells(secret)).toBe(true)
    expect(await storedPhotos()).toContain(photo.sha256)

    const done = await erased(collector)
    expect(done).toMatchObject({ status: 'done', reason: 'person-asked', by: { kind: 'key' }, entries: 1 })
    expect(done.removed).toEqual({ collector: 1, vessel: 1, position: 1, photos: 1 })
    for (const secret of secrets) expect(await tableTells(secret)).toBe(false)
    expect(await storedPhotos()).not.toContain(photo.sha256)
    await here.runtime.projected()
    expect((await here.client.get(`/b/${id}?format=json`)).text).toBe(passport.text)
    expect(await exported(collector)).toEqual([])
    expect(await exported(weigher)).toMatchObject([
      { eventId: `${id}-1`, as: ['weigher'], fields: [{ name: 'weigher', value: weigher }] },
    ])
    await expectEvidence()
  })

  it('takes of those who only weighed or drove that alone', async () => {
    const [someone, collector] = [newPerson(), newPerson()]
    const position = { lat: 28.381634, lon: 121.725472 }
    const { id } = await pickup({ collector, weigher: someone, position })
    const load = aShipment([id], { driver: someone })
    const shipment = idOf(await here.client.post('/v1/shipments', keys().station, load))
    expect((await exported(someone)).map(({ as }) => as)).toEqual([['driver'], ['weigher']])
    expect(await erased(someone)).toMatchObject({
      entries: 2,
      removed: { driver: 1, vehicle: 1, weigher: 1 },
    })
    expect(await tableTells(someone)).toBe(false)
    expect(await tableTells('28.381634')).toBe(true)
    const sealed = await here.client.get(`/v1/shipments/${shipment}/sealed`, { key: keys().auditor })
    expect(sealed.text).toContain('"status":"erased"')
    expect(await exported(collector)).toMatchObject([{ as: ['collector'] }])
    await expectEvidence()
  })

  it('is itself an event, which names nobody, and no entry', async () => {
    const collector = newPerson()
    const { id } = await pickup({ collector })
    const { id: erasure } = await erased(collector)
    const { text } = await here.client.get(`/v1/erasures/${erasure}/events`, { key: keys().auditor })
    const events = eventPage.parse(JSON.parse(text)).items.map(({ event }) => event)
    expect(events).toMatchObject([
      { type: 'ErasureBegun', data: { reason: 'person-asked', sealed: { person: expect.any(String) } } },
      { type: 'PersonErased', data: { entries: 1, removed: { collector: 1 }, isDone: true } },
    ])
    expect(text).not.toContain(collector)
    expect(text).not.toContain(id)
    const items = (await wholeTable()).filter(({ pk }) => pk?.S === `X#${erasure}`)
    expect(items.filter((item) => item['sealed'])).toEqual([])
    const key = theirs().operator
    expectProblem(await here.client.get(`/v1/erasures/${erasure}`, { key }), {
      status: 404,
      code: 'not-found',
    })
  })

  it('finds people by their name however it is spelt, and in their own organisation alone', async () => {
    const name = newPerson()
    await pickup({ collector: `  ${name.toUpperCase()} ` })
    await pickup({ collector: name, siteId: 'shenjiamen' }, theirs().station)
    expect(await erased(name.toLowerCase())).toMatchObject({ entries: 1 })
    expect(await exported(name, 2, theirs().operator)).toHaveLength(1)
  })

  it('of nobody whom an entry names is done at once and removes nothing', async () => {
    expect(await erased(newPerson())).toMatchObject({ status: 'done', entries: 0, removed: {} })
  })

  it('reaches the position that a correction told anew, and a later one is not kept', async () => {
    const collector = newPerson()
    const { id } = await pickup({ collector, position: { lat: 28.491634, lon: 121.835472 } })
    const { siteId: _, occurredAt: __, ...fields } = aPickup({ massKg: 50 })
    const correct = async (lat: number, idempotencyKey: string = randomUUID()) => {
      const instead = { type: 'PickupRecorded', ...fields, position: { lat, lon: 121.845472 } }
      const body = { reason: 'typed wrong', instead }
      return here.client.post(`/v1/events/${id}-1/corrections`, keys().station, body, { idempotencyKey })
    }
    const sending = randomUUID()
    const first = await correct(28.501634, sending)
    expect(first.status).toBe(201)
    expect((await correct(28.5, sending)).status).toBe(422)
    expect(await exported(collector)).toMatchObject([
      { eventType: 'PickupRecorded', massKg: 100 },
      { eventType: 'EventCorrected', massKg: 50, as: ['collector'] },
    ])
    expect(await erased(collector)).toMatchObject({ entries: 2, removed: { collector: 1, position: 2 } })
    expect(await tableTells('28.501634')).toBe(false)
    expect((await correct(28.501634, sending)).text).toBe(first.text)
    const remembered = (await wholeTable()).filter(({ pk }) => pk?.S?.startsWith('I#'))
    expect(remembered.map(({ requestHash }) => requestHash?.S)).toContain(undefined)
    expect((await correct(28.511634)).status).toBe(201)
    for (const secret of ['28.501634', '28.511634']) expect(await tableTells(secret)).toBe(false)
    expect(await exported(collector)).toEqual([])
    await expectEvidence()
  })

  it('leaves nothing of either file of a photo, in storage or in what is known of their use', async () => {
    const [collector, original, thumbnail] = [newPerson(), await givenPhoto(), await givenPhoto()]
    await pickup({ collector, photos: [{ ...original, thumbnail }] })
    const [entry] = await exported(collector)
    expect(entry?.photos).toMatchObject([
      { sha256: original.sha256, thumbnail: { sha256: thumbnail.sha256 } },
    ])
    expect(await erased(collector)).toMatchObject({ removed: { photos: 1 } })
    for (const { sha256 } of [original, thumbnail]) {
      expect(await storedPhotos()).not.toContain(sha256)
      expect(await tableTells(sha256)).toBe(false)
    }
    await expectEvidence()
  })

  it('of six photos with thumbnails at a time removes all twelve files', async () => {
    const collector = newPerson()
    const six = await Promise.all(
      Array.from({ length: 6 }, async () => ({ ...(await givenPhoto()), thumbnail: await givenPhoto() })),
    )
    await pickup({ collector, photos: six })
    await erased(collector)
    const stored = await storedPhotos()
    expect(
      six
        .flatMap(({ sha256, thumbnail }) => [sha256, thumbnail.sha256])
        .filter((name) => stored.includes(name)),
    ).toEqual([])
  })

  it('keeps a photo that somebody else’s entry has too, and knows of that use alone', async () => {
    const [collector, other, photo] = [newPerson(), newPerson(), await givenPhoto()]
    await pickup({ collector, photos: [photo] })
    const { id } = await pickup({ collector: other, photos: [photo], massKg: 90 })
    await erased(collector)
    expect(await storedPhotos()).toContain(photo.sha256)
    const uses = (await wholeTable()).find(({ pk }) => pk?.S === `F#${photo.sha256}`) ?? {}
    expect(JSON.parse(stringIn(uses, 'uses'))).toMatchObject([{ batch: id }])
    await erased(other)
    expect(await storedPhotos()).not.toContain(photo.sha256)
  })
})

describe('a resend', () => {
  it('of a pickup whose collector was erased gives the first answer and brings nothing back', async () => {
    const [collector, sending] = [newPerson(), randomUUID()]
    const body = aPickup({ collector, position: { lat: 28.521634, lon: 121.855472 } })
    const send = (given: object) =>
      here.client.post('/v1/pickups', keys().station, { ...given }, { idempotencyKey: sending })
    const first = await send(body)
    expectProblem(await send({ ...body, massKg: 99 }), { status: 422, code: 'idempotency-key-reused' })
    await erased(collector)
    const again = await send(body)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    for (const secret of [collector, '28.521634']) expect(await tableTells(secret)).toBe(false)
    const item = (await wholeTable()).find(
      ({ pk, sk }) => pk?.S === `B#${batchOf(first).id}` && sk?.S === 'H#000001',
    )
    expect(item).not.toHaveProperty('requestHash')
  })

  it('of an erasure gives the same answer, and of one for somebody else is refused until it is done', async () => {
    const [person, sending] = [newPerson(), randomUUID()]
    await pickup({ collector: person })
    const first = await sendErasure(person, sending)
    const again = await sendErasure(person, sending)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual(['false', 'true'])
    expectProblem(await sendErasure(person, sending, { reason: 'no-longer-needed' }), {
      status: 422,
      code: 'idempotency-key-reused',
    })
  })
})

/** Enough entries for three transactions. */
const MANY = 200

describe('an erasure of many entries', () => {
  it('that is cut off goes on where it was when it is sent again, and counts every entry once', async () => {
    const [person, sending] = [newPerson(), randomUUID()]
    await givenMany(person)
    const broken = await failing(2, () => sendErasure(person, sending))
    expect(broken.status).toBe(500)
    const left = (await exported(person, 100)).length
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(MANY)
    expectProblem(await sendErasure(newPerson(), sending), { status: 422, code: 'idempotency-key-reused' })
    const done = await erased(person, sending)
    expect(done).toMatchObject({ status: 'done', entries: MANY, removed: { collector: MANY } })
    expect(await tableTells(person)).toBe(false)
    await expectEvidence()
  }, 60_000)

  it('that is sent twice at once is done once', async () => {
    const [person, sending] = [newPerson(), randomUUID()]
    await givenMany(person)
    const answers = await Promise.all([1, 2].map(() => sendErasure(person, sending)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const { id } = await erased(person, sending)
    const read = await here.client.get(`/v1/erasures/${id}`, { key: keys().auditor })
    expect(erasureIn(read)).toMatchObject({ status: 'done', entries: MANY, removed: { collector: MANY } })
    await expectEvidence()
  }, 60_000)
})

async function givenMany(collector: string): Promise<void> {
  await Promise.all(Array.from({ length: MANY }, (_, n) => pickup({ collector, massKg: n + 1 })))
}

/** Does something while every transaction from the nth that erases on fails, as where a process ends in between. */
async function failing<T>(nth: number, work: () => Promise<T>): Promise<T> {
  let erasing = 0
  const name = 'cut-off'
  dynamo().middlewareStack.add(
    (next) => async (args) => {
      const isErasing =
        'TransactItems' in args.input && JSON.stringify(args.input).includes('REMOVE requestHash')
      if (isErasing && ++erasing >= nth) throw new Error('cut off')
      return next(args)
    },
    { step: 'initialize', name },
  )
  try {
    return await work()
  } finally {
    dynamo().middlewareStack.remove(name)
  }
}

describe('neither', () => {
  it.each(['collector', 'station', 'recycler', 'brand', 'auditor'] as const)(
    'an erasure nor an export is anything for the %s',
    async (role) => {
      const key = keys()[role]
      const sent = [
        await held.sendExport('x', {}, key),
        await here.client.post('/v1/erasures', key, { person: 'x', reason: 'person-asked' }),
      ]
      for (const answer of sent) expectProblem(answer, { status: 403, code: 'role-not-allowed' })
    },
  )

  it('takes an erasure without a reason, or for one in words', async () => {
    for (const reason of [undefined, 'Lin asked me to'])
      expectProblem(await sendErasure(newPerson(), randomUUID(), { reason }), {
        status: 400,
        code: 'invalid-request',
        pointer: '/reason',
      })
  })
})

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { uploadView } from '../../shared/contract/answers/photos.ts'
import { accessPage, sealedPage } from '../../shared/contract/answers/privacy.ts'
import { ROLES, type Role } from '../../shared/domain/organisation.ts'
import { commitment } from '../../shared/ledger/seal.ts'
import { jsonOf } from '../client.ts'
import { aShipment, givenId, givenPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Who is shown what is sealed, on the real engine. */
const runtime = runtimeForTests()

const POSITION = { lat: 28.271634, lon: 121.615472, accuracyM: 12 }
const newPerson = (): string => `Chen ${randomUUID()}`

interface Private {
  readonly collector: string
  readonly weigher: string
  readonly vessel: string
  readonly position: typeof POSITION
}

const somePrivate = (): Private => ({
  collector: newPerson(),
  weigher: newPerson(),
  vessel: `浙椒渔${randomBytes(4).readUInt32BE()}`,
  position: POSITION,
})

type Sealed = z.output<typeof sealedPage>['items'][number]

const readSealed = (path: string, key: string) => runtime.get(`/v1/${path}/sealed`, { key })
const sealedOf = async (path: string, key: string): Promise<Sealed[]> =>
  sealedPage.parse(jsonOf(await readSealed(path, key))).items
const statuses = (item: Sealed | undefined) =>
  Object.fromEntries((item?.fields ?? []).map(({ name, status }) => [name, status]))
const accessesOf = async (key: string) =>
  accessPage.parse(jsonOf(await runtime.get('/v1/accesses?limit=100', { key }))).items

const ALL = ['collector', 'position', 'vessel', 'weigher'] as const
const every = (status: string) => Object.fromEntries(ALL.map((name) => [name, status]))

describe('what is sealed in a pickup', () => {
  it.each(['operator', 'auditor', 'station'] as const)(
    'is shown to the %s with its salts, each of which opens the commitment in the event',
    async (role) => {
      const told = somePrivate()
      const { id } = await givenPickup(runtime, told)
      const [item, ...others] = await sealedOf(`batches/${id}`, runtime.keys[role])
      expect(others).toEqual([])
      expect(statuses(item)).toEqual(every('shown'))
      const { items } = await runtime.events(id, runtime.keys.auditor)
      const commitments = items[0]?.event['data']
      for (const { name, salt = '', value, commitment: given } of item?.fields ?? []) {
        expect(await commitment({ salt, value })).toBe(given)
        expect(commitments).toMatchObject({ sealed: { [name]: given } })
      }
      const values = Object.fromEntries((item?.fields ?? []).map(({ name, value }) => [name, value]))
      expect(values).toEqual({ ...told, position: { ...POSITION, crs: 'WGS84' } })
    },
  )

  it.each(['recycler', 'brand', 'collector'] as const)(
    'is nothing but sealed to the %s, and nobody is noted as having been shown it',
    async (role) => {
      const told = somePrivate()
      const { id } = await givenPickup(runtime, told)
      const answer = await readSealed(`batches/${id}`, runtime.keys[role])
      expect(statuses(sealedPage.parse(jsonOf(answer)).items[0])).toEqual(every('withheld'))
      for (const secret of [told.collector, told.weigher, told.vessel, '28.27163', '"salt"'])
        expect(answer.text).not.toContain(secret)
      const accesses = await accessesOf(runtime.keys.auditor)
      expect(JSON.stringify(accesses)).not.toContain(id)
    },
  )

  it.each(ROLES)('is not there for the %s of another organisation', async (role: Role) => {
    const { id } = await givenPickup(runtime, somePrivate())
    expectProblem(await readSealed(`batches/${id}`, runtime.otherKeys[role]), {
      status: 404,
      code: 'not-found',
    })
  })

  it('is not shown to whoever has the batch next', async () => {
    const { id } = await givenPickup(runtime, somePrivate())
    await givenId(runtime, '/v1/shipments', runtime.keys.station, aShipment([id]))
    const receipt = { occurredAt: '2026-08-14T00:00:00.000Z', lines: [{ batchId: id, massKg: 100 }] }
    const { shipmentId } = await runtime.batch(id, runtime.keys.auditor)
    jsonOf(await runtime.post(`/v1/shipments/${shipmentId}/receipt`, runtime.otherKeys.station, receipt))
    expect(await sealedOf(`batches/${id}`, runtime.otherKeys.operator)).toEqual([])
    expect(await sealedOf(`batches/${id}`, runtime.keys.operator)).toHaveLength(1)
  })

  const storedFile = async (mediaType: string) => {
    const file = new Uint8Array(randomBytes(2_000))
    const sha256 = createHash('sha256').update(file).digest('hex')
    const announced = { sha256, mediaType, bytes: file.length }
    const upload = uploadView.parse(jsonOf(await runtime.post('/v1/photos', runtime.keys.station, announced)))
    await runtime.send('PUT', upload.url, { headers: upload.headers, body: file })
    return { file, announced }
  }

  it('comes with a link to either file of a photo, each as what it is', async () => {
    const [original, small] = [await storedFile('image/heic'), await storedFile('image/jpeg')]
    const photo = { ...original.announced, thumbnail: small.announced }
    const { id } = await givenPickup(runtime, { photos: [photo] })
    const [item] = await sealedOf(`batches/${id}`, runtime.keys.station)
    const [link] = item?.photos ?? []
    expect(link).toMatchObject({ sha256: photo.sha256, thumbnail: { sha256: photo.thumbnail.sha256 } })
    for (const [url = '', mediaType, file] of [
      [link?.url, 'image/heic', original.file],
      [link?.thumbnail?.url, 'image/jpeg', small.file],
    ] as const) {
      const shown = await runtime.get(url)
      expect(shown.headers.get('content-type')).toBe(mediaType)
      expect(new Uint8Array(shown.bytes)).toEqual(file)
    }
  })

  it('comes with links to its photos, for those who may see them and for nothing else', async () => {
    const { file: photo, announced } = await storedFile('image/png')
    const { id } = await givenPickup(runtime, { photos: [announced] })
    const [item] = await sealedOf(`batches/${id}`, runtime.keys.station)
    const [link] = item?.photos ?? []
    const shown = await runtime.get(link?.url ?? '')
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(shown.bytes)).toEqual(photo)
    expect((await runtime.send('DELETE', link?.url ?? '')).status).toBe(403)
    expect((await runtime.get((link?.url ?? '').replace('image%2Fpng', 'text%2Fhtml'))).status).toBe(403)
    const [withheld] = await sealedOf(`batches/${id}`, runtime.keys.brand)
    expect(withheld).not.toHaveProperty('photos')
  })
})

describe('the driver of a shipment', () => {
  it('is shown to the operator and the auditor of the sender, and withheld from the station', async () => {
    const driver = newPerson()
    const { id } = await givenPickup(runtime)
    const shipment = await givenId(
      runtime,
      '/v1/shipments',
      runtime.keys.station,
      aShipment([id], { driver }),
    )
    const [item] = await sealedOf(`shipments/${shipment}`, runtime.keys.auditor)
    expect(item?.fields).toMatchObject([
      { name: 'driver', status: 'shown', value: driver },
      { name: 'vehicle', status: 'shown', value: '浙J12345' },
    ])
    const [withheld] = await sealedOf(`shipments/${shipment}`, runtime.keys.station)
    expect(statuses(withheld)).toEqual({ driver: 'withheld', vehicle: 'shown' })
    expect(await sealedOf(`shipments/${shipment}`, runtime.otherKeys.operator)).toEqual([])
  })
})

describe('a reading of what is sealed', () => {
  it('is recorded with who was shown which fields of which events, and no value', async () => {
    const told = somePrivate()
    const { id } = await givenPickup(runtime, told)
    await sealedOf(`batches/${id}`, runtime.keys.operator)
    const accesses = await accessesOf(runtime.keys.auditor)
    const own = accesses.filter(({ shown }) => shown.some(({ event }) => event === `${id}-1`))
    expect(own).toMatchObject([
      { role: 'operator', by: { kind: 'key' }, asked: 'sealed', shown: [{ event: `${id}-1` }] },
    ])
    expect(own[0]?.shown[0]?.fields.toSorted()).toEqual(ALL)
    for (const secret of [told.collector, told.weigher, told.vessel])
      expect(JSON.stringify(accesses)).not.toContain(secret)
    expect(JSON.stringify(await accessesOf(runtime.otherKeys.operator))).not.toContain(id)
  })

  it('is a scope of its own', async () => {
    const body = { name: 'Reader', role: 'auditor', scopes: ['read'] }
    const { secret } = JSON.parse((await runtime.post('/v1/keys', runtime.keys.operator, body)).text)
    const { id } = await givenPickup(runtime, somePrivate())
    expectProblem(await readSealed(`batches/${id}`, secret), {
      status: 403,
      code: 'scope-not-allowed',
      says: ['privacy'],
    })
  })

  it('is listed page by page, newest first', async () => {
    for (let n = 0; n < 3; n++) {
      const { id } = await givenPickup(runtime, somePrivate())
      await sealedOf(`batches/${id}`, runtime.keys.auditor)
    }
    const all = await accessesOf(runtime.keys.operator)
    const paged: typeof all = []
    for (let cursor = ''; ;) {
      const query = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`
      const page = accessPage.parse(
        jsonOf(await runtime.get(`/v1/accesses${query}`, { key: runtime.keys.operator })),
      )
      paged.push(...page.items)
      if (page.next === undefined) break
      cursor = page.next
    }
    expect(paged).toEqual(all)
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { tracePage } from '../../shared/contract/answers/batches.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { eventHash } from '../../shared/ledger/hash.ts'
import { batchOf, jsonOf, problemOf, type BatchView } from '../client.ts'
import { aPickup, aProduct, aRun, givenPickup, givenRun, newKey } from '../given.ts'
import { eventually, startTestRuntime, type TestRuntime } from '../runtime.ts'

/** The good way, over HTTP: from the beach to the product, and back. */
let runtime: TestRuntime
let pickups: BatchView[]
let sorted: BatchView
let cleaned: BatchView
let pellets: BatchView
let product: BatchView

const POSITION = { lat: 28.27161, lon: 121.61543, accuracyM: 8 }
const PRIVATE = { position: POSITION, collector: 'Lin Haibo', vessel: '浙岭渔 21107' }
const sha256 = 'ab'.repeat(32)

beforeAll(async () => {
  runtime = await startTestRuntime()
  const { keys } = runtime
  const photos = [{ sha256, mediaType: 'image/jpeg', bytes: 1000 }]
  pickups = [
    await givenPickup(runtime, { massKg: 60, siteId: 'shitang', ...PRIVATE, photos }),
    await givenPickup(runtime, { massKg: 40, form: 'float' }),
  ]
  const [first, second] = pickups.map(({ id, massKg }) => ({ batchId: id, massKg }))
  const charges = [{ ...first, transport: { mode: 'road', distanceKm: 62 } }, second]
  const run = async (body: ReturnType<typeof aRun>): Promise<BatchView> => {
    const { outputs } = runView.parse(jsonOf(await runtime.post('/v1/runs', keys.recycler, body)))
    if (!outputs[0]) throw new Error('the run made nothing')
    return outputs[0]
  }
  sorted = await run(aRun('', { charges, outputs: [{ massKg: 90 }], losses: { reject: 9 } }))
  const charge = (batch: BatchView, massKg: number) => ({ charges: [{ batchId: batch.id, massKg }] })
  cleaned = await run(
    aRun('', {
      step: 'cleaning',
      ...charge(sorted, 90),
      outputs: [{ massKg: 80 }],
      losses: { 'wash-loss': 10 },
    }),
  )
  pellets = await run(
    aRun('', {
      step: 'pelletizing',
      ...charge(cleaned, 80),
      outputs: [{ massKg: 78 }],
      losses: { purge: 2 },
    }),
  )
  const lot = { ...charge(pellets, 50), units: 1000, gramsPerUnit: 60, otherMaterialKg: 10 }
  product = batchOf(await runtime.post('/v1/products', keys.brand, aProduct('', lot)))
})
afterAll(async () => runtime?.stop())

const passportOf = (id: string): Promise<Passport> =>
  eventually(`the passport of ${id}`, async () => {
    const { status, text } = await runtime.get(`/b/${id}?format=json`)
    if (status !== 200) return undefined
    const passport: Passport = JSON.parse(text)
    return passport
  })

describe('the way from the beach to the product', () => {
  it('passes every stage, and each batch is left with what was not drawn', async () => {
    const all = [...pickups, sorted, cleaned, pellets, product]
    const now = await Promise.all(all.map(({ id }) => runtime.batch(id, runtime.keys.auditor)))
    expect(now.map(({ stage, massKg, remainingKg, status }) => [stage, massKg, remainingKg, status])).toEqual(
      [
        ['collected', 60, 0, 'used-up'],
        ['collected', 40, 0, 'used-up'],
        ['sorted', 90, 0, 'used-up'],
        ['cleaned', 80, 0, 'used-up'],
        ['pelletized', 78, 28, 'active'],
        ['product', 60, 60, 'active'],
      ],
    )
  })

  it('carries the places along to the gram, and shows added material as such', () => {
    expect(product.origins).toEqual([
      { placeId: 'dachen', period: '2026-08', found: 'unrecorded', massKg: 20 },
      { placeId: 'other', period: '', massKg: 10 },
      { placeId: 'shitang', period: '2026-08', found: 'near-coast', massKg: 30 },
    ])
    expect(product.product).toEqual({ name: 'Phone case', units: 1000, gramsPerUnit: 60 })
  })

  it('notes for an auditor what a run did not account for', async () => {
    const { id } = await givenPickup(runtime)
    const body = aRun(id, { outputs: [{ massKg: 9 }], losses: { reject: 0.5 } })
    const run = runView.parse(jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, body)))
    expect(run).toMatchObject({ inputKg: 10, losses: { reject: 0.5 }, unaccountedKg: 0.5 })
    expect(run.checks).toContainEqual(expect.objectContaining({ rule: 'R10', verdict: 'review' }))
  })

  it('is told to whoever scans the code, as a page and as JSON', async () => {
    const passport = await passportOf(product.id)
    expect(passport).toMatchObject({
      id: product.id,
      stage: 'product',
      massGrams: 60_000,
      otherMaterialGrams: 10_000,
    })
    expect(passport.journey.map(({ step }) => step)).toEqual([
      'collection',
      'sorting',
      'cleaning',
      'pelletizing',
      'manufacturing',
    ])
    // 60 kg over 62 km, of which 50 of 78 kg of pellets went on. How the other pickup came to the sorting nobody said.
    expect(passport.carbon?.parts).toContainEqual(
      expect.objectContaining({ item: 'transport-road', amount: 2_384_615 }),
    )
    expect(passport.carbon?.missing).toEqual(expect.arrayContaining(['transport-road', 'transport-sea']))
    const page = await runtime.get(`/b/${product.id.toLowerCase()}`, {
      headers: { 'accept-language': 'zh-CN' },
    })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('石塘')
    const asJson = await runtime.get(`/b/${product.id}`, { headers: { accept: 'application/json' } })
    expect(asJson.headers.get('content-type')).toBe('application/json')
  })

  it('tells nobody who it was, with which boat, where exactly, or in which photo', async () => {
    const [first] = pickups
    if (!first) throw new Error('there is a first pickup')
    await passportOf(first.id)
    const key = runtime.keys.auditor
    const told = await Promise.all([
      runtime.get(`/v1/batches/${first.id}`, { key }),
      runtime.get(`/v1/batches/${first.id}/events`, { key }),
      runtime.get(`/v1/batches/${product.id}/trace`, { key }),
      runtime.get(`/b/${first.id}?format=json`),
      runtime.get(`/b/${first.id}`),
    ])
    for (const { text } of told) {
      for (const secret of ['Lin Haibo', '21107', '28.2716', '121.6154', sha256])
        expect(text).not.toContain(secret)
    }
  })
})

describe('the history of a batch', () => {
  const links = z.array(z.strictObject({ subject: z.string(), hash: z.string() }))

  it('names the hash of the event before, and every hash can be computed again', async () => {
    for (const { id } of [...pickups, sorted, cleaned, pellets, product]) {
      const { items } = await runtime.events(id, runtime.keys.auditor)
      expect(items.length).toBeGreaterThan(0)
      for (const { event, hash } of items) expect(await eventHash(event)).toBe(hash)
      const named = items.map(({ event }) =>
        links.parse(event['previous']).find(({ subject }) => subject === id),
      )
      const before = items.slice(0, -1).map(({ hash }) => ({ subject: id, hash }))
      expect(named).toEqual([undefined, ...before])
    }
  })

  it('comes in pages that make up the whole', async () => {
    const { id } = await givenPickup(runtime)
    for (let draw = 0; draw < 4; draw++) await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id))
    const whole = await runtime.events(id, runtime.keys.auditor)
    expect(whole.items.map(({ event }) => event['type'])).toEqual([
      'PickupRecorded',
      ...Array.from({ length: 4 }, () => 'RunCharged'),
    ])
    const paged: typeof whole.items = []
    for (let query = '?limit=2'; query !== '';) {
      const { items, next } = await runtime.events(id, runtime.keys.auditor, query)
      expect(items.length).toBeLessThanOrEqual(2)
      paged.push(...items)
      query = next === undefined ? '' : `?limit=2&cursor=${next}`
    }
    expect(paged).toEqual(whole.items)
  })
})

describe('the backward trace', () => {
  const trace = async (query: string) =>
    tracePage.parse(
      jsonOf(await runtime.get(`/v1/batches/${product.id}/trace${query}`, { key: runtime.keys.brand })),
    )

  it('leads from the product to the pickups, nearest first, each named once', async () => {
    const { root, nodes, next } = await trace('')
    expect([root, next]).toEqual([product.id, undefined])
    const beach = pickups.map(({ id }) => id).sort()
    expect(nodes.map(({ id, depth }) => [id, depth])).toEqual(
      [product.id, pellets.id, cleaned.id, sorted.id, ...beach].map((id, index) => [id, Math.min(index, 4)]),
    )
    expect(nodes[0]?.from).toEqual([{ batchId: pellets.id, massKg: 50 }])
    expect(nodes.at(-1)?.from).toEqual([])
  })

  it('comes in pages that make up the whole', async () => {
    const whole = await trace('')
    const paged: typeof whole.nodes = []
    for (let query = '?limit=1'; query !== '';) {
      const { nodes, next } = await trace(query)
      expect(nodes).toHaveLength(1)
      paged.push(...nodes)
      query = next === undefined ? '' : `?limit=1&cursor=${next}`
    }
    expect(paged).toEqual(whole.nodes)
  })
})

describe('what was read before', () => {
  it('of a batch is not sent again until the batch has changed', async () => {
    const { id } = await givenPickup(runtime)
    const key = runtime.keys.auditor
    const read = (tag: string) => runtime.get(`/v1/batches/${id}`, { key, headers: { 'if-none-match': tag } })
    const tag = (await read('')).headers.get('etag') ?? ''
    const again = await read(tag)
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag])
    await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id))
    const changed = await read(tag)
    expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false])
  })

  it('of a passport is not sent again, but each language and shape has its own tag', async () => {
    await passportOf(product.id)
    const read = (query: string, tag = '') =>
      runtime.get(`/b/${product.id}${query}`, { headers: { 'if-none-match': tag } })
    const tags = await Promise.all(
      ['?lang=en', '?lang=zh', '?format=json'].map(
        async (query) => (await read(query)).headers.get('etag') ?? '',
      ),
    )
    expect(new Set(tags).size).toBe(3)
    const again = await read('?lang=en', tags[0])
    expect([again.status, again.text]).toEqual([304, ''])
    // It would take the place of the policy that the page came with, which alone allows its style.
    expect(again.headers.has('content-security-policy')).toBe(false)
    // Compressed or not are other bytes of the same, so their tag is weak; who has either has both.
    const squeezed = await runtime.get(`/b/${product.id}?lang=en`, { headers: { 'accept-encoding': 'br' } })
    expect(squeezed.headers.get('etag')).toBe(`W/${tags[0]}`)
    expect((await read('?lang=en', `"other", W/${tags[0]}`)).status).toBe(304)
    expect((await read('?lang=zh', tags[0])).status).toBe(200)
  })

  it('of a passport is sent again once something that it was made of is held', async () => {
    const { keys } = runtime
    const pickup = await givenPickup(runtime, { massKg: 10 })
    const made = await givenRun(runtime, 'sorting', pickup.id, 10)
    await passportOf(made.id)
    const read = (tag = '') => runtime.get(`/b/${made.id}`, { headers: { 'if-none-match': tag } })
    const tag = (await read()).headers.get('etag') ?? ''
    await runtime.post(`/v1/batches/${pickup.id}/hold`, keys.operator, { reason: 'contamination' })
    await eventually('the hold on the page of what was made', async () =>
      (await read(tag)).text.includes('role="alert"') ? true : undefined,
    )
    const { holds } = await passportOf(made.id)
    expect(holds).toMatchObject([{ batch: pickup.id, reason: 'contamination' }])
  })
})

it('refuses a passport in JSON to who asks for JSON, and with a page to who asks for a page', async () => {
  const ask = (path: string, accept: string) => runtime.get(path, { headers: { accept } })
  const refusedAs = async (path: string) => problemOf(await ask(path, 'text/html;q=0, application/json'))
  expect(await refusedAs('/b/B000000000000')).toMatchObject({ status: 404, code: 'not-found' })
  expect(await refusedAs('/b/zzz')).toMatchObject({ status: 400, code: 'invalid-request' })
  expect(problemOf(await runtime.get('/b/zzz?format=json')).status).toBe(400)
  const page = await ask('/b/zzz', 'text/html, */*;q=0.8')
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
})

describe('a request that is sent again', () => {
  it.each(['/v1/pickups', '/v1/runs', '/v1/products'] as const)(
    'to %s gets the first answer, byte for byte, and changes nothing',
    async (path) => {
      const bodies = {
        '/v1/pickups': [runtime.keys.station, aPickup()],
        '/v1/runs': [runtime.keys.recycler, aRun((await givenPickup(runtime, { massKg: 10 })).id)],
        '/v1/products': [runtime.keys.brand, aProduct(pellets.id, { gramsPerUnit: 2, units: 5000 })],
      } as const
      const [key, body] = bodies[path]
      const idempotencyKey = newKey()
      const send = () => runtime.post(path, key, body, { idempotencyKey })
      const first = await send()
      expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, 'false'])
      const before = await runtime.allBatches(runtime.keys.auditor)
      const second = await send()
      expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
      expect(second.text).toBe(first.text)
      expect(second.headers.get('location')).toBe(first.headers.get('location'))
      expect(await runtime.allBatches(runtime.keys.auditor)).toEqual(before)
    },
  )

  it('after it was refused is looked at anew: a refusal is not remembered', async () => {
    const idempotencyKey = newKey()
    const send = (massKg: number) =>
      runtime.post('/v1/pickups', runtime.keys.station, aPickup({ massKg }), { idempotencyKey })
    expect((await send(-1)).status).toBe(400)
    expect((await send(1)).status).toBe(201)
  })
})

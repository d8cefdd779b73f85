import { connect } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { BatchView, Body } from '../client.ts'
import { aPickup, aRun, givenPickup, newKey } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { refused } from './refused.ts'

/** What programs get wrong about HTTP: bodies that are none, keys, paths, methods, queries. */
const runtime = runtimeForTests()
let batch: BatchView

beforeAll(async () => {
  batch = await givenPickup(runtime)
})

const pickup =
  (body: Body, headers: Readonly<Record<string, string>> = {}) =>
  () =>
    runtime.post('/v1/pickups', runtime.keys.collector, body, { headers })

describe('a body', () => {
  it.each([
    ['that is cut off', '{"siteId":"dachen"'],
    ['that is empty', ''],
    ['that is compressed', new Uint8Array(gzipSync(JSON.stringify(aPickup())))],
    ['that is not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ])('%s is refused as malformed', async (_what, body) => {
    await refused(runtime, pickup(body), {
      status: 400,
      code: 'malformed-json',
      says: ['The body is not '],
    })
  })

  it.each([
    ['null', 'null', 'null'],
    ['a list', '[]', 'a list of 0'],
    ['a list ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'a list of 1'],
    ['a text', '"pickup"', '"pickup"'],
  ])('that is %s is refused for what it is', async (_what, body, given) => {
    await refused(runtime, pickup(body), {
      status: 400,
      code: 'invalid-request',
      pointer: '',
      says: ['expected object', `Given: ${given}`],
    })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of type %s is refused, naming the type that is taken',
    async (type) => {
      await refused(runtime, pickup(JSON.stringify(aPickup()), { 'content-type': type }), {
        status: 415,
        code: 'unsupported-media-type',
        says: [`Given: ${type}`, 'allowed: application/json'],
      })
    },
  )

  it('of type JSON with a charset is taken', async () => {
    const sent = await pickup(aPickup(), { 'content-type': 'Application/JSON; charset=utf-8' })()
    expect(sent.status).toBe(201)
  })

  it.each([
    ['application/json; charset=gbk', undefined, 'charset gbk'],
    ['application/json', 'gzip', 'content-encoding gzip'],
  ])('of type %s, packed as %s, is refused', async (type, coding, given) => {
    const headers = { 'content-type': type, ...(coding !== undefined && { 'content-encoding': coding }) }
    await refused(runtime, pickup(JSON.stringify(aPickup()), headers), {
      status: 415,
      code: 'unsupported-media-type',
      says: [`Given: ${given}`],
    })
  })

  it('that is not UTF-8 is refused, and nothing is put in the place of what cannot be read', async () => {
    const [before, after] = JSON.stringify(aPickup({ collector: '@' })).split('@')
    const bytes = Buffer.concat([Buffer.from(before ?? ''), Buffer.of(0xb3, 0xc2), Buffer.from(after ?? '')])
    await refused(runtime, pickup(new Uint8Array(bytes)), {
      status: 400,
      code: 'malformed-json',
      says: ['not UTF-8'],
    })
  })

  it.each([
    ['massKg', '"massKg":100', '"massKg":1,"massKg":100', '/massKg'],
    ['the latitude', '"siteId"', '"position":{"lat":28.3,"lat":-28.3,"lon":121.6},"siteId"', '/position/lat'],
  ])(
    'that gives %s twice is refused, for two readers could see two requests',
    async (_what, once, twice, pointer) => {
      const text = JSON.stringify(aPickup({ massKg: 100 }))
      expect(text).toContain(once)
      await refused(runtime, pickup(text.replace(once, twice)), {
        status: 400,
        code: 'invalid-request',
        pointer,
        says: [`${pointer} more than once`],
      })
    },
  )

  it('of 256,000 bytes is read, and of one more is not', async () => {
    const of = (bytes: number) => JSON.stringify(aPickup()).padEnd(bytes, ' ')
    expect((await pickup(of(256_000))()).status).toBe(201)
    await refused(runtime, pickup(of(256_001)), {
      status: 413,
      code: 'body-too-large',
      says: ['256001', '256000'],
    })
  })

  it.each([1_000_000, 3_000_000])('of %d bytes is refused for its size', async (bytes) => {
    await refused(runtime, pickup(aPickup({ collector: 'x'.repeat(bytes) })), {
      status: 413,
      code: 'body-too-large',
    })
  })
})

describe('an Idempotency-Key', () => {
  const withKey = (key: string) => pickup(aPickup(), { 'idempotency-key': key })

  it.each(['', 'again', '1', `${newKey()}0`, `{${newKey()}}`, newKey().replaceAll('-', '')])(
    'that is not a UUID (%j) is refused',
    async (key) => {
      const says = ['must be a UUID', JSON.stringify(key)]
      await refused(runtime, withKey(key), { status: 400, code: 'idempotency-key-missing', says })
    },
  )

  it('is needed', async () => {
    const headers = { authorization: `Bearer ${runtime.keys.collector}`, 'content-type': 'application/json' }
    const send = () => runtime.send('POST', '/v1/pickups', { headers, body: JSON.stringify(aPickup()) })
    const says = ['must be a UUID', 'none was given']
    await refused(runtime, send, { status: 400, code: 'idempotency-key-missing', says })
  })

  it('that was used with another body is refused, whether or not that body would be right', async () => {
    const used = newKey()
    expect((await withKey(used)()).status).toBe(201)
    const again = (changes: object) => pickup(aPickup(changes), { 'idempotency-key': used.toUpperCase() })
    await refused(runtime, again({ massKg: 99.999 }), {
      status: 422,
      code: 'idempotency-key-reused',
      says: ['another body'],
    })
    await refused(runtime, again({ massKg: -1 }), { status: 400, code: 'invalid-request' })
  })

  it("is its organisation's own: another may happen on the same one", async () => {
    const same = newKey()
    const mine = await withKey(same)()
    const theirs = await runtime.post(
      '/v1/pickups',
      runtime.otherKeys.collector,
      aPickup({ siteId: 'shenjiamen' }),
      { idempotencyKey: same },
    )
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.headers.get('location')).not.toBe(mine.headers.get('location'))
  })
})

describe('a caller', () => {
  it.each([
    ['without a key', undefined, 'No key was given'],
    ['with a key that nobody has', 'Bearer tm_collector_nobody', 'not known'],
    ['with a password instead', 'Basic YTpi', 'no bearer key'],
    ['with an empty key', 'Bearer ', 'no bearer key'],
  ])('%s is refused and told what to send', async (_what, authorization, says) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': newKey() }
    const send = () =>
      runtime.send('POST', '/v1/pickups', {
        headers: { ...headers, ...(authorization !== undefined && { authorization }) },
        body: JSON.stringify(aPickup()),
      })
    await refused(runtime, send, {
      status: 401,
      code: 'unauthenticated',
      says: [says, 'Authorization: Bearer <key>'],
    })
    expect((await send()).headers.get('www-authenticate')).toBe('Bearer realm="tidemark"')
  })

  it.each([
    ['/v1/pickups', 'recycler', 'operator, collector, station'],
    ['/v1/photos', 'brand', 'operator, collector, station'],
    ['/v1/runs', 'collector', 'operator, station, recycler'],
    ['/v1/products', 'auditor', 'operator, brand'],
  ] as const)(
    'of the wrong role is refused at %s before its body is looked at',
    async (path, role, allowed) => {
      await refused(runtime, () => runtime.post(path, runtime.keys[role], 'not even JSON'), {
        status: 403,
        code: 'role-not-allowed',
        says: [`the role ${role}`, `allowed here: ${allowed}`],
      })
    },
  )

  it.each(['', '/events', '/trace'])(
    "does not learn that another organisation's batch is there (%s)",
    async (rest) => {
      const read = (id: string) => () =>
        runtime.get(`/v1/batches/${id}${rest}`, { key: runtime.otherKeys.auditor })
      const there = await refused(runtime, read(batch.id), { status: 404, code: 'not-found' })
      const nowhere = await refused(runtime, read('BZZZZZZZZZZZZ'), { status: 404, code: 'not-found' })
      expect(there.detail.replace(batch.id, '')).toBe(nowhere.detail.replace('BZZZZZZZZZZZZ', ''))
    },
  )
})

describe('a path', () => {
  it.each([
    '/v1/nothing',
    '/v1/batches/B1',
    '/v1/batches/%00',
    '/v1/batches/%E0%A4%A',
    '/v1/batches/..%2f..',
    '/_objects/x',
  ])('%s that leads nowhere is answered with 404', async (path) => {
    const send = () => runtime.get(path, { key: runtime.keys.auditor })
    await refused(runtime, send, { status: 404, code: 'not-found' })
  })

  it('that is no path at all is answered with 404', async () => {
    const { host, hostname, port } = new URL(runtime.url)
    const socket = connect(Number(port), hostname)
    socket.end(`GET // HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 404 [^]*"code":"not-found"/)
  })

  it.each([
    ['GET', '/v1/pickups', 'POST'],
    ['DELETE', '/v1/batches/B0000000000A0', 'GET, HEAD'],
    ['PUT', '/v1/batches', 'GET, HEAD'],
    ['DELETE', '/v1/runs', 'POST, GET, HEAD'],
    ['POST', '/b/B0000000000A0', 'GET, HEAD, OPTIONS'],
  ])('does not take %s %s, and says what it takes', async (method, path, allowed) => {
    const send = () => runtime.send(method, path)
    await refused(runtime, send, {
      status: 405,
      code: 'method-not-allowed',
      says: [`Given: ${method} ${path}`, `allowed here: ${allowed}`],
    })
    expect((await send()).headers.get('allow')).toBe(allowed)
  })
})

describe('a query', () => {
  const cursor = (position: string) => `cursor=${Buffer.from(position).toString('base64url')}`

  it.each([
    ['/v1/batches?limit=0', '/limit', '>=1'],
    ['/v1/batches?limit=101', '/limit', '<=100'],
    ['/v1/batches?limit=many', '/limit', 'whole number from 1 to 100'],
    ['/v1/batches?limit=1e1', '/limit', 'Given: "1e1"'],
    ['/v1/batches?limit=0x10', '/limit', 'Given: "0x10"'],
    ['/v1/batches?limit=%2010', '/limit', 'Given: " 10"'],
    ['/v1/batches?stage=lost', '/stage', '"collected"|"sorted"'],
    ['/v1/batches?status=gone', '/status', '"active"|"used-up"'],
    ['/v1/batches?colour=blue', '/colour', 'no field "colour"'],
    ['/v1/batches?cursor=%21', '/cursor', 'not one of ours'],
    [`/v1/batches?${cursor('25')}`, '/cursor', 'not one of ours'],
    [`/v1/batches?cursor=${'A'.repeat(501)}`, '/cursor', '<=500'],
    [`/v1/batches/{id}/events?${cursor('first')}`, '/cursor', 'not one of ours'],
    [`/v1/batches/{id}/events?${cursor('Infinity')}`, '/cursor', 'not one of ours'],
    [`/v1/batches/{id}/trace?${cursor('-5')}`, '/cursor', 'not one of ours'],
    ['/v1/batches/{id}/trace?direction=sideways', '/direction', '"backward"'],
  ])('%s is refused', async (path, pointer, says) => {
    const send = () => runtime.get(path.replace('{id}', batch.id), { key: runtime.keys.auditor })
    await refused(runtime, send, { status: 400, code: 'invalid-request', pointer, says: [says] })
  })

  it('with the cursor of another list is refused', async () => {
    const key = runtime.keys.auditor
    await runtime.post('/v1/runs', runtime.keys.recycler, aRun(batch.id))
    const other = await givenPickup(runtime)
    const { next } = await runtime.events(batch.id, key, '?limit=1')
    expect(typeof next).toBe('string')
    for (const path of [`/v1/batches/${batch.id}/trace`, `/v1/batches/${other.id}/events`, '/v1/batches']) {
      await refused(runtime, () => runtime.get(`${path}?cursor=${next}`, { key }), {
        status: 400,
        code: 'invalid-request',
        pointer: '/cursor',
        says: ['not one of ours'],
      })
    }
  })

  it('for a site that the organisation does not have names those it has', async () => {
    const send = () => runtime.get('/v1/batches?site=shenjiamen', { key: runtime.keys.auditor })
    await refused(runtime, send, {
      status: 422,
      code: 'unknown-site',
      pointer: '/site',
      says: ['shenjiamen', 'dachen'],
    })
  })
})

it('refuses a run that is right in every field for a role that may not, and then takes it from one that may', async () => {
  const body = aRun(batch.id)
  await refused(runtime, () => runtime.post('/v1/runs', runtime.keys.brand, body), {
    status: 403,
    code: 'role-not-allowed',
  })
  expect((await runtime.post('/v1/runs', runtime.keys.recycler, body)).status).toBe(201)
})

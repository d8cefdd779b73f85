import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  deviceList,
  deviceView,
  enrolmentList,
  ownDeviceView,
} from '../../shared/contract/answers/devices.ts'
import { uploadView } from '../../shared/contract/answers/photos.ts'
import { countGuesses } from '../../functions/callers/guesses.ts'
import { jsonOf, problemOf, type Answer, type Client } from '../client.ts'
import { codeIn, deviceToken, enrolledPhone, newEnrolment, useCode, type Phone } from '../enrolled.ts'
import { aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { forged, newPhoneKey, proofOf } from '../phone.ts'
import { wholeTable } from '../table.ts'
import { expectProblem } from './refused.ts'

/** Collectors' devices, from a station's code to their revocation, on the real engine. */
let world: InProcess
let client: Client
let station: string
beforeAll(async () => {
  world = await startInProcess()
  client = world.client
  station = world.runtime.credentials.keys.station
})
afterAll(() => world.end())

const listed = async (key = station) =>
  deviceList.parse(jsonOf(await client.get('/v1/devices', { key }))).items
const pending = async (key = station) =>
  enrolmentList.parse(jsonOf(await client.get('/v1/enrolments', { key }))).items
const revoke = (id: string, key = station): Promise<Answer> =>
  client.post(`/v1/devices/${id}/revoke`, key, {})
const unusable = { status: 409, code: 'code-not-usable' }

describe('a code', () => {
  it('is shown once, as a link, in groups to be typed and as a QR code, and is stored as a hash alone', async () => {
    const made = await newEnrolment(client, station)
    const code = codeIn(made)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(made.code).toBe(code.replace(/(.{4})(?!$)/g, '$1-'))
    expect(made.link).toBe(`${client.url}/collect/#enrol=${code}`)
    expect(made.qrSvg).toMatch(/^<svg/)
    expect(Date.parse(made.expiresAt) - Date.parse(made.madeAt)).toBe(900_000)
    expect(JSON.stringify(await wholeTable())).not.toContain(code)
    expect((await pending()).map(({ id }) => id)).toContain(made.id)
    expect(JSON.stringify(await pending())).not.toContain(code)
  })

  it('is not made twice by a resend, which is told that its answer is not kept', async () => {
    const idempotencyKey = randomUUID()
    const body = { siteId: 'dachen', label: 'Once' }
    const first = await client.post('/v1/enrolments', station, body, { idempotencyKey })
    expect(first.status).toBe(201)
    const again = await client.post('/v1/enrolments', station, body, { idempotencyKey })
    expectProblem(again, { status: 409, code: 'shown-once' })
    expect((await pending()).filter(({ label }) => label === 'Once')).toHaveLength(1)
  })

  it.each([
    [{ siteId: 'nowhere' }, 422, 'unknown-site', '/siteId'],
    [{ label: '' }, 400, 'invalid-request', '/label'],
    [{ expiresInSeconds: 59 }, 400, 'invalid-request', '/expiresInSeconds'],
    [{ expiresInSeconds: 86_401 }, 400, 'invalid-request', '/expiresInSeconds'],
  ] as const)('is refused with %j', async (change, status, code, pointer) => {
    const answer = await client.post('/v1/enrolments', station, { siteId: 'dachen', label: 'x', ...change })
    expectProblem(answer, { status, code, pointer })
  })

  it.each(['collector', 'recycler', 'brand', 'auditor'] as const)(
    'is nothing that a %s could make',
    async (role) => {
      const key = world.runtime.credentials.keys[role]
      const answer = await client.post('/v1/enrolments', key, { siteId: 'dachen', label: 'x' })
      expectProblem(answer, { status: 403, code: 'role-not-allowed' })
    },
  )
})

describe('enrolling', () => {
  it('makes a device of the phone, at the site and under the alias of its code', async () => {
    const { device } = await enrolledPhone(client, station, { siteId: 'shitang', label: '灯塔 3 号' })
    expect(device).toMatchObject({ label: '灯塔 3 号', status: 'active', organisation: { id: 'demo-coop' } })
    expect(device.site).toMatchObject({ id: 'shitang', name: { zh: '石塘回收站' } })
    expect(Math.abs(Date.parse(device.serverTime) - Date.now())).toBeLessThan(60_000)
    expect(await listed()).toContainEqual(expect.objectContaining({ id: device.id, status: 'active' }))
  })

  it('takes a code as people type it', async () => {
    const code = codeIn(await newEnrolment(client, station))
    const typed = ` ${code
      .toLowerCase()
      .replace(/(.{4})/g, '$1-')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l')} `
    const key = await newPhoneKey()
    const proof = await proofOf(key, { code, audience: client.url })
    expect(
      (await client.post('/v1/devices', '', { code: typed, publicKey: key.publicKey, proof })).status,
    ).toBe(201)
  })

  it('gives a phone whose answer was lost the same device again, and no other phone any', async () => {
    const code = codeIn(await newEnrolment(client, station))
    const key = await newPhoneKey()
    const first = ownDeviceView.parse(jsonOf(await useCode(client, code, key)))
    const again = await useCode(client, code, key)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(ownDeviceView.parse(jsonOf(again)).id).toBe(first.id)
    expectProblem(await useCode(client, code, await newPhoneKey()), { ...unusable, says: ['used already'] })
  })

  it('happens once, however many phones race for one code', async () => {
    const code = codeIn(await newEnrolment(client, station, { label: 'Raced' }))
    const keys = await Promise.all(Array.from({ length: 8 }, newPhoneKey))
    const answers = await Promise.all(keys.map((key) => useCode(client, code, key)))
    const taken = answers.filter(({ status }) => status === 201)
    expect(taken).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(['code-not-usable', 'busy']).toContain(problemOf(answer).code)
    expect((await listed()).filter(({ label }) => label === 'Raced')).toHaveLength(1)
  })

  it('needs a proof by the very key, for this code, this service and now', async () => {
    const code = codeIn(await newEnrolment(client, station))
    const [key, other] = [await newPhoneKey(), await newPhoneKey()]
    const attempt = (proof: string) => useCode(client, code, key, { proof })
    const audience = client.url
    const foreign = await attempt(await proofOf(key, { code, audience: 'https://other.example' }))
    expectProblem(foreign, { status: 422, code: 'wrong-audience' })
    for (const [proof, says] of [
      [await proofOf(other, { code, audience }), 'not signed by'],
      [await proofOf(key, { code: `${code}0`, audience }), 'another code'],
    ] as const)
      expectProblem(await attempt(proof), { status: 401, code: 'unauthenticated', says: [says] })
    for (const minutes of [-6, 6]) {
      const late = await attempt(await proofOf(key, { code, audience, at: Date.now() + minutes * 60_000 }))
      expectProblem(late, { status: 422, code: 'clock-off', says: ['6 minutes'] })
    }
    const none = await forged(key, { alg: 'none', kid: 'x', typ: 'tidemark-enrolment+jws' }, {})
    expectProblem(await attempt(none), { status: 400, code: 'malformed-signature', says: ['ES256'] })
    expect((await useCode(client, code, key)).status).toBe(201)
  })

  it.each([
    ['a private part', { d: 'A'.repeat(43) }],
    ['another curve', { crv: 'P-384' }],
    ['half a point', { y: undefined }],
    ['no point of the curve', { x: 'A'.repeat(43) }],
  ])('refuses a key with %s', async (_what, change) => {
    const key = await newPhoneKey()
    const code = codeIn(await newEnrolment(client, station))
    const answer = await useCode(client, code, key, { publicKey: { ...key.publicKey, ...change } })
    expectProblem(answer, { status: 400, code: 'invalid-request' })
  })
})

describe("a device's token", () => {
  let phone: Phone
  beforeAll(async () => {
    phone = await enrolledPhone(client, station)
  })
  const me = async (change: object = {}, typ?: string): Promise<Answer> =>
    client.get('/v1/devices/me', { key: await deviceToken(phone, client.url, change, typ) })
  const now = (): number => Math.floor(Date.now() / 1000)

  it('lets it read what it is, and notes that it was used', async () => {
    expect(ownDeviceView.parse(jsonOf(await me()))).toMatchObject({ id: phone.device.id, label: 'Boat 7' })
    const found = (await listed()).find(({ id }) => id === phone.device.id)
    expect(found?.lastUsedAt).toBeDefined()
  })

  it('gets it links for photos', async () => {
    const photo = {
      sha256: createHash('sha256').update('net').digest('hex'),
      mediaType: 'image/jpeg',
      bytes: 3,
    }
    const token = await deviceToken(phone, client.url)
    expect(uploadView.parse(jsonOf(await client.post('/v1/photos', token, photo))).method).toBe('PUT')
  })

  it('opens nothing else, not even what a collector may do with a key', async () => {
    const token = (): Promise<string> => deviceToken(phone, client.url)
    const refused = { status: 403, code: 'role-not-allowed' }
    expectProblem(await client.post('/v1/pickups', await token(), aPickup()), refused)
    for (const path of ['/v1/batches', '/v1/organisation', '/v1/devices', '/v1/keys'])
      expectProblem(await client.get(path, { key: await token() }), refused)
  })

  it('is refused when it is used a second time, also where both come at once', async () => {
    const refused = { status: 401, code: 'unauthenticated', says: ['used before'] }
    const token = await deviceToken(phone, client.url)
    const use = (): Promise<Answer> => client.get('/v1/devices/me', { key: token })
    expect((await use()).status).toBe(200)
    expectProblem(await use(), refused)
    const raced = await deviceToken(phone, client.url)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.get('/v1/devices/me', { key: raced })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, refused)
  })

  it('does not use up one of the same name that another phone has made', async () => {
    const [other, jti] = [await enrolledPhone(client, station), randomUUID()]
    for (const by of [phone, other]) {
      const key = await deviceToken(by, client.url, { jti })
      expect((await client.get('/v1/devices/me', { key })).status).toBe(200)
    }
  })

  it.each([
    ['for another service', { aud: 'https://other.example' }, 'aud must be'],
    ['in the name of another device', { iss: 'D000000000000' }, 'iss must be'],
    ['for longer than five minutes', { exp: now() + 900 }, 'at most 300 seconds'],
    ['that has expired', { iat: now() - 400, exp: now() - 100 }, 'expired'],
    ['from the future', { iat: now() + 900, exp: now() + 1000 }, 'future'],
    ['that says more', { role: 'operator' }, 'no others'],
  ])('is refused %s', async (_what, change, says) => {
    expectProblem(await me(change), { status: 401, code: 'unauthenticated', says: [says] })
  })

  it('is refused of another typ, of another key, with alg none and of nobody', async () => {
    const unauthenticated = { status: 401, code: 'unauthenticated' }
    expectProblem(await me({}, 'tidemark-pickup+jws'), unauthenticated)
    const header = { alg: 'ES256', kid: phone.device.id, typ: 'tidemark-device+jwt' }
    const claims = { iss: phone.device.id, aud: client.url, iat: now(), exp: now() + 60, jti: randomUUID() }
    const stranger = await newPhoneKey()
    for (const [key, head, says] of [
      [stranger, header, 'not that of the device'],
      [phone, { ...header, alg: 'none' }, 'ES256'],
      [phone, { ...header, kid: 'D000000000000' }, 'not known'],
      [phone, { ...header, jwk: stranger.publicKey }, 'alone'],
    ] as const) {
      const answer = await client.get('/v1/devices/me', { key: await forged(key, head, claims) })
      expectProblem(answer, { ...unauthenticated, says: [says] })
    }
  })

  it('ends with the device, which only its own organisation revokes', async () => {
    const lost = await enrolledPhone(client, station)
    const read = async (): Promise<Answer> =>
      client.get('/v1/devices/me', { key: await deviceToken(lost, client.url) })
    const theirs = world.runtime.credentials.other.keys
    expectProblem(await revoke(lost.device.id, theirs.operator), { status: 404, code: 'not-found' })
    expect((await listed(theirs.station)).map(({ id }) => id)).not.toContain(lost.device.id)
    expect((await read()).status).toBe(200)
    const revoked = deviceView.parse(jsonOf(await revoke(lost.device.id)))
    expect(revoked).toMatchObject({ status: 'revoked', publicKey: lost.publicKey })
    expect(deviceView.parse(jsonOf(await revoke(lost.device.id))).revokedAt).toBe(revoked.revokedAt)
    expectProblem(await read(), { status: 401, code: 'unauthenticated', says: ['revoked', 'station'] })
  })

  it('is nothing that a key has', async () => {
    const { collector } = world.runtime.credentials.keys
    expectProblem(await client.get('/v1/devices/me', { key: collector }), { status: 404, code: 'not-found' })
  })
})

describe('guessing codes', () => {
  it('is counted by where it comes from, for a window', () => {
    const guesses = countGuesses({ most: 2, windowSeconds: 60 })
    guesses.wrong('a', 0)
    expect(guesses.blockedSeconds('a', 1_000)).toBeUndefined()
    guesses.wrong('a', 10_000)
    expect(guesses.blockedSeconds('a', 20_000)).toBe(40)
    expect(guesses.blockedSeconds('b', 20_000)).toBeUndefined()
    expect(guesses.blockedSeconds('a', 60_000)).toBeUndefined()
  })

  it('is refused with 429 after twenty wrong ones in a minute, and a right one with it', async () => {
    const key = await newPhoneKey()
    const right = codeIn(await newEnrolment(client, station))
    const wrong = '0'.repeat(16)
    const proof = await proofOf(key, { code: wrong, audience: client.url })
    const answers: Answer[] = []
    for (let guess = 0; guess < 21; guess++) answers.push(await useCode(client, wrong, key, { proof }))
    for (const answer of answers.slice(0, 20)) expectProblem(answer, { ...unusable, says: ['not known'] })
    expect(answers[20]?.status).toBe(429)
    const late = await useCode(client, right, key)
    expectProblem(late, { status: 429, code: 'too-many-requests' })
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

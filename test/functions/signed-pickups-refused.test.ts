import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyEvidence } from '../../shared/ledger/evidence.ts'
import { toBase64url } from '../../shared/ledger/base64url.ts'
import { batchOf, type Answer } from '../client.ts'
import {
  enrolledPhone,
  entryPayload,
  logSigned,
  sendEntry,
  signedEntry,
  storedPickup,
  type EntryPayload,
} from '../enrolled.ts'
import { forged, newPhoneKey, withBitTurned } from '../phone.ts'
import { ago, DAY_MS, startSigning, type Signing } from './signing.ts'

/** What nobody can pass off as a signed pickup, and signed pickups that come too late or to the wrong place. */
let world: Signing['world']
let client: Signing['client']
let keys: Signing['keys']
let phone: Signing['phone']
let pickup: Signing['pickup']
let refused: Signing['refused']
beforeAll(async () => {
  ;({ world, client, keys, phone, pickup, refused } = await startSigning())
})
afterAll(() => world.end())

describe('what is refused', () => {
  const header = () => ({ alg: 'ES256', kid: phone.device.id, typ: 'tidemark-pickup+jws' })
  const send = async (payload: EntryPayload, entry: Promise<string> | string): Promise<Answer> =>
    sendEntry(client, payload.id, await entry)

  it('alg none, with and without a signature', async () => {
    const payload = entryPayload(client)
    const malformed = { status: 400, code: 'malformed-signature' }
    const none = forged(phone, { ...header(), alg: 'none' }, payload)
    await refused(() => send(payload, none), { ...malformed, says: ['alg must be ES256'] })
    const unsigned = `${(await none).split('.').slice(0, 2).join('.')}.`
    await refused(() => send(payload, unsigned), malformed)
  })

  it('another algorithm, another use, a key that it brings itself, a critical extension', async () => {
    const payload = entryPayload(client)
    const stranger = await newPhoneKey()
    for (const change of [
      { alg: 'HS256' },
      { typ: 'tidemark-device+jwt' },
      { jwk: stranger.publicKey },
      { jku: 'https://evil.example/jwks.json' },
      { x5c: ['AA=='] },
      { crit: ['b64'], b64: false },
    ])
      await refused(() => send(payload, forged(stranger, { ...header(), ...change }, payload)), {
        status: 400,
        code: 'malformed-signature',
      })
  })

  it('a signature by a key that is not the device’s, and by a device that is not known', async () => {
    const payload = entryPayload(client)
    const stranger = await newPhoneKey()
    const other = await enrolledPhone(client, keys.station)
    const unauthenticated = { status: 401, code: 'unauthenticated' }
    for (const key of [stranger, other])
      await refused(() => send(payload, forged(key, header(), payload)), {
        ...unauthenticated,
        says: ['not that of the device'],
      })
    const unknown = forged(phone, { ...header(), kid: 'D000000000000' }, payload)
    await refused(() => send(payload, unknown), { ...unauthenticated, says: ['not known'] })
  })

  it('a payload or a signature that was changed on the way', async () => {
    const payload = entryPayload(client)
    const entry = await signedEntry(phone, payload)
    const [head, , signature] = entry.split('.')
    const heavier = JSON.stringify({ ...payload, pickup: pickup({ massKg: 9_000 }) })
    const swapped = `${head}.${toBase64url(new TextEncoder().encode(heavier))}.${signature}`
    for (const changed of [withBitTurned(entry, 1), withBitTurned(entry, 2), swapped])
      await refused(() => send(payload, changed), { status: 401, code: 'unauthenticated' })
  })

  it('an entry for another service', async () => {
    const payload = entryPayload(client, { aud: 'https://other.example' })
    await refused(() => logSigned(client, phone, payload), {
      status: 422,
      code: 'wrong-audience',
      pointer: '/aud',
      says: ['https://other.example', client.url],
    })
  })

  it('an entry of 31 days ago and one of tomorrow; taken are one of 29 days ago and a clock ahead by minutes', async () => {
    const at = (ms: number) => logSigned(client, phone, entryPayload(client, { capturedAt: ago(ms) }))
    await refused(() => at(31 * DAY_MS), {
      status: 422,
      code: 'entry-too-old',
      pointer: '/capturedAt',
      says: ['30 days'],
    })
    await refused(() => at(-DAY_MS), { status: 422, code: 'future-time', pointer: '/capturedAt' })
    expect((await at(29 * DAY_MS)).status).toBe(201)
    const ahead = batchOf(await at(-200_000))
    const { event, openings } = await storedPickup(ahead.id)
    expect(event.occurredAt).toBe(event.recordedAt)
    const opening = openings['entry'] ?? { salt: '', value: '' }
    expect(await verifyEvidence(event, opening, phone.publicKey)).toMatchObject({ ok: true })
  })

  it('an id that is not the Idempotency-Key, and none', async () => {
    const payload = entryPayload(client)
    const entry = await signedEntry(phone, payload)
    await refused(() => sendEntry(client, randomUUID(), entry), {
      status: 400,
      code: 'invalid-request',
      pointer: '/id',
    })
    await refused(() => sendEntry(client, '', entry), { status: 400, code: 'idempotency-key-missing' })
  })

  it('an entry for a site that the phone is not enrolled at', async () => {
    await refused(
      () => logSigned(client, phone, entryPayload(client, { pickup: pickup({ siteId: 'shitang' }) })),
      { status: 422, code: 'unknown-site', pointer: '/pickup/siteId', says: ['dachen', 'shitang'] },
    )
  })

  it.each([
    [{ v: 2 }, '/v'],
    [{ more: 1 }, '/more'],
    [{ capturedAt: 'yesterday' }, '/capturedAt'],
    [{ pickup: { siteId: 'dachen', form: 'net' } }, '/pickup/massKg'],
    [{ pickup: { siteId: 'dachen', form: 'net', massKg: 0.0001 } }, '/pickup/massKg'],
    [{ pickup: undefined }, '/pickup'],
  ])('what does not fit the contract, well signed: %j', async (change, pointer) => {
    const payload = { ...entryPayload(client), ...change }
    await refused(async () => sendEntry(client, payload.id, await signedEntry(phone, payload)), {
      status: 400,
      code: 'invalid-request',
      pointer,
    })
  })

  it('a member given twice, and what is no JSON, well signed', async () => {
    const payload = entryPayload(client)
    const twice = JSON.stringify(payload).replace('{"v":1', '{"v":1,"v":1')
    for (const text of [twice, 'kilograms']) {
      const input = [JSON.stringify(header()), text]
        .map((part) => toBase64url(new TextEncoder().encode(part)))
        .join('.')
      const entry = `${input}.${toBase64url(await phone.sign(new TextEncoder().encode(input)))}`
      await refused(() => send(payload, entry), { status: 400, code: 'invalid-request' })
    }
  })

  it('what a rule of the domain refuses, pointed at inside the entry', async () => {
    const late = pickup({ occurredAt: new Date(Date.now() + DAY_MS).toISOString() })
    await refused(() => logSigned(client, phone, entryPayload(client, { pickup: late })), {
      status: 422,
      code: 'time-order',
      pointer: '/pickup/occurredAt',
    })
    const nowhere = pickup({ position: { lat: 0, lon: 0 } })
    await refused(() => logSigned(client, phone, entryPayload(client, { pickup: nowhere })), {
      status: 422,
      code: 'position-implausible',
      pointer: '/pickup/position',
    })
  })
})

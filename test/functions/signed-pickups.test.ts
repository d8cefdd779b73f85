import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchView } from '../../shared/contract/answers/batches.ts'
import { commitment } from '../../shared/ledger/seal.ts'
import { verifyEvidence } from '../../shared/ledger/evidence.ts'
import { batchOf, jsonOf } from '../client.ts'
import { enrolledPhone, entryPayload, logSigned, sendEntry, signedEntry, storedPickup } from '../enrolled.ts'
import { aPickup } from '../given.ts'
import { expectProblem } from './refused.ts'
import { ago, DAY_MS, startSigning, type Signing } from './signing.ts'

/** Pickups that a phone signs when they are made, and anybody may bring. */
let world: Signing['world']
let client: Signing['client']
let keys: Signing['keys']
let phone: Signing['phone']
let pickup: Signing['pickup']
let numberOfBatches: Signing['numberOfBatches']
let refused: Signing['refused']
beforeAll(async () => {
  ;({ world, client, keys, phone, pickup, numberOfBatches, refused } = await startSigning())
})
afterAll(() => world.end())

describe('a signed pickup', () => {
  it('is recorded as any other, by whoever brings it, at the site of the device', async () => {
    const answer = await logSigned(client, phone, entryPayload(client))
    const batch = batchOf(answer)
    expect(answer.headers.get('location')).toBe(`/v1/batches/${batch.id}`)
    expect(batch).toMatchObject({
      stage: 'collected',
      massKg: 12.5,
      organisationId: 'demo-coop',
      siteId: 'dachen',
    })
  })

  it('happened when it was signed, unless it says when it was collected', async () => {
    const capturedAt = ago(3 * DAY_MS)
    const signed = batchOf(await logSigned(client, phone, entryPayload(client, { capturedAt })))
    expect((await storedPickup(signed.id)).event.occurredAt).toBe(capturedAt)
    const occurredAt = ago(5 * DAY_MS)
    const told = entryPayload(client, { capturedAt, pickup: pickup({ occurredAt }) })
    const said = batchOf(await logSigned(client, phone, told))
    expect((await storedPickup(said.id)).event.occurredAt).toBe(occurredAt)
  })

  it('is kept beside its event as it was signed, and verifies; the event itself names neither device nor person', async () => {
    const position = { lat: 28.4412, lon: 121.9936, accuracyM: 9 }
    const payload = entryPayload(client, {
      pickup: pickup({ collector: '陈老大', weigher: 'Lin', vessel: '浙台渔 001', position }),
    })
    const entry = await signedEntry(phone, payload)
    const { id } = batchOf(await sendEntry(client, payload.id, entry))
    const { event, openings } = await storedPickup(id)
    for (const secret of [phone.device.id, phone.device.label, '陈老大', 'Lin', '浙台渔', entry, '121.9936'])
      expect(JSON.stringify(event)).not.toContain(secret)
    const opening = openings['entry']
    if (!opening) throw new Error('nothing opens the commitment to the entry')
    expect(opening.value).toBe(entry)
    expect(await verifyEvidence(event, opening, phone.publicKey)).toEqual({
      ok: true,
      device: phone.device.id,
      capturedAt: payload.capturedAt,
      entryId: payload.id,
    })
  })

  it('stays evidence after the device was revoked', async () => {
    const lost = await enrolledPhone(client, keys.station)
    const { id } = batchOf(await logSigned(client, lost, entryPayload(client)))
    await client.post(`/v1/devices/${lost.device.id}/revoke`, keys.station, {})
    const { event, openings } = await storedPickup(id)
    const known = JSON.parse((await client.get('/v1/devices', { key: keys.auditor })).text)
    const record = known.items.find((device: { id: string }) => device.id === lost.device.id)
    expect(record.status).toBe('revoked')
    const opening = openings['entry'] ?? { salt: '', value: '' }
    expect(await verifyEvidence(event, opening, record.publicKey)).toMatchObject({ ok: true })
  })

  it('leaves the event as it was when its evidence is erased', async () => {
    const { id } = batchOf(await logSigned(client, phone, entryPayload(client)))
    const { event, openings } = await storedPickup(id)
    const sealed = event.data.sealed['entry']
    expect(sealed).toBe(await commitment(openings['entry'] ?? { salt: '', value: '' }))
    const erased = await verifyEvidence(event, { salt: '', value: '' }, phone.publicKey)
    expect(erased).toEqual({ ok: false, why: 'the event commits to other bytes than these' })
  })
})

describe('sending again', () => {
  it('gives the first answer, however often and however many at once', async () => {
    const payload = entryPayload(client)
    const entry = await signedEntry(phone, payload)
    const before = await numberOfBatches()
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendEntry(client, payload.id, entry)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'false')).toHaveLength(1)
    expect(await numberOfBatches()).toBe(before + 1)
  })

  it('with the same id and other bytes is refused: said otherwise, signed anew, or of another phone', async () => {
    const payload = entryPayload(client)
    expect((await logSigned(client, phone, payload)).status).toBe(201)
    const other = await enrolledPhone(client, keys.station)
    const reused = { status: 422, code: 'idempotency-key-reused' }
    await refused(() => logSigned(client, phone, { ...payload, pickup: pickup({ massKg: 99 }) }), reused)
    await refused(() => logSigned(client, phone, payload), reused)
    await refused(() => logSigned(client, other, payload), reused)
  })

  it('with the id of a pickup that came by key is refused too: one id is one pickup', async () => {
    const id = randomUUID()
    await client.post('/v1/pickups', keys.station, aPickup(), { idempotencyKey: id })
    await refused(() => logSigned(client, phone, entryPayload(client, { id })), {
      status: 422,
      code: 'idempotency-key-reused',
    })
  })

  it('gives the first answer after the device was revoked, and nothing new is taken of it', async () => {
    const lost = await enrolledPhone(client, keys.station)
    const payload = entryPayload(client)
    const entry = await signedEntry(lost, payload)
    const first = await sendEntry(client, payload.id, entry)
    await client.post(`/v1/devices/${lost.device.id}/revoke`, keys.station, {})
    expect((await sendEntry(client, payload.id, entry)).text).toBe(first.text)
    const made = entryPayload(client, { capturedAt: ago(DAY_MS) })
    await refused(() => logSigned(client, lost, made), {
      status: 401,
      code: 'unauthenticated',
      says: ['revoked', 'station'],
    })
  })

  it('gives the first answer after its organisation was suspended, and nothing new is taken of it', async () => {
    const { organisation, keys: theirs } = world.runtime.credentials.other
    const siteId = 'shenjiamen'
    const theirPhone = await enrolledPhone(client, theirs.station, { siteId })
    const entry = () => entryPayload(client, { pickup: pickup({ siteId }) })
    const payload = entry()
    const text = await signedEntry(theirPhone, payload)
    const first = await sendEntry(client, payload.id, text)
    expect(first.status).toBe(201)
    await client.post(`/v1/organisations/${organisation}/suspend`, keys.operator, {})
    const again = await sendEntry(client, payload.id, text)
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
    const anew = await logSigned(client, theirPhone, entry())
    expectProblem(anew, { status: 403, code: 'organisation-suspended' })
    const changed = await logSigned(client, theirPhone, { ...entry(), id: payload.id })
    expectProblem(changed, { status: 422, code: 'idempotency-key-reused' })
  })
})

describe('on behalf of somebody without a phone', () => {
  it.each(['a station', 'a phone'])('%s records whose it is and who entered it, both sealed', async (who) => {
    const names = { collector: '王阿婆', weigher: '小蓝之家' }
    const answer =
      who === 'a phone'
        ? await logSigned(client, phone, entryPayload(client, { pickup: pickup(names) }))
        : await client.post('/v1/pickups', keys.station, aPickup(names))
    const { id } = batchView.parse(jsonOf(answer))
    const { event, openings } = await storedPickup(id)
    expect([openings['collector']?.value, openings['weigher']?.value]).toEqual(Object.values(names))
    for (const name of ['collector', 'weigher'])
      expect(event.data.sealed[name]).toBe(await commitment(openings[name] ?? { salt: '', value: '' }))
    for (const name of Object.values(names)) {
      expect(JSON.stringify(event)).not.toContain(name)
      expect(answer.text).not.toContain(name)
    }
  })
})

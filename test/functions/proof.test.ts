import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { keyOf } from '../../functions/adapters/items.ts'
import { leafKey } from '../../functions/adapters/keys.ts'
import { readTip } from '../../functions/adapters/chains.ts'
import { readItem } from '../../functions/adapters/read.ts'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { accessPage } from '../../shared/contract/answers/privacy.ts'
import { canonicalHash, toHex } from '../../shared/ledger/hash.ts'
import { verifyEvidence } from '../../shared/ledger/evidence.ts'
import { parseLogProof, verifyLogProof } from '../../shared/ledger/tlog-proof.ts'
import { subjectsOf } from '../../shared/domain/events/event.ts'
import { isSampled, type BundleLine } from '../../shared/verification/bundle.ts'
import { download, trustIn } from '../bundles.ts'
import { batchOf, jsonOf } from '../client.ts'
import { enrolledPhone, entryPayload, logSigned } from '../enrolled.ts'
import { aPickup, aReceipt, aShipment } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { eventsIn, wholeTable } from '../table.ts'
import { expectProblem } from './refused.ts'

/** Proofs as the running system gives them to anybody, and to whoever may see more. */
let here: InProcess
let product: string

beforeAll(async () => {
  here = await startInProcess('demo')
  product = here.runtime.story?.product ?? ''
  await here.runtime.logged()
})
afterAll(async () => {
  await here?.end()
})

const proofOf = (id: string): string => `/b/${id}/proof`
const keys = () => here.runtime.credentials.keys

const headerIn = (lines: readonly BundleLine[]) => {
  const [first] = lines
  if (first?.kind !== 'header') throw new Error('a bundle begins with its header')
  return first.header
}
const textsIn = (lines: readonly BundleLine[]): string[] =>
  lines.flatMap((line) => (line.kind === 'event' ? [line.text] : []))

async function givenPickup(): Promise<string> {
  const { id } = batchOf(await here.client.post('/v1/pickups', keys().station, aPickup()))
  await here.runtime.logged()
  return id
}

describe('the proof of the product of the demo story', () => {
  it('has its story: twelve pickups, what was made of them, and what was found of it, all as hashed', async () => {
    const { lines, pages } = await download(here.client, proofOf(product))
    expect(pages).toBe(1)
    const known = new Map(eventsIn(await wholeTable()).map(({ event, hash }) => [hash, event]))
    const hashes = await Promise.all(textsIn(lines).map(canonicalHash))
    const counts: Record<string, number> = {}
    for (const hash of hashes) {
      const type = known.get(hash)?.type ?? 'unknown'
      counts[type] = (counts[type] ?? 0) + 1
    }
    expect(counts).toEqual({
      PickupRecorded: 12,
      RunOpened: 4,
      RunCharged: 4,
      RunClosed: 4,
      ProductMade: 1,
      BatchInspected: 1,
    })
    expect(lines.at(-1)).toEqual({ kind: 'end' })
  })

  it('begins with a proof that the log, by its own key, has the last event', async () => {
    const { batch, head, proof, sample } = headerIn((await download(here.client, proofOf(product))).lines)
    expect({ batch, head, sample }).toEqual({
      batch: product,
      head: (await readTip(product))?.head,
      sample: undefined,
    })
    const parsed = parseLogProof(proof)
    if (!parsed.ok) throw new Error(parsed.why)
    const trust = await trustIn(here.client)
    const leaf = Uint8Array.from(Buffer.from(head, 'hex'))
    expect(await verifyLogProof(parsed.value, leaf, trust)).toMatchObject({ ok: true })
    expect(toHex(leaf)).toBe(head)
    expect(
      await verifyLogProof(
        parsed.value,
        leaf.map((byte) => byte ^ 1),
        trust,
      ),
    ).toMatchObject({ ok: false })
  })

  it('may be read by pages of other sites, and says so to whoever asks before', async () => {
    const { headers } = await here.client.get(proofOf(product))
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect((await here.client.send('OPTIONS', proofOf(product))).status).toBe(204)
  })

  it('comes compressed to who takes that, and its head alone to who asks for that', async () => {
    const { headers } = await here.client.get(proofOf(product), { headers: { 'accept-encoding': 'gzip' } })
    expect(headers.get('content-encoding')).toBe('gzip')
    const plain = await here.client.get(proofOf(product), { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(Number(plain.headers.get('content-length'))).toBeGreaterThan(
      3 * Number(headers.get('content-length')),
    )
    const head = await here.client.send('HEAD', proofOf(product))
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it('is not sent again to who has it', async () => {
    const { headers } = await here.client.get(proofOf(product))
    const again = { 'if-none-match': headers.get('etag') ?? '' }
    expect((await here.client.get(proofOf(product), { headers: again })).status).toBe(304)
    expect(
      (await here.client.get(`${proofOf(product)}?sample=0.5&seed=12345678`, { headers: again })).status,
    ).toBe(200)
  })
})

describe('a sample', () => {
  it('lacks the histories of pickups that were not drawn, and nothing else', async () => {
    const sample = { share: 0.5, seed: 'thought-of-by-me' }
    const query = { sample: '0.5', seed: sample.seed }
    const { lines } = await download(here.client, proofOf(product), query)
    expect(headerIn(lines).sample).toEqual(sample)
    const whole = (await download(here.client, proofOf(product))).lines
    const events = eventsIn(await wholeTable()).map(({ event }) => event)
    const pickups = events.flatMap((event) => (event.type === 'PickupRecorded' ? [event.home] : []))
    const drawn = await Promise.all(pickups.map((pickup) => isSampled(pickup, sample)))
    const left = pickups.filter((_, at) => !drawn[at])
    expect(left.length).toBeGreaterThan(0)
    expect(left.length).toBeLessThan(12)
    const lacking = textsIn(whole).filter((text) => !textsIn(lines).includes(text))
    const homes = events.filter((event) => lacking.some((text) => text.includes(`"id":"${event.id}"`)))
    expect(new Set(homes.flatMap(subjectsOf))).toEqual(new Set(left))
  })

  it.each([
    ['sample=0.5', 'seed'],
    ['seed=12345678', 'seed'],
    ['sample=0&seed=12345678', 'sample'],
    ['sample=1.5&seed=12345678', 'sample'],
    ['sample=0.5&seed=short', 'seed'],
  ])('is refused where it asks for %s', async (query, parameter) => {
    const refused = await here.client.get(`${proofOf(product)}?${query}`)
    expectProblem(refused, { status: 400, code: 'invalid-request', pointer: `/${parameter}` })
  })
})

describe('a proof', () => {
  it('is refused for what is no batch number, and for a batch that never was', async () => {
    expectProblem(await here.client.get(proofOf('B123')), { status: 400, code: 'invalid-request' })
    expectProblem(await here.client.get(proofOf('B000000000000')), { status: 404, code: 'not-found' })
  })

  it('takes a number as people type it', async () => {
    const typed = `${product.slice(0, 1)}-${product.slice(1, 5)}-${product.slice(5)}`.toLowerCase()
    expect(headerIn((await download(here.client, proofOf(typed))).lines).batch).toBe(product)
  })

  it.each(['AAAA', 'not one', '!', 'AQ'])('is refused with the cursor %s', async (cursor) => {
    const refused = await here.client.get(`${proofOf(product)}?cursor=${encodeURIComponent(cursor)}`)
    expectProblem(refused, { status: 400, code: 'invalid-request', pointer: '/cursor' })
  })

  it('is not to be had before the log has signed the last event, and asks for patience', async () => {
    const id = await givenPickup()
    const leaf = leafKey((await readTip(id))?.head ?? '')
    const Item = await readItem(leaf)
    await dynamo().send(new DeleteItemCommand({ TableName: tableName(), Key: keyOf(leaf) }))
    const early = await here.client.get(proofOf(id))
    expectProblem(early, { status: 503, code: 'unavailable' })
    expect(early.headers.get('retry-after')).toBe('2')
    await dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
    expect((await here.client.get(proofOf(id))).status).toBe(200)
  })

  it('has no plate, and nothing that somebody said in words, while partners are told both', async () => {
    const said = [
      '浙J·Z0815',
      'oil, says Li',
      'paint on the rope, says Wang',
      'cleared by Doctor Wu',
      'typed by Chen',
    ]
    const [plate = '', rejection = '', held = '', cleared = '', typed = ''] = said
    const id = await givenPickup()
    const load = aShipment([id], { vehicle: plate })
    const { id: shipment } = shipmentView.parse(
      jsonOf(await here.client.post('/v1/shipments', keys().station, load)),
    )
    const other = here.runtime.credentials.other.keys
    const line = { batchId: id, massKg: 100, accepted: false, reason: rejection }
    jsonOf(await here.client.post(`/v1/shipments/${shipment}/receipt`, other.station, aReceipt([line])))
    jsonOf(
      await here.client.post(`/v1/batches/${id}/hold`, keys().station, { reason: 'quality', note: held }),
    )
    jsonOf(await here.client.post(`/v1/batches/${id}/release`, keys().station, { note: cleared }))
    const instead = { type: 'PickupRecorded', form: 'crate', massKg: 90 }
    jsonOf(
      await here.client.post(`/v1/events/${id}-1/corrections`, keys().station, { reason: typed, instead }),
    )
    await here.runtime.logged()
    const open = [await here.client.get(proofOf(id)), await here.client.get(`/b/${id}?format=json`)]
    const own = await here.client.get(`/v1/batches/${id}/events`, { key: keys().station })
    const theirs = await here.client.get(`/v1/shipments/${shipment}/events`, { key: other.station })
    expect(open[0]?.text).toContain('EventCorrected')
    for (const words of said) {
      for (const { text } of open) expect(text).not.toContain(words)
      expect(own.text).toContain(words)
    }
    for (const words of [plate, rejection]) expect(theirs.text).toContain(words)
    expect(
      eventsIn(await wholeTable()).filter(({ event }) =>
        said.some((words) => JSON.stringify(event).includes(words)),
      ),
    ).toEqual([])
  })

  it('of a batch that is held, and of one that was declared never to have been, has that too', async () => {
    const held = await givenPickup()
    await here.client.post(`/v1/batches/${held}/hold`, keys().operator, { reason: 'quality' })
    const void_ = await givenPickup()
    const body = { reason: 'entered twice' }
    await here.client.post(`/v1/events/${void_}-1/corrections`, keys().operator, body)
    await here.runtime.logged()
    for (const [id, type] of [
      [held, 'BatchHeld'],
      [void_, 'EventCorrected'],
    ] as const) {
      const { lines } = await download(here.client, proofOf(id))
      const events = textsIn(lines)
      expect(events).toHaveLength(2)
      expect(events.some((text) => text.includes(`"type":"${type}"`))).toBe(true)
    }
  })
})

describe('a proof with what devices signed', () => {
  let id: string
  const signedOf = (batch: string): string => `/v1/batches/${batch}/proof`
  const signedIn = (lines: readonly BundleLine[]) =>
    lines.flatMap((line) => (line.kind === 'signed' ? [line.signed] : []))

  beforeAll(async () => {
    const phone = await enrolledPhone(here.client, keys().station)
    id = batchOf(await logSigned(here.client, phone, entryPayload(here.client))).id
    await here.runtime.logged()
  })

  it('lets who may see what is sealed check the signature, and it is noted who was shown it', async () => {
    const { lines } = await download(here.client, signedOf(id), {}, { key: keys().auditor })
    const [signed] = signedIn(lines)
    const [text = ''] = textsIn(lines)
    if (!signed) throw new Error('there is no signed entry')
    expect(await canonicalHash(text)).toBe(signed.event)
    const event = JSON.parse(text)
    expect(await verifyEvidence(event, signed.opening, signed.key)).toMatchObject({ ok: true })
    const accesses = await here.client.get('/v1/accesses', { key: keys().operator })
    const { items } = accessPage.parse(jsonOf(accesses))
    expect(items[0]).toMatchObject({
      asked: 'proof',
      role: 'auditor',
      shown: [{ event: `${id}-1`, fields: ['entry'] }],
    })
  })

  it('has none for a role that needs none, for others, and for the public', async () => {
    expect(signedIn((await download(here.client, signedOf(id), {}, { key: keys().station })).lines)).toEqual(
      [],
    )
    expect(signedIn((await download(here.client, proofOf(id))).lines)).toEqual([])
    const others = here.runtime.credentials.other.keys.operator
    expectProblem(await here.client.get(signedOf(id), { key: others }), { status: 404, code: 'not-found' })
    expectProblem(await here.client.get(signedOf(id)), { status: 401, code: 'unauthenticated' })
  })

  it('has none of somebody who was erased, while the event stays', async () => {
    const phone = await enrolledPhone(here.client, keys().station)
    const gone = batchOf(await logSigned(here.client, phone, entryPayload(here.client))).id
    await here.runtime.logged()
    const before = textsIn((await download(here.client, proofOf(gone))).lines)
    const body = { person: phone.device.id, reason: 'person-asked' }
    expect((await here.client.post('/v1/erasures', keys().operator, body)).status).toBe(201)
    const { lines } = await download(here.client, signedOf(gone), {}, { key: keys().operator })
    expect(signedIn(lines)).toEqual([])
    expect(textsIn(lines)).toEqual(before)
  })
})

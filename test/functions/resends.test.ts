import { describe, expect, it } from 'vitest'
import type { Role } from '../../shared/domain/organisation.ts'
import type { Body } from '../client.ts'
import {
  aCertificate,
  anInspection,
  anOpenRun,
  aReceipt,
  aShipment,
  givenId,
  givenPickup,
  givenRunOf,
  givenShipment,
  newKey,
} from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** What holds of every route that changes something: done once, by whoever may, on what is theirs, as the contract says. */
const runtime = runtimeForTests()

interface Call {
  readonly path: string
  readonly body: Exclude<Body, string | Uint8Array>
}
/** A call that is taken, and another body for the same path that is taken by the contract too. */
type Prepare = () => Promise<Call & { readonly otherBody: Call['body'] }>

const given = async (): Promise<string> => (await givenPickup(runtime)).id
const opened = (): Promise<string> => givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
const charging = (batchId: string, massKg = 50) => ({
  occurredAt: '2026-08-11T00:00:00.000Z',
  charges: [{ batchId, massKg }],
})
const closing = (massKg: number) => ({ occurredAt: '2026-08-12T00:00:00.000Z', outputs: [{ massKg }] })
const charged = async (): Promise<string> => {
  const run = await opened()
  await givenRunOf(runtime, `/v1/runs/${run}/charges`, charging(await given()))
  return run
}
const shipped = (batch: string): Promise<string> => givenShipment(runtime, batch)
const held = async (batch: string): Promise<string> => {
  await runtime.post(`/v1/batches/${batch}/hold`, runtime.keys.station, { reason: 'quality' })
  return batch
}

/** Route, a role that may and one that may not, whose it is, and whether the path names something of theirs. */
const ROUTES: [name: string, may: Role, mayNot: Role, whose: 'ours' | 'theirs', names: boolean, Prepare][] = [
  [
    'opening a run',
    'recycler',
    'brand',
    'ours',
    false,
    async () => ({ path: '/v1/runs', body: anOpenRun(), otherBody: anOpenRun({ step: 'sorting' }) }),
  ],
  [
    'charging a run',
    'recycler',
    'collector',
    'ours',
    true,
    async () => {
      const batch = await given()
      return {
        path: `/v1/runs/${await opened()}/charges`,
        body: charging(batch),
        otherBody: charging(batch, 49),
      }
    },
  ],
  [
    'closing a run',
    'recycler',
    'brand',
    'ours',
    true,
    async () => ({ path: `/v1/runs/${await charged()}/close`, body: closing(40), otherBody: closing(41) }),
  ],
  [
    'voiding a run',
    'recycler',
    'auditor',
    'ours',
    true,
    async () => ({
      path: `/v1/runs/${await charged()}/void`,
      body: { reason: 'a' },
      otherBody: { reason: 'b' },
    }),
  ],
  [
    'reopening a run',
    'operator',
    'brand',
    'ours',
    true,
    async () => {
      const run = await charged()
      await givenRunOf(runtime, `/v1/runs/${run}/close`, closing(45))
      return { path: `/v1/runs/${run}/reopen`, body: { reason: 'a' }, otherBody: { reason: 'b' } }
    },
  ],
  [
    'shipping',
    'station',
    'collector',
    'ours',
    false,
    async () => {
      const batch = await given()
      return { path: '/v1/shipments', body: aShipment([batch]), otherBody: aShipment([batch], { seal: '1' }) }
    },
  ],
  [
    'receiving',
    'station',
    'collector',
    'theirs',
    true,
    async () => {
      const batch = await given()
      const body = (massKg: number) => aReceipt([{ batchId: batch, massKg }])
      return { path: `/v1/shipments/${await shipped(batch)}/receipt`, body: body(100), otherBody: body(99) }
    },
  ],
  [
    'inspecting',
    'recycler',
    'auditor',
    'ours',
    true,
    async () => ({
      path: `/v1/batches/${await given()}/inspections`,
      body: anInspection(),
      otherBody: anInspection({ sample: 'S-2' }),
    }),
  ],
  [
    'holding',
    'brand',
    'collector',
    'ours',
    true,
    async () => ({
      path: `/v1/batches/${await given()}/hold`,
      body: { reason: 'quality' },
      otherBody: { reason: 'other' },
    }),
  ],
  [
    'releasing',
    'station',
    'auditor',
    'ours',
    true,
    async () => ({
      path: `/v1/batches/${await held(await given())}/release`,
      body: {},
      otherBody: { note: 'tested' },
    }),
  ],
  [
    'registering a certificate',
    'operator',
    'recycler',
    'ours',
    false,
    async () => ({
      path: '/v1/certificates',
      body: aCertificate(),
      otherBody: aCertificate({ number: '7-2' }),
    }),
  ],
  [
    'correcting',
    'station',
    'collector',
    'ours',
    true,
    async () => ({
      path: `/v1/events/${await given()}-1/corrections`,
      body: { reason: 'a' },
      otherBody: { reason: 'b' },
    }),
  ],
]

describe.each(ROUTES)('%s', (_name, may, mayNot, whose, _names, prepare) => {
  const keysOf = (side: 'ours' | 'theirs') => (side === 'ours' ? runtime.keys : runtime.otherKeys)

  it('is refused to whoever may not, and for a field too many; then happens once, and answers the same again', async () => {
    const { path, body, otherBody } = await prepare()
    const [keys, idempotencyKey] = [keysOf(whose), newKey()]
    const send = (key: string, sent: Body, options = { idempotencyKey }) =>
      runtime.post(path, key, sent, options)
    expectProblem(await send(keys[mayNot], body), { status: 403, code: 'role-not-allowed' })
    expectProblem(await send(keys[may], { ...body, typo: 1 }), {
      status: 400,
      code: 'invalid-request',
      pointer: '/typo',
      says: ['no field "typo"'],
    })
    expectProblem(await send(keys[may], body, { idempotencyKey: 'no-uuid' }), {
      status: 400,
      code: 'idempotency-key-missing',
    })
    const first = await send(keys[may], body)
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, 'false'])
    const again = await send(keys[may], body)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expectProblem(await send(keys[may], otherBody), { status: 422, code: 'idempotency-key-reused' })
    expect((await send(keys[may], body)).text).toBe(first.text)
  })
})

describe.each(ROUTES.filter(([, , , , names]) => names))(
  '%s',
  (_name, may, _mayNot, whose, _names, prepare) => {
    const keysOf = (side: 'ours' | 'theirs') => (side === 'ours' ? runtime.keys : runtime.otherKeys)
    const other = whose === 'ours' ? 'theirs' : 'ours'

    it('is refused to another organisation as if it were not there', async () => {
      const { path, body } = await prepare()
      const idless = (detail: string): string => detail.replace(/[BRS][0-9A-Z]{12}/, '')
      const toldAt = async (to: string) => {
        const answer = await runtime.post(to, keysOf(other)[may], body)
        return idless(expectProblem(answer, { status: 404, code: 'not-found' }).detail)
      }
      const nowhere = path.replace(/\/([BRS])[0-9A-Z]{12}/, '/$1ZZZZZZZZZZZZ')
      expect(await toldAt(path)).toBe(await toldAt(nowhere))
      expect((await runtime.post(path, keysOf(whose)[may], body)).status).toBe(201)
    })
  },
)

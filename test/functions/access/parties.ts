import { randomBytes, randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { createIdentity } from '../../../functions/adapters/identities.ts'
import { grantView, madeKeyView } from '../../../shared/contract/answers/identity.ts'
import { madeInvitationView } from '../../../shared/contract/answers/people.ts'
import { erasureView } from '../../../shared/contract/answers/privacy.ts'
import { madeOrganisationView } from '../../../shared/contract/answers/organisation.ts'
import { idFromBytes } from '../../../shared/domain/ids.ts'
import { ROLES, type Role } from '../../../shared/domain/organisation.ts'
import { jsonOf, type Answer } from '../../client.ts'
import { newEnrolment } from '../../enrolled.ts'
import { anOpenRun, aPickup, aProduct, aRun, aShipment, idOf, outputIdOf } from '../../given.ts'
import type { InProcess } from '../../in-process.ts'
import { BYSTANDER, GTIN, SOME_KEY, SPARE, type Things } from './asks.ts'

/** An organisation with a key of every role, and what is its own. */
export interface Party {
  readonly org: string
  readonly keys: Readonly<Record<Role, string>>
  readonly things: Things
}

export interface Parties {
  /** The host; nothing was granted between it and `theirs`. */
  readonly mine: Party
  readonly theirs: Party
  /** Keys of an organisation whose auditors may read the books of `mine`, and of one that is suspended. */
  readonly inspectors: Party['keys']
  readonly suspended: Party['keys']
}

export async function makeParties(world: InProcess): Promise<Parties> {
  const { organisation, keys, other } = world.runtime.credentials
  const { client } = world
  const post = async (path: string, key: string, body: object = {}): Promise<Answer> =>
    client.post(path, key, { ...body })
  const site = (id: string) => ({ id, kind: 'plant', name: { en: id, zh: id }, lat: 30, lon: 121 })
  const organise = async (id: string): Promise<string> => {
    const body = { id, name: { en: `${id} works`, zh: `${id}工厂` }, sites: [site('beilun')] }
    return madeOrganisationView.parse(jsonOf(await post('/v1/organisations', keys.operator, body))).secret
  }
  const keysOf = async (operator: string): Promise<Party['keys']> => {
    const key = async (role: Role): Promise<string> =>
      role === 'operator'
        ? operator
        : madeKeyView.parse(jsonOf(await post('/v1/keys', operator, { name: role, role }))).secret
    const [o, c, s, r, b, a] = await Promise.all(ROLES.map(key))
    return {
      operator: o ?? '',
      collector: c ?? '',
      station: s ?? '',
      recycler: r ?? '',
      brand: b ?? '',
      auditor: a ?? '',
    }
  }
  const supplier = await organise(BYSTANDER)
  await organise(SPARE)

  /** Of a pickup of its own, at one site. */
  const productOf = async (operator: string, siteId: string, named: object): Promise<void> => {
    let from = idOf(await post('/v1/pickups', operator, aPickup({ siteId })))
    for (const step of ['cleaning', 'pelletizing'])
      from = outputIdOf(await post('/v1/runs', operator, aRun(from, { step, siteId })))
    jsonOf(await post('/v1/products', operator, aProduct(from, { siteId, ...named })))
  }

  /** Its site is not named after it, so that an answer which names the site does not name it. */
  const party = async (org: string, all: Party['keys'], id: string): Promise<Party> => {
    const { operator } = all
    jsonOf(await post('/v1/sites', operator, site(id)))
    const batch = idOf(await post('/v1/pickups', operator, aPickup({ siteId: id })))
    const load = idOf(await post('/v1/pickups', supplier, aPickup({ siteId: 'beilun' })))
    const to = { organisationId: org, siteId: id }
    const shipped = await post('/v1/shipments', supplier, aShipment([load], { siteId: 'beilun', to }))
    const key = madeKeyView.parse(jsonOf(await post('/v1/keys', operator, { name: 'Spare', role: 'brand' })))
    const invited = { role: 'station', label: 'Night shift' }
    const erased = { person: 'Nobody', reason: 'person-asked' }
    const lets = { kind: 'lineage', to: BYSTANDER, depth: 2 }
    const lot = id.toUpperCase()
    jsonOf(await post(`/v1/gtins/${GTIN}/license`, keys.operator, { organisationId: org }))
    await productOf(operator, id, { gtin: GTIN, lot })
    const things = {
      digitalLink: `${GTIN}/10/${lot}`,
      tile: await aTile(world),
      batch,
      run: idOf(await post('/v1/runs', operator, anOpenRun({ siteId: id }))),
      shipment: idOf(shipped),
      load,
      event: `${batch}-1`,
      site: id,
      key: key.id,
      grant: grantView.parse(jsonOf(await post('/v1/grants', operator, lets))).id,
      enrolment: (await newEnrolment(client, operator, { siteId: id })).id,
      device: await deviceOf(org, id),
      member: await memberOf(org),
      invitation: madeInvitationView.parse(jsonOf(await post('/v1/invitations', operator, invited))).id,
      erasure: erasureView.parse(jsonOf(await post('/v1/erasures', operator, erased))).id,
    }
    return { org, keys: all, things }
  }
  const mine = await party(organisation, keys, 'quay-a')
  const theirs = await party(other.organisation, other.keys, 'quay-b')

  const inspectors = await keysOf(await organise('inspectors'))
  const until = '2099-01-01T00:00:00Z'
  jsonOf(await post('/v1/grants', keys.operator, { kind: 'audit', to: 'inspectors', until }))
  const suspended = await keysOf(await organise('left'))
  jsonOf(await post('/v1/organisations/left/suspend', keys.operator))
  await world.runtime.projected()
  return { mine, theirs, inspectors, suspended }
}

/** As enrolling and accepting would have left them, which is tested elsewhere. */
const madeBy = { kind: 'key', id: 'K0' } as const
const madeAt = '2026-01-01T00:00:00.000Z'

async function deviceOf(org: string, site: string): Promise<string> {
  const id = idFromBytes('device', randomBytes(8))
  const record = { id, org, site, label: 'Boat 7', publicKey: SOME_KEY, madeAt, madeBy }
  expect(await createIdentity('device', id, record)).toBe('stored')
  return id
}

async function memberOf(org: string): Promise<string> {
  const id = idFromBytes('member', randomBytes(8))
  const record = { id, org, role: 'station', label: 'Night shift', madeAt, madeBy } as const
  expect(await createIdentity('member', randomBytes(32).toString('hex'), record)).toBe('stored')
  return id
}

/** Asks with a key, or without one, and with further headers. */
export function asker({ client }: InProcess) {
  return (
    { method, path, body }: { method: string; path: string; body: string | undefined },
    key: string | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> =>
    client.send(method, path, {
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
}

/** The first tile of the log, as far as it goes. */
async function aTile({ client, runtime }: InProcess): Promise<string> {
  await runtime.logged()
  const [, size = '0'] = (await client.get('/log/checkpoint')).text.split('\n')
  return Number(size) < 256 ? `0/000.p/${size}` : '0/000'
}

import type * as z from 'zod'
import { grantView, madeKeyView } from '../../../shared/contract/answers/identity.ts'
import { madeOrganisationView } from '../../../shared/contract/answers/organisation.ts'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, type Answer } from '../../client.ts'
import { aPickup, aReceipt, aRun, aShipment, idOf } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/**
 * Partners in a lineage. The co-op picks up, washes into two lots, makes pellets of one and ships those to Zhoushan,
 * which blends them and ships one of two lots of the blend to Ningbo.
 */
export interface Partners {
  readonly world: InProcess
  /** Keys of their operators, and of an auditor of Ningbo. */
  readonly coop: string
  readonly zhoushan: string
  readonly ningbo: string
  readonly inspector: string
  readonly batches: Readonly<Record<'pickup' | 'flakes' | 'spare' | 'pellets' | 'blend' | 'rest', string>>
  readonly runs: Readonly<Record<'cleaning' | 'pelletizing' | 'blending', string>>
  readonly post: (path: string, key: string, body?: object) => Promise<Answer>
  readonly get: (path: string, key: string, inPlaceOf?: string) => Promise<Answer>
  /** Gives a grant that {@link Partners.revokeAll} takes back. */
  readonly grant: (key: string, body: object) => Promise<z.output<typeof grantView>>
  readonly revokeAll: () => Promise<void>
}

export async function startPartners(): Promise<Partners> {
  const world = await startInProcess()
  const post: Partners['post'] = async (path, key, body = {}) => world.client.post(path, key, { ...body })
  const get: Partners['get'] = (path, key, inPlaceOf) =>
    world.client.get(path, {
      key,
      ...(inPlaceOf !== undefined && { headers: { 'tidemark-organisation': inPlaceOf } }),
    })
  const { keys, other } = world.runtime.credentials
  const [coop, zhoushan] = [keys.operator, other.keys.operator]
  const ningbo = await makeNingbo(post, coop)
  const auditor = await post('/v1/keys', ningbo, { name: 'Inspector', role: 'auditor' })
  const given: { key: string; id: string }[] = []
  return {
    world,
    coop,
    zhoushan,
    ningbo,
    inspector: madeKeyView.parse(jsonOf(auditor)).secret,
    ...(await tell({ post, get }, { coop, zhoushan, ningbo })),
    post,
    get,
    grant: async (key, body) => {
      const made = grantView.parse(jsonOf(await post('/v1/grants', key, body)))
      given.push({ key, id: made.id })
      return made
    },
    revokeAll: async () => {
      for (const { key, id } of given.splice(0)) jsonOf(await post(`/v1/grants/${id}/revoke`, key))
    },
  }
}

async function makeNingbo(post: Partners['post'], host: string): Promise<string> {
  const name = { en: 'Ningbo works', zh: '宁波工厂' }
  const site = { id: 'beilun', kind: 'factory', name, lat: 29.9, lon: 121.85 }
  const made = await post('/v1/organisations', host, { id: 'ningbo', name, sites: [site] })
  return madeOrganisationView.parse(jsonOf(made)).secret
}

async function tell(
  { post, get }: Pick<Partners, 'post' | 'get'>,
  { coop, zhoushan, ningbo }: Readonly<Record<'coop' | 'zhoushan' | 'ningbo', string>>,
): Promise<Pick<Partners, 'batches' | 'runs'>> {
  const ran = async (key: string, body: object) => runView.parse(jsonOf(await post('/v1/runs', key, body)))
  const pass = async (batch: string, sender: string, receiver: string, load: object, day: number) => {
    const at = (n: number): { occurredAt: string } => ({ occurredAt: `2026-08-${n}T00:00:00.000Z` })
    const { massKg } = batchOf(await get(`/v1/batches/${batch}`, sender))
    const shipment = idOf(await post('/v1/shipments', sender, aShipment([batch], { ...load, ...at(day) })))
    const receipt = aReceipt([{ batchId: batch, massKg }], at(day + 1))
    jsonOf(await post(`/v1/shipments/${shipment}/receipt`, receiver, receipt))
  }
  const pickup = idOf(await post('/v1/pickups', coop, aPickup()))
  const cleaning = await ran(coop, {
    ...aRun('', { step: 'cleaning', siteId: 'huzhou' }),
    charges: [{ batchId: pickup, massKg: 100 }],
    outputs: [{ massKg: 60 }, { massKg: 35 }],
    losses: { 'wash-loss': 5 },
  })
  const [flakes = '', spare = ''] = cleaning.outputIds
  const pelletizing = await ran(coop, {
    ...aRun('', { step: 'pelletizing', siteId: 'huzhou' }),
    charges: [{ batchId: flakes, massKg: 60 }],
    outputs: [{ massKg: 60 }],
  })
  const [pellets = ''] = pelletizing.outputIds
  await pass(pellets, coop, zhoushan, { siteId: 'huzhou' }, 13)
  const blending = await ran(zhoushan, {
    ...aRun('', { step: 'blending', siteId: 'shenjiamen', occurredAt: '2026-08-15T00:00:00.000Z' }),
    charges: [{ batchId: pellets, massKg: 50 }],
    outputs: [{ massKg: 30 }, { massKg: 20 }],
  })
  const [blend = '', rest = ''] = blending.outputIds
  const to = { organisationId: 'ningbo', siteId: 'beilun' }
  await pass(blend, zhoushan, ningbo, { siteId: 'shenjiamen', to }, 16)
  return {
    batches: { pickup, flakes, spare, pellets, blend, rest },
    runs: { cleaning: cleaning.id, pelletizing: pelletizing.id, blending: blending.id },
  }
}

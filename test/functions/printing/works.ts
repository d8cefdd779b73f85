import { batchOf, jsonOf, type Answer, type BatchView } from '../../client.ts'
import { aPickup, aProduct, aRun, outputIdOf } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/** A runtime with what labels are printed for, all made by the operator's key. */
export interface Works extends InProcess {
  readonly key: string
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  readonly post: (path: string, body: object) => Promise<Answer>
  readonly pickup: (changes?: object) => Promise<BatchView>
  readonly pellets: () => Promise<BatchView>
  /** A product lot out of new pellets. */
  readonly product: (changes?: object) => Promise<BatchView>
}

export const GTIN = '09506000134352'
export const LOT = { gtin: GTIN, lot: 'C-2026-11' }

export async function startWorks(): Promise<Works> {
  const world = await startInProcess()
  const { client, runtime } = world
  const { operator: key } = runtime.credentials.keys
  const post: Works['post'] = async (path, body) => client.post(path, key, { ...body })
  const pickup: Works['pickup'] = async (changes) => batchOf(await post('/v1/pickups', aPickup(changes)))
  const pellets: Works['pellets'] = async () => {
    const { id } = await pickup()
    const cleaned = outputIdOf(await post('/v1/runs', aRun(id, { step: 'cleaning', siteId: 'huzhou' })))
    const made = await post('/v1/runs', aRun(cleaned, { step: 'pelletizing', siteId: 'huzhou' }))
    return client.batch(outputIdOf(made), key)
  }
  const product: Works['product'] = async (changes) =>
    batchOf(await post('/v1/products', aProduct((await pellets()).id, changes)))
  const get: Works['get'] = async (path, headers) => client.get(path, { ...(headers && { headers }) })
  return { ...world, key, get, post, pickup, pellets, product }
}

/** Declares a batch a mistake, and waits until the public is told. */
export async function takeBack({ post, runtime }: Works, batch: string): Promise<void> {
  jsonOf(await post(`/v1/events/${batch}-1/corrections`, { reason: 'typed wrong' }))
  await runtime.projected()
}

/** Gives a product another name, GTIN or lot number, as its maker may. The fourth event of its run is the one that says them. */
export async function rename(
  { client, key, post, runtime }: Works,
  batch: string,
  facts: object,
): Promise<void> {
  const { runId } = await client.batch(batch, key)
  const instead = { type: 'ProductMade', name: 'Phone case', ...facts }
  jsonOf(await post(`/v1/events/${runId}-4/corrections`, { reason: 'typed wrong', instead }))
  await runtime.projected()
}

import { AT_SEA, aCertificate, aPickup, aProduct, aRun, idOf, outputIdOf } from '../given.ts'
import { jsonOf } from '../client.ts'
import type { InProcess } from '../in-process.ts'
import { wholeHistory } from '../client.ts'

/** Product lots for what is asked of a resolver. The GTINs are of the range that GS1 keeps for examples. */
export const CONFORMANCE_GTINS = {
  single: '09506000134352',
  several: '09506000134369',
  unknown: '09506000134376',
  given: '09506000134383',
} as const

export interface Lots {
  /** ONLY, of 500 units, of `single`; nothing of it is certified. */
  readonly only: string
  /** A-1, of a hostile name, and B-2, which is certified, of `several`. */
  readonly first: string
  readonly second: string
  /** WRONG, of `several`, which was declared a mistake. */
  readonly mistaken: string
  /** Has no GTIN until it is given one; answers the path of its code then. */
  readonly later: string
  readonly giveGtin: () => Promise<string>
  readonly pellets: string
}

export async function givenLots({ client, runtime }: InProcess): Promise<Lots> {
  const key = runtime.credentials.keys.operator
  const { single, several, given } = CONFORMANCE_GTINS
  const post = async (path: string, body: object) => client.post(path, key, { ...body })
  const pelletsOf = async (changes: object): Promise<string> => {
    let from = idOf(await post('/v1/pickups', aPickup(changes)))
    for (const step of ['cleaning', 'pelletizing']) {
      const whole = { step, charges: [{ batchId: from, massKg: 100 }], outputs: [{ massKg: 100 }] }
      from = outputIdOf(await post('/v1/runs', aRun('', whole)))
    }
    return from
  }
  const pellets = await pelletsOf({ claim: 'none' })
  const make = async (named: object, from = pellets): Promise<string> =>
    idOf(await post('/v1/products', aProduct(from, named)))
  const eventOf = async (batch: string, type: string): Promise<string> => {
    const { items } = wholeHistory.parse(jsonOf(await client.get(`/v1/batches/${batch}/events`, { key })))
    return String(items.find(({ event }) => event['type'] === type)?.event['id'])
  }
  const correct = async (event: string, instead?: object): Promise<void> => {
    const body = { reason: 'mistyped', ...(instead && { instead }) }
    jsonOf(await post(`/v1/events/${event}/corrections`, body))
  }

  jsonOf(await post('/v1/certificates', aCertificate()))
  const certified = await pelletsOf(AT_SEA)
  const only = await make({ gtin: single, lot: 'ONLY' })
  const first = await make({ gtin: several, lot: 'A-1', name: '<script>alert(1)</script>' })
  const second = await make({ gtin: several, lot: 'B-2' }, certified)
  const mistaken = await make({ gtin: several, lot: 'WRONG' })
  await correct(await eventOf(mistaken, 'RunClosed'))
  const later = await make({ lot: 'BEFORE' })
  const giveGtin = async (): Promise<string> => {
    const instead = { type: 'ProductMade', name: 'Phone case', gtin: given.slice(1), lot: 'BEFORE' }
    await correct(await eventOf(later, 'ProductMade'), instead)
    return `/01/${given}/10/BEFORE`
  }
  await runtime.projected()
  return { only, first, second, mistaken, later, giveGtin, pellets }
}

import { describe, expect, it } from 'vitest'
import { batchOf } from '../client.ts'
import { aPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Pickups of which only the bags were counted, through the API. */
const runtime = runtimeForTests()
const pickup = (changes: object) => runtime.post('/v1/pickups', runtime.keys.station, aPickup(changes))
const rules = (checks: readonly { readonly rule: string }[] | undefined) =>
  (checks ?? []).map(({ rule }) => rule)

describe('a pickup in bags', () => {
  it('is weighed by its bags alone, which then do not judge it, also where a correction counts them anew', async () => {
    const made = batchOf(await pickup({ form: 'net', massKg: undefined, bags: 3 }))
    expect([made.massKg, rules(made.checks).includes('R6')]).toEqual([22.8, false])
    const { items } = await runtime.events(made.id, runtime.keys.station)
    expect(items[0]?.event).toMatchObject({
      data: { massGrams: 22_800, bags: 3, weighing: { basis: 'bags', factorVersion: 'net-bag-1' } },
    })
    const instead = { type: 'PickupRecorded', form: 'net', bags: 2 }
    const path = `/v1/events/${String(items[0]?.event['id'])}/corrections`
    expect((await runtime.post(path, runtime.keys.station, { reason: 'Two bags', instead })).status).toBe(201)
    const { massKg, checks } = await runtime.batch(made.id, runtime.keys.station)
    expect([massKg, rules(checks).includes('R6')]).toEqual([15.2, false])
  })

  it('is refused where only its bags are known and nobody can say what those weigh', async () => {
    const only = { massKg: undefined, bags: 3 }
    const refusedWith = async (changes: object, says: string) =>
      expectProblem(await pickup({ ...only, ...changes }), {
        status: 400,
        code: 'invalid-request',
        pointer: '/massKg',
        says: [says],
      })
    await refusedWith({ form: 'other' }, 'other has no factor for bags, so it must be weighed')
    await refusedWith({ form: 'net', compacted: true }, 'pressed bags have no factor')
  })
})

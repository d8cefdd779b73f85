import { describe, expect, it } from 'vitest'
import { problemOf, type Answer } from '../client.ts'
import {
  anOpenRun,
  aReceipt,
  aRun,
  aShipment,
  givenId,
  givenPickup,
  givenRunOf,
  newKey,
  givenShipment,
} from '../given.ts'
import { runtimeForTests } from '../runtime.ts'

/** Many at once on what takes several calls: charges, holds, receipts, corrections. */
const runtime = runtimeForTests()

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)))
const codeOf = (answer: Answer): string => (answer.status === 201 ? 'done' : problemOf(answer).code)
const count = (answers: readonly Answer[]): Record<string, number> => {
  const counted: Record<string, number> = {}
  for (const answer of answers) counted[codeOf(answer)] = (counted[codeOf(answer)] ?? 0) + 1
  return counted
}
/** As a client does that is told that all others were faster, or that we are busy: the same request again. */
async function settled(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send()
    if (!['busy', 'unavailable'].includes(codeOf(answer))) return answer
  }
}
const opened = (changes: object = {}) =>
  givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun(changes))
const charging = (batchId: string, massKg: number) => ({ charges: [{ batchId, massKg }] })

it('lets exactly 100 kg leave when 200 clients race for the last 100 kg, into open runs and whole ones', async () => {
  const { id } = await givenPickup(runtime, { massKg: 100 })
  const runs = await times(10, () => opened())
  const answers = await times(200, (index) => {
    const idempotencyKey = newKey()
    const [path, body] =
      index % 2 === 0
        ? [`/v1/runs/${runs[(index / 2) % runs.length]}/charges`, charging(id, 1)]
        : ['/v1/runs', aRun(id, { ...charging(id, 1), outputs: [{ massKg: 1 }] })]
    return settled(() => runtime.post(path, runtime.keys.recycler, body, { idempotencyKey }))
  })
  expect(count(answers)).toEqual({ done: 100, 'not-enough-mass': 100 })
  const batch = await runtime.batch(id, runtime.keys.auditor)
  expect(batch).toMatchObject({ remainingKg: 0, status: 'used-up' })
  const first = await runtime.events(id, runtime.keys.auditor, '?limit=100')
  const rest = await runtime.events(id, runtime.keys.auditor, `?limit=100&cursor=${first.next}`)
  expect([...first.items, ...rest.items].filter(({ event }) => event['type'] === 'RunCharged')).toHaveLength(
    100,
  )
}, 240_000)

it('charges nothing after a hold was answered', async () => {
  const { id } = await givenPickup(runtime, { massKg: 100 })
  const run = await opened()
  const draws = times(24, () =>
    settled(() => runtime.post(`/v1/runs/${run}/charges`, runtime.keys.recycler, charging(id, 1))),
  )
  const hold = await settled(() =>
    runtime.post(`/v1/batches/${id}/hold`, runtime.keys.recycler, { reason: 'contamination' }),
  )
  expect(hold.status).toBe(201)
  const late = await runtime.post(`/v1/runs/${run}/charges`, runtime.keys.recycler, charging(id, 1))
  expect(codeOf(late)).toBe('batch-held')
  const { done = 0, 'batch-held': held = 0 } = count(await draws)
  expect(done + held).toBe(24)
  const { items } = await runtime.events(id, runtime.keys.auditor, '?limit=100')
  const types = items.map(({ event }) => event['type'])
  expect(types.indexOf('BatchHeld')).toBe(types.length - 1)
  expect(types.filter((type) => type === 'RunCharged')).toHaveLength(done)
})

it('settles each line of a receipt once, whoever sends it how often at the same time', async () => {
  const { id } = await givenPickup(runtime)
  const shipment = await givenShipment(runtime, id)
  const path = `/v1/shipments/${shipment}/receipt`
  const answers = await times(8, (index) => {
    const idempotencyKey = newKey()
    const body = aReceipt([{ batchId: id, massKg: 90 + index, accepted: index % 2 === 0 }])
    return settled(() => runtime.post(path, runtime.otherKeys.station, body, { idempotencyKey }))
  })
  expect(count(answers)).toEqual({ done: 1, 'line-settled': 7 })
})

it('ships a batch once, or draws from it first: never both with the same grams', async () => {
  for (let round = 0; round < 4; round++) {
    const { id } = await givenPickup(runtime, { massKg: 10 })
    const [shipped, drawn] = await Promise.all([
      settled(() => runtime.post('/v1/shipments', runtime.keys.station, aShipment([id]))),
      settled(() =>
        runtime.post(
          '/v1/runs',
          runtime.keys.recycler,
          aRun(id, { ...charging(id, 4), outputs: [{ massKg: 4 }] }),
        ),
      ),
    ])
    expect([codeOf(shipped), ['done', 'batch-not-active'].includes(codeOf(drawn))]).toEqual(['done', true])
    const { remainingKg } = await runtime.batch(id, runtime.keys.auditor)
    expect(remainingKg).toBe(codeOf(drawn) === 'done' ? 6 : 10)
  }
})

describe('a run', () => {
  it('is opened again, or what came out of it is used: never both', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await givenPickup(runtime, { massKg: 10 })
      const made = await givenRunOf(runtime, '/v1/runs', aRun(id, { step: 'cleaning' }))
      const [output = ''] = made.outputIds
      const into = await opened({ step: 'pelletizing' })
      const key = runtime.keys.recycler
      const [reopened, used] = await Promise.all([
        settled(() => runtime.post(`/v1/runs/${made.id}/reopen`, key, { reason: 'wrong weight' })),
        settled(() => runtime.post(`/v1/runs/${into}/charges`, key, charging(output, 1))),
      ])
      expect([
        ['done', 'batch-not-active'],
        ['correct-first', 'done'],
      ]).toContainEqual([codeOf(reopened), codeOf(used)])
    }
  })

  it('is closed once when many close it at the same time, and no charge joins it afterwards', async () => {
    const { id } = await givenPickup(runtime, { massKg: 50 })
    const run = await opened()
    await runtime.post(`/v1/runs/${run}/charges`, runtime.keys.recycler, charging(id, 10))
    const closing = times(6, () =>
      settled(() =>
        runtime.post(`/v1/runs/${run}/close`, runtime.keys.recycler, { outputs: [{ massKg: 9 }] }),
      ),
    )
    const joining = await times(6, () =>
      settled(() => runtime.post(`/v1/runs/${run}/charges`, runtime.keys.recycler, charging(id, 1))),
    )
    expect(count(await closing)).toEqual({ done: 1, 'run-not-open': 5 })
    const { done = 0, 'run-not-open': shut = 0 } = count(joining)
    expect(done + shut).toBe(6)
    expect((await runtime.batch(id, runtime.keys.auditor)).remainingKg).toBe(40 - done)
  })

  it('gives each gram back once when it is voided and corrected at the same time', async () => {
    const { id } = await givenPickup(runtime, { massKg: 50 })
    const run = await opened()
    for (const massKg of [10, 20])
      await runtime.post(`/v1/runs/${run}/charges`, runtime.keys.recycler, charging(id, massKg))
    const [reason, key] = [{ reason: 'a mistake' }, runtime.keys.recycler]
    await Promise.all([
      ...[1, 2].map(() => settled(() => runtime.post(`/v1/runs/${run}/void`, key, reason))),
      ...[2, 3].map((event) =>
        settled(() => runtime.post(`/v1/events/${run}-${event}/corrections`, key, reason)),
      ),
    ])
    await settled(() => runtime.post(`/v1/runs/${run}/void`, key, reason))
    expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ remainingKg: 50, usedIn: [] })
  })
})

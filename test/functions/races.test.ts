import { expect, it } from 'vitest'
import { problemOf, type Answer, type Body } from '../client.ts'
import { aPickup, aRun, givenPickup, newKey } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'

/** Many at once: nobody gets what somebody else got, and nothing is made twice. */
const runtime = runtimeForTests()

/** As a caller is told to: what was busy is sent again, with the same key, until it is granted or refused. */
async function settled(run: Body, idempotencyKey = newKey()): Promise<Answer> {
  for (;;) {
    const answer = await runtime.post('/v1/runs', runtime.keys.recycler, run, { idempotencyKey })
    if (answer.status === 201 || problemOf(answer).code !== 'busy') return answer
  }
}

const draw = (batchId: string, massKg: number, idempotencyKey?: string): Promise<Answer> =>
  settled(aRun(batchId, { charges: [{ batchId, massKg }], outputs: [{ massKg }] }), idempotencyKey)

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)))

it('gives the last gram to exactly one of two', async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await givenPickup(runtime, { massKg: 0.001 })
    const answers = await times(2, () => draw(id, 0.001))
    const lost = answers.filter(({ status }) => status !== 201)
    expect(lost.map((answer) => problemOf(answer).code)).toEqual(['not-enough-mass'])
    expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ remainingKg: 0, status: 'used-up' })
  }
})

it('grants forty of sixty draws of one kilogram from forty kilograms', async () => {
  const { id } = await givenPickup(runtime, { massKg: 40 })
  const answers = await times(60, () => draw(id, 1))
  const lost = answers.filter(({ status }) => status !== 201)
  expect(lost.map((answer) => problemOf(answer).code)).toEqual(
    Array.from({ length: 20 }, () => 'not-enough-mass'),
  )
  expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ remainingKg: 0 })
  const { items } = await runtime.events(id, runtime.keys.auditor, '?limit=100')
  expect(items).toHaveLength(41)
})

it('makes one batch of twenty sendings of the same pickup at once', async () => {
  const before = await runtime.allBatches(runtime.keys.auditor)
  const idempotencyKey = newKey()
  const answers = await times(20, () =>
    runtime.post('/v1/pickups', runtime.keys.station, aPickup(), { idempotencyKey }),
  )
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'false')).toHaveLength(1)
  expect(await runtime.allBatches(runtime.keys.auditor)).toHaveLength(before.length + 1)
})

it('draws once for twenty sendings of the same run at once, even where that takes all there is', async () => {
  const { id } = await givenPickup(runtime, { massKg: 1 })
  const idempotencyKey = newKey()
  const answers = await times(20, () => draw(id, 1, idempotencyKey))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect((await runtime.events(id, runtime.keys.auditor)).items).toHaveLength(2)
})

it('carries out one of many requests that share a key and differ in their bodies', async () => {
  const idempotencyKey = newKey()
  const answers = await times(8, (index) =>
    runtime.post('/v1/pickups', runtime.keys.station, aPickup({ massKg: index + 1 }), { idempotencyKey }),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  const refused = answers.filter(({ status }) => status !== 201).map((answer) => problemOf(answer).code)
  expect(refused).toEqual(Array.from({ length: 7 }, () => 'idempotency-key-reused'))
})

it('keeps the books of two batches that many runs draw from crosswise', async () => {
  const [a, b] = [await givenPickup(runtime, { massKg: 10 }), await givenPickup(runtime, { massKg: 10 })]
  const answers = await times(14, (index) => {
    const order = index % 2 === 0 ? [a, b] : [b, a]
    const charges = order.map(({ id }) => ({ batchId: id, massKg: 1 }))
    return settled(aRun('', { charges, outputs: [{ massKg: 2 }] }))
  })
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  for (const { id } of [a, b]) {
    expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ remainingKg: 0 })
  }
})

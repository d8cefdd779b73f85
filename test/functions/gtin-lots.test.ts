import { describe, expect, it } from 'vitest'
import { batchOf, jsonOf, problemOf, type Answer } from '../client.ts'
import { aProduct, givenPellets, newKey } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { checkDigitOf } from '../../shared/domain/gs1/gtin.ts'

/** That a pair of GTIN and lot number is one product lot, once and for good. */
const runtime = runtimeForTests()

let count = 0
/** A GTIN that no other test has, from the range that GS1 keeps for examples. */
const newGtin = (): string => {
  const body = `0950600${String(++count).padStart(6, '0')}`
  return body + checkDigitOf(body)
}

const make = async (changes: object, idempotencyKey = newKey()): Promise<Answer> => {
  const pellets = await givenPellets(runtime, 20)
  return runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id, changes), { idempotencyKey })
}
const correct = (event: string, body: object): Promise<Answer> =>
  runtime.post(`/v1/events/${event}/corrections`, runtime.keys.operator, { reason: 'mistyped', ...body })

/** Ids of the events of a product's run, by their type. */
async function eventsOf(product: Answer): Promise<Record<string, string>> {
  const { items } = await runtime.events(batchOf(product).id, runtime.keys.brand)
  return Object.fromEntries(items.map(({ event }) => [String(event['type']), String(event['id'])]))
}

describe('a product lot with a GTIN', () => {
  it('keeps it with 14 digits, however it was printed', async () => {
    const made = batchOf(await make({ gtin: '614141000036', lot: 'A' }))
    expect(made.product).toMatchObject({ gtin: '00614141000036', lot: 'A' })
  })

  it('has the id of its batch for a lot number where it was given none', async () => {
    const { id, product } = batchOf(await make({ gtin: newGtin() }))
    expect(product?.lot).toBe(id)
  })

  it('is refused where another lot has both GTIN and lot number, also one that was declared a mistake', async () => {
    const gtin = newGtin()
    const first = await make({ gtin, lot: 'A' })
    const second = await make({ gtin, lot: 'A' })
    expect(problemOf(second)).toMatchObject({
      status: 409,
      code: 'gtin-lot-taken',
      errors: [{ pointer: '/lot' }],
    })
    const { RunClosed } = await eventsOf(first)
    jsonOf(await correct(RunClosed ?? '', {}))
    expect(problemOf(await make({ gtin, lot: 'A' }))).toMatchObject({ code: 'gtin-lot-taken' })
    expect(batchOf(await make({ gtin, lot: 'B' })).product).toMatchObject({ gtin, lot: 'B' })
  })

  it('is made by one of three that want the same pair at once', async () => {
    const gtin = newGtin()
    const pellets = await Promise.all([1, 2, 3].map(() => givenPellets(runtime, 20)))
    const answers = await Promise.all(
      pellets.map(({ id }) =>
        runtime.post('/v1/products', runtime.keys.brand, aProduct(id, { gtin, lot: 'RACE' })),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(problemOf(answer).code).toBe('gtin-lot-taken')
  })

  it('is answered as at first when it is sent again, and is not taken for another', async () => {
    const pellets = await givenPellets(runtime, 20)
    const body = aProduct(pellets.id, { gtin: newGtin(), lot: 'A' })
    const idempotencyKey = newKey()
    const send = () => runtime.post('/v1/products', runtime.keys.brand, body, { idempotencyKey })
    const [first, again] = [await send(), await send()]
    expect([again.status, again.text]).toEqual([201, first.text])
  })

  it.each(['.', '..', 'a', 'A B', 'A/B', 'X'.repeat(21)])(
    'is refused with the lot number %j',
    async (lot) => {
      expect(problemOf(await make({ gtin: newGtin(), lot }))).toMatchObject({
        code: 'invalid-request',
        errors: [{ pointer: '/lot' }],
      })
    },
  )
})

describe('a correction', () => {
  const gtin = '09506000134352'

  it('says the name anew and keeps GTIN and lot number, whether they are repeated or left out', async () => {
    const made = await make({ gtin, lot: 'KEPT' })
    const { ProductMade = '' } = await eventsOf(made)
    jsonOf(await correct(ProductMade, { instead: { type: 'ProductMade', name: 'Comb' } }))
    const { product } = await runtime.batch(batchOf(made).id, runtime.keys.brand)
    expect(product).toMatchObject({ name: 'Comb', gtin, lot: 'KEPT' })
  })

  it.each([
    ['gtin', { gtin: '00614141000036' }],
    ['lot', { gtin, lot: 'OTHER' }],
  ])('cannot change the %s of a lot that has a GTIN, and says how to go about it', async (part, changed) => {
    const { ProductMade = '' } = await eventsOf(await make({ gtin, lot: `FIX-${part.toUpperCase()}` }))
    const answer = await correct(ProductMade, { instead: { type: 'ProductMade', name: 'Comb', ...changed } })
    const { code, errors, detail } = problemOf(answer)
    expect([code, errors?.[0]?.pointer]).toEqual(['not-correctable', `/instead/${part}`])
    expect(detail).toMatch(/correcting the closing of run R\w+/)
  })

  it('gives a GTIN to a lot that has none, unless another lot has the pair', async () => {
    const [first, second] = [await make({ lot: 'LATER' }), await make({ lot: 'LATER' })]
    const give = async (to: Answer) =>
      correct((await eventsOf(to))['ProductMade'] ?? '', {
        instead: { type: 'ProductMade', name: 'Comb', gtin, lot: 'LATER' },
      })
    jsonOf(await give(first))
    expect(problemOf(await give(second))).toMatchObject({
      code: 'gtin-lot-taken',
      errors: [{ pointer: '/instead/lot' }],
    })
    expect((await runtime.batch(batchOf(first).id, runtime.keys.brand)).product).toMatchObject({ gtin })
  })
})

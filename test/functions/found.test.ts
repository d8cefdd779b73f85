import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runView } from '../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../client.ts'
import { aProduct, aRun, AT_SEA, givenPickup, givenRun } from '../given.ts'
import { eventually, startTestRuntime, type TestRuntime } from '../runtime.ts'

/** What is known of where material was found, through the API as far as the public page. */
let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

const INLAND = { position: { lat: 30.6, lon: 118.9, accuracyM: 10 } }
const KANSAS = { position: { lat: 38, lon: -97, accuracyM: 10 } }

async function pageOf(id: string, lang: 'en' | 'zh'): Promise<string> {
  const text = await eventually(`the page of ${id}`, async () => {
    const page = await runtime.get(`/b/${id}?lang=${lang}`)
    return page.status === 200 ? page.text : undefined
  })
  return text
    .replaceAll(/<style>.*?<\/style>|<head>.*?<\/head>/gs, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
}

describe('the page of a pickup', () => {
  it.each([
    ['at sea', AT_SEA, 'sea', 'at sea.', '收集自海上。'],
    ['inland', INLAND, 'inland', 'inland.', '收集自内陆。'],
    [
      'on another continent',
      KANSAS,
      'undetermined',
      'at an unknown distance from the sea.',
      '的收集地点与海的距离未知。',
    ],
    ['without a position', {}, 'unrecorded', 'at a place nobody recorded.', '的收集地点没有记录。'],
  ])('%s says so, and no more', async (_where, changes, found, en, zh) => {
    const made = await givenPickup(runtime, changes)
    expect(made.origins).toMatchObject([{ found, massKg: 100 }])
    expect(await pageOf(made.id, 'en')).toContain(`100% of this batch, by mass, was collected ${en}`)
    expect(await pageOf(made.id, 'zh')).toContain(`按质量计，本批次有 100% ${zh}`)
  })
})

describe('the page of a product', () => {
  it('says of each share what is known of it, to the gram, whatever it was mixed with on the way', async () => {
    const pickups = await Promise.all([
      givenPickup(runtime, { ...AT_SEA, massKg: 60 }),
      givenPickup(runtime, { ...INLAND, massKg: 30 }),
      givenPickup(runtime, { massKg: 10 }),
    ])
    const charges = pickups.map(({ id, massKg }) => ({ batchId: id, massKg }))
    const body = aRun('', { step: 'cleaning', charges, outputs: [{ massKg: 100 }] })
    const cleaned = runView.parse(jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, body)))
    const pellets = await givenRun(runtime, 'pelletizing', cleaned.outputIds[0] ?? '', 100)
    const product = batchOf(
      await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id, { units: 500 })),
    )
    const shares = Object.fromEntries(product.origins.map(({ found, massKg }) => [found, massKg]))
    expect(shares).toEqual({ sea: 6, inland: 3, unrecorded: 1 })
    const text = await pageOf(product.id, 'en')
    expect(text).toContain(
      '60% of this product, by mass, was collected at sea, 30% inland, and 10% at a place nobody recorded.',
    )
    expect(text).not.toContain('from the sea')
  })
})

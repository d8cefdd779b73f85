import { beforeAll, describe, expect, it } from 'vitest'
import { jsonOf, type BatchView } from '../client.ts'
import { aProduct, aRun, givenPellets, givenPickup, givenRun } from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { refused } from './refused.ts'

/** What people get wrong about processing: more out than in, stages backwards, batches that are not theirs. */
const runtime = runtimeForTests()
let collected: BatchView
let cleaned: BatchView
let pellets: BatchView

beforeAll(async () => {
  collected = await givenPickup(runtime, { massKg: 90 })
  cleaned = await givenRun(runtime, 'cleaning', collected.id, 10)
  pellets = await givenPellets(runtime)
})

const run = (changes: object) => () =>
  runtime.post('/v1/runs', runtime.keys.recycler, aRun(collected.id, changes))
const product = (changes: object) => () =>
  runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id, changes))

describe('a run', () => {
  it.each([
    [
      'a loss of no known kind',
      { losses: { evaporated: 1 } },
      '/losses/evaporated',
      ['no field "evaporated"'],
    ],
    [
      'a loss named __proto__',
      { losses: JSON.parse('{"__proto__":1}') },
      '/losses/__proto__',
      ['"__proto__"'],
    ],
    ['a negative loss', { losses: { reject: -1 } }, '/losses/reject', ['>=0', 'Given: -1']],
    ['no charge', { charges: [] }, '/charges', ['>=1', 'a list of 0']],
    ['no output', { outputs: [] }, '/outputs', ['>=1']],
    [
      'more outputs than allowed',
      { outputs: Array.from({ length: 6 }, () => ({ massKg: 1 })) },
      '/outputs',
      ['<=5'],
    ],
    [
      'an output that is all water',
      { outputs: [{ massKg: 5 }, { massKg: 5, moisturePct: 100 }] },
      '/outputs/1/moisturePct',
      ['below 100 %', 'Given: 100'],
    ],
    ['a step of no known kind', { step: 'burning' }, '/step', ['"sorting"|"cleaning"', 'Given: "burning"']],
    [
      'a batch id that is none',
      { charges: [{ batchId: 'B1', massKg: 1 }] },
      '/charges/0/batchId',
      ['12 characters'],
    ],
    [
      'a transport of no distance',
      { charges: [{ batchId: 'BZZZZZZZZZZZZ', massKg: 1, transport: { mode: 'road' } }] },
      '/charges/0/transport/distanceKm',
      ['Missing', 'number'],
    ],
    [
      'a transport by air',
      { charges: [{ batchId: 'BZZZZZZZZZZZZ', massKg: 1, transport: { mode: 'air', distanceKm: 1 } }] },
      '/charges/0/transport/mode',
      ['"road"|"sea"', 'Given: "air"'],
    ],
  ])('is refused with %s', async (_what, changes, pointer, says) => {
    await refused(runtime, run(changes), { status: 400, code: 'invalid-request', pointer, says })
  })

  it('is refused that names one batch twice', async () => {
    const charges = [5, 6].map((massKg) => ({ batchId: collected.id, massKg }))
    await refused(runtime, run({ charges }), {
      status: 400,
      code: 'invalid-request',
      pointer: '/charges/1',
      says: [collected.id, 'once with the sum'],
    })
  })

  it('is refused that draws more than is there, saying how much is left', async () => {
    await refused(runtime, run({ charges: [{ batchId: collected.id, massKg: 80.001 }] }), {
      status: 409,
      code: 'not-enough-mass',
      pointer: '/charges/0/massKg',
      says: ['80 kg left', '80.001 kg'],
    })
  })

  it('is refused as a whole where one charge of many is too large', async () => {
    const charges = [
      { batchId: collected.id, massKg: 1 },
      { batchId: (await givenPickup(runtime, { massKg: 1 })).id, massKg: 2 },
    ]
    await refused(runtime, run({ charges }), {
      status: 409,
      code: 'not-enough-mass',
      pointer: '/charges/1/massKg',
    })
  })

  it('is refused that charges a batch that nobody has', async () => {
    await refused(runtime, run({ charges: [{ batchId: 'BZZZZZZZZZZZZ', massKg: 1 }] }), {
      status: 422,
      code: 'unknown-batch',
      pointer: '/charges/0/batchId',
      says: ['BZZZZZZZZZZZZ'],
    })
  })

  it("is refused that charges another organisation's batch, in the same words", async () => {
    const foreign = aRun(collected.id, { siteId: 'shenjiamen' })
    const { detail } = await refused(
      runtime,
      () => runtime.post('/v1/runs', runtime.otherKeys.recycler, foreign),
      { status: 422, code: 'unknown-batch', pointer: '/charges/0/batchId' },
    )
    expect(detail).toBe(`You hold no batch ${collected.id}.`)
  })

  it('is refused whose outputs and losses are heavier than its inputs', async () => {
    await refused(runtime, run({ outputs: [{ massKg: 6 }, { massKg: 3 }], losses: { reject: 1.001 } }), {
      status: 422,
      code: 'outputs-exceed-inputs',
      pointer: '/outputs',
      says: ['10 kg went in', 'outputs of 9 kg', 'losses of 1.001 kg', '10.001 kg'],
    })
  })

  it('is refused that makes plastic of water which was measured two runs earlier', async () => {
    const wet = await givenPickup(runtime, { massKg: 100, form: 'net', polymer: 'PA6', moisturePct: 50 })
    const flakes = await givenRun(runtime, 'cleaning', wet.id, 90)
    const charges = [{ batchId: flakes.id, massKg: 90 }]
    const pelletizing = { step: 'pelletizing', charges }
    const expected = { status: 422, code: 'check-failed', pointer: '/outputs' }
    const measured = { ...pelletizing, outputs: [{ massKg: 87, moisturePct: 0 }] }
    const says = ['at least 87 kg came out of at most 45 kg']
    const problem = await refused(runtime, run(measured), { ...expected, says })
    expect(problem).toMatchObject({ rule: { id: 'R9' } })
    await refused(runtime, run({ ...pelletizing, outputs: [{ massKg: 87 }] }), expected)
  })

  it('is refused that takes plastic a stage backwards', async () => {
    await refused(runtime, run({ charges: [{ batchId: cleaned.id, massKg: 10 }] }), {
      status: 422,
      code: 'wrong-stage',
      pointer: '/charges/0/batchId',
      says: [`${cleaned.id} is cleaned`, 'sorting takes collected', 'never go backwards'],
    })
  })

  it('is refused that leaves a stage out', async () => {
    await refused(runtime, run({ step: 'pelletizing' }), {
      status: 422,
      code: 'wrong-stage',
      says: ['is collected', 'pelletizing takes cleaned'],
    })
  })

  it('is refused that lies before what it is made of', async () => {
    await refused(runtime, run({ occurredAt: '2026-07-31T23:59:59Z' }), {
      status: 422,
      code: 'time-order',
      pointer: '/occurredAt',
      says: ['2026-07-31T23:59:59.000Z', '2026-08-01T00:00:00.000Z'],
    })
  })
})

describe('a product lot', () => {
  it.each([
    ['a check digit that is wrong', { gtin: '06901234567893' }, '/gtin', ['does not check']],
    [
      'a GTIN for use within a region',
      { gtin: '2000000000008' },
      '/gtin',
      ['own company or region', 'leave it out'],
    ],
    ['a GTIN for use within a company', { gtin: '412345678903' }, '/gtin', ['own company or region']],
    ['units by the half', { units: 1.5 }, '/units', ['int']],
    ['a weight with four decimals', { gramsPerUnit: 0.0004 }, '/gramsPerUnit', ['three decimals']],
    ['a name that looks like nothing', { name: '\u115F\u1160' }, '/name', ['U+115F, U+1160']],
    ['a name that is half of an emoji', { name: '\udc4d' }, '/name', ['valid Unicode']],
    [
      'units that weigh less than a gram in all',
      { units: 3, gramsPerUnit: 0.333 },
      '/units',
      ['3 × 0.333 g', '1 g'],
    ],
  ])('is refused with %s', async (_what, changes, pointer, says) => {
    await refused(runtime, product(changes), { status: 400, code: 'invalid-request', pointer, says })
  })

  it('is refused that is heavier than what it is made of', async () => {
    await refused(runtime, product({ units: 501 }), {
      status: 422,
      code: 'outputs-exceed-inputs',
      pointer: '/units',
      says: ['10 kg went in', '10.02 kg'],
    })
  })

  it('keeps HTML in its name as it was given, and shows it as text', async () => {
    const name = `<script>alert('1')</script><img src=x onerror=alert(1)> & "co"`
    const made = await product({ name })()
    expect(jsonOf(made)).toMatchObject({ product: { name } })
    const path = (made.headers.get('location') ?? '').replace('/v1/batches', '/b')
    const page = await eventually('the passport', async () => {
      const answer = await runtime.get(path)
      return answer.status === 200 ? answer : undefined
    })
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.text).toContain('&lt;script&gt;alert(')
    expect(page.text).not.toContain("<script>alert('1')")
    expect(page.text).not.toContain('<img src=x')
  })
})

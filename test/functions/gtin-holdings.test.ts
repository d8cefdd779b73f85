import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { gtinPage, gtinView } from '../../shared/contract/answers/gtins.ts'
import { linksetView } from '../../shared/contract/answers/service.ts'
import { checkDigitOf } from '../../shared/domain/gs1/gtin.ts'
import { batchOf, jsonOf, problemOf, type Answer } from '../client.ts'
import { aPickup, aProduct, aRun, idOf, newKey, outputIdOf } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { refused } from './refused.ts'

/** Who may make lots with a GTIN: the first organisation that did, and those whom the host names. */
const runtime = runtimeForTests()

interface Works {
  readonly org: string
  readonly key: string
  readonly site: string
}
let brand: Works
let stranger: Works
beforeAll(() => {
  brand = { org: 'demo-coop', key: runtime.keys.operator, site: 'taizhou-moulding' }
  stranger = { org: 'zhoushan-coop', key: runtime.otherKeys.operator, site: 'shenjiamen' }
})

let count = 0
/** A GTIN that no other test has, from the range that GS1 keeps for examples. */
const newGtin = (): string => {
  const body = `0950600${String(++count).padStart(6, '0')}`
  return body + checkDigitOf(body)
}

async function pelletsOf({ key, site }: Works): Promise<string> {
  let from = idOf(await runtime.post('/v1/pickups', key, aPickup({ siteId: site })))
  for (const step of ['cleaning', 'pelletizing'])
    from = outputIdOf(await runtime.post('/v1/runs', key, aRun(from, { step, siteId: site })))
  return from
}

/** A request for a lot, of pellets that are there: whether it is sent now or later changes nothing. */
async function lotOf(works: Works, named: object): Promise<() => Promise<Answer>> {
  const body = aProduct(await pelletsOf(works), { siteId: works.site, ...named })
  const idempotencyKey = newKey()
  return () => runtime.post('/v1/products', works.key, body, { idempotencyKey })
}
const make = async (works: Works, named: object): Promise<Answer> => (await lotOf(works, named))()

type Gtin = z.output<typeof gtinView>
const asHost = (gtin: string, what: 'license' | 'withdraw', body: object, key = runtime.keys.operator) =>
  runtime.post(`/v1/gtins/${gtin}/${what}`, key, { ...body })
const license = async (gtin: string, { org }: Works): Promise<Gtin> =>
  gtinView.parse(jsonOf(await asHost(gtin, 'license', { organisationId: org })))
const withdraw = async (gtin: string, { org }: Works, lots: 'listed' | 'unlisted'): Promise<Gtin> =>
  gtinView.parse(jsonOf(await asHost(gtin, 'withdraw', { organisationId: org, lots })))

/** The passports that are offered to who asks for a GTIN, and its linkset as text. */
async function offered(gtin: string): Promise<string> {
  const answer = await runtime.get(`/01/${gtin}?linkType=linkset`)
  return JSON.stringify(linksetView.parse(jsonOf(answer)))
}
const codeOf = (answer: Answer): string => (answer.status < 300 ? 'made' : problemOf(answer).code)

describe('a GTIN', () => {
  it('is held by the first organisation that makes a lot with it: no other can', async () => {
    const gtin = newGtin()
    const own = batchOf(await make(brand, { gtin, lot: 'A' }))
    const send = await lotOf(stranger, { gtin, lot: 'FAKE' })
    const { errors, detail } = await refused(runtime, send, { status: 403, code: 'gtin-not-licensed' })
    expect(errors).toMatchObject([{ pointer: '/gtin' }])
    expect(detail).toContain(gtin)
    expect(detail).not.toContain(brand.org)
    expect(await offered(gtin)).toContain(own.id)
    expect(codeOf(await make(brand, { gtin, lot: 'B' }))).toBe('made')
  })

  it('is one organisation’s, however many make the first lot at once', async () => {
    const gtin = newGtin()
    const requests = await Promise.all(
      [brand, stranger].flatMap((works) => ['A', 'B', 'C'].map((lot) => lotOf(works, { gtin, lot }))),
    )
    const codes = (await Promise.all(requests.map((send) => send()))).map(codeOf)
    const byWorks = [codes.slice(0, 3), codes.slice(3)].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
    expect(byWorks).toEqual([Array(3).fill('gtin-not-licensed'), Array(3).fill('made')])
  })

  it('is given to a lot by a correction only by who may make lots with it', async () => {
    const gtin = newGtin()
    await make(brand, { gtin, lot: 'A' })
    const plain = batchOf(await make(stranger, { lot: 'LATER' }))
    const { items } = await runtime.events(plain.id, stranger.key)
    const made = String(items.find(({ event }) => event['type'] === 'ProductMade')?.event['id'])
    const instead = { type: 'ProductMade', name: 'Comb', gtin, lot: 'LATER' }
    const correct = () =>
      runtime.post(`/v1/events/${made}/corrections`, stranger.key, { reason: 'mistyped', instead })
    const { errors } = await refused(runtime, correct, { status: 403, code: 'gtin-not-licensed' })
    expect(errors).toMatchObject([{ pointer: '/instead/gtin' }])
    await license(gtin, stranger)
    jsonOf(await correct())
    expect(await offered(gtin)).toContain(plain.id)
  })

  it('stays held where its first lot was a mistake, until the host says otherwise', async () => {
    const gtin = newGtin()
    const mistaken = batchOf(await make(stranger, { gtin, lot: 'TYPO' }))
    const { items } = await runtime.events(mistaken.id, stranger.key)
    const closed = String(items.find(({ event }) => event['type'] === 'RunClosed')?.event['id'])
    jsonOf(await runtime.post(`/v1/events/${closed}/corrections`, stranger.key, { reason: 'mistyped' }))
    expect(codeOf(await make(brand, { gtin, lot: 'A' }))).toBe('gtin-not-licensed')
    await license(gtin, brand)
    const own = batchOf(await make(brand, { gtin, lot: 'A' }))
    expect(await offered(gtin)).toContain(own.id)
    expect(await offered(gtin)).not.toContain(mistaken.id)
  })
})

describe('who runs the service', () => {
  it('names a second works that makes the same product: the lots of both are offered', async () => {
    const gtin = newGtin()
    const first = batchOf(await make(brand, { gtin, lot: 'A' }))
    expect(await license(gtin, stranger)).toMatchObject({ gtin, makers: ['demo-coop', 'zhoushan-coop'] })
    const second = batchOf(await make(stranger, { gtin, lot: 'B' }))
    const linkset = await offered(gtin)
    for (const { id } of [first, second]) expect(linkset).toContain(id)
  })

  it('ends that: what was made stays offered, nothing more is made, and a resend is answered as at first', async () => {
    const gtin = newGtin()
    await license(gtin, brand)
    await license(gtin, stranger)
    const send = await lotOf(stranger, { gtin, lot: 'B' })
    const made = await send()
    await withdraw(gtin, stranger, 'listed')
    expect(codeOf(await make(stranger, { gtin, lot: 'C' }))).toBe('gtin-not-licensed')
    expect(await offered(gtin)).toContain(batchOf(made).id)
    const again = await send()
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([
      201,
      made.text,
      'true',
    ])
  })

  it('lets whoever was withdrawn go on correcting what they made', async () => {
    const gtin = newGtin()
    const made = batchOf(await make(stranger, { gtin, lot: 'A' }))
    await withdraw(gtin, stranger, 'listed')
    const { items } = await runtime.events(made.id, stranger.key)
    const event = String(items.find((one) => one.event['type'] === 'ProductMade')?.event['id'])
    const instead = { type: 'ProductMade', name: 'Comb' }
    jsonOf(await runtime.post(`/v1/events/${event}/corrections`, stranger.key, { reason: 'name', instead }))
    expect((await runtime.batch(made.id, stranger.key)).product).toMatchObject({
      name: 'Comb',
      gtin,
      lot: 'A',
    })
  })

  it('gives a GTIN that somebody squats to its brand: the squatter’s lots are not offered, and keep their codes', async () => {
    const gtin = newGtin()
    const squat = batchOf(await make(stranger, { gtin, lot: 'SQUAT' }))
    await license(gtin, brand)
    expect(await withdraw(gtin, stranger, 'unlisted')).toMatchObject({
      makers: ['demo-coop'],
      unlisted: ['zhoushan-coop'],
    })
    expect((await runtime.get(`/01/${gtin}`)).status).toBe(404)
    const own = batchOf(await make(brand, { gtin, lot: 'A' }))
    expect((await runtime.get(`/01/${gtin}`)).headers.get('location')).toContain(own.id)
    for (const path of [`/01/${gtin}`, `/01/${gtin}/10/A`]) {
      const linkset = (await runtime.get(`${path}?linkType=linkset`)).text
      expect([path, linkset.includes(squat.id)]).toEqual([path, false])
    }
    const code = await runtime.get(`/01/${gtin}/10/SQUAT`)
    expect(code.headers.get('location')).toContain(squat.id)
    const [ofLot, ofItem] = linksetView.parse(
      jsonOf(await runtime.get(`/01/${gtin}/10/SQUAT?linkType=linkset`)),
    ).linkset
    expect(JSON.stringify(ofLot)).toContain(squat.id)
    expect(JSON.stringify(ofItem)).not.toContain(squat.id)
  })

  it('takes away while lots are being made: of those that come after, none is', async () => {
    const gtin = newGtin()
    await license(gtin, brand)
    await license(gtin, stranger)
    const requests = await Promise.all(['A', 'B', 'C', 'D'].map((lot) => lotOf(stranger, { gtin, lot })))
    const late = await lotOf(stranger, { gtin, lot: 'LATE' })
    const [, ...made] = await Promise.all([
      withdraw(gtin, stranger, 'listed'),
      ...requests.map((send) => send()),
    ])
    expect(codeOf(await late())).toBe('gtin-not-licensed')
    for (const answer of made) expect(['made', 'gtin-not-licensed']).toContain(codeOf(answer))
  })

  it('may take the last away: then nobody makes lots with it, the first of all neither', async () => {
    const gtin = newGtin()
    await make(brand, { gtin, lot: 'A' })
    expect((await withdraw(gtin, brand, 'listed')).makers).toEqual([])
    for (const works of [brand, stranger])
      expect(codeOf(await make(works, { gtin, lot: 'B' }))).toBe('gtin-not-licensed')
  })

  it('is answered alike when a change is sent again, and once more changes nothing', async () => {
    const gtin = newGtin()
    const idempotencyKey = newKey()
    const send = () =>
      runtime.post(
        `/v1/gtins/${gtin.slice(1)}/license`,
        runtime.keys.operator,
        { organisationId: brand.org },
        { idempotencyKey },
      )
    const [first, again] = [await send(), await send()]
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
    expect(await license(gtin, brand)).toEqual(gtinView.parse(jsonOf(first)))
  })

  it('lists what it decided on, newest first, page by page, and reads what it did not', async () => {
    const named = [newGtin(), newGtin(), newGtin()]
    for (const gtin of named) await license(gtin, brand)
    const taken = newGtin()
    await make(stranger, { gtin: taken, lot: 'A' })
    const read = async (path: string) => jsonOf(await runtime.get(path, { key: runtime.keys.operator }))
    const found: string[] = []
    for (let cursor = ''; ;) {
      const page = gtinPage.parse(await read(`/v1/gtins?limit=2${cursor && `&cursor=${cursor}`}`))
      found.push(...page.items.map(({ gtin }) => gtin))
      expect(page.items.length).toBeLessThanOrEqual(2)
      if (page.next === undefined) break
      cursor = page.next
    }
    expect(found.slice(0, 3)).toEqual(named.toReversed())
    expect(new Set(found).size).toBe(found.length)
    expect(found).not.toContain(taken)
    expect(await read(`/v1/gtins/${taken}`)).toEqual({ gtin: taken, makers: ['zhoushan-coop'], unlisted: [] })
  })

  it.each([
    ['a GTIN that does not check', '09506000134353', 400, 'invalid-request', ['does not check']],
    ['no GTIN', 'ABC', 400, 'invalid-request', ['8, 12, 13 or 14 digits', 'ABC']],
    ['a GTIN for use within a region', '2000000000008', 400, 'invalid-request', ['region']],
  ])('is refused %s', async (_what, gtin, status, code, says) => {
    const send = () => asHost(gtin, 'license', { organisationId: 'demo-coop' })
    await refused(runtime, send, { status, code, says })
    await refused(runtime, () => runtime.get(`/v1/gtins/${gtin}`, { key: runtime.keys.operator }), {
      status,
      code,
    })
  })

  it('is told of a GTIN that nobody holds, and of an organisation that is not there', async () => {
    const gtin = newGtin()
    const nobody = { status: 404, code: 'not-found', says: [gtin] }
    await refused(runtime, () => asHost(gtin, 'withdraw', { organisationId: 'demo-coop' }), nobody)
    await refused(runtime, () => runtime.get(`/v1/gtins/${gtin}`, { key: runtime.keys.operator }), nobody)
    await refused(runtime, () => asHost(gtin, 'license', { organisationId: 'nowhere' }), {
      status: 422,
      code: 'unknown-organisation',
      pointer: '/organisationId',
    })
  })

  it('is the only one who decides', async () => {
    const send = () => asHost(newGtin(), 'license', { organisationId: stranger.org }, stranger.key)
    await refused(runtime, send, { status: 403, code: 'host-only' })
  })
})

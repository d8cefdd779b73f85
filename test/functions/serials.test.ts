import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonOf, problemOf, type Answer, type BatchView } from '../client.ts'
import { GTIN, LOT, startWorks, takeBack, type Works } from './printing/works.ts'

/** Codes of single pieces over HTTP; what is in a page is tried in printing/serial-pages.test.ts. */
let works: Works
let product: BatchView
beforeAll(async () => {
  works = await startWorks()
  product = await works.product(LOT)
})
afterAll(async () => works?.end())

const ask = async (path: string, key = works.key): Promise<Answer> => works.client.get(path, { key })
const codesOf = ({ id }: BatchView, query = ''): string => `/v1/batches/${id}/codes${query}`
const nextOf = ({ headers }: Answer): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1]

describe('codes of the pieces of a lot', () => {
  it('come page by page, each piece once and in order, until there are no more', async () => {
    const lines: string[] = []
    let pages = 0
    for (let path: string | undefined = codesOf(product, '?limit=120'); path !== undefined; pages++) {
      const answer = await ask(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/csv; charset=utf-8; header=present',
      ])
      lines.push(...answer.text.trimEnd().split('\r\n').slice(1))
      path = nextOf(answer)
    }
    expect(pages).toBe(5)
    const uri = `${works.runtime.url}/01/${GTIN}/10/${LOT.lot}/21/`
    expect(lines).toEqual(
      Array.from({ length: 500 }, (_, at) => `${LOT.lot}-${at + 1},${uri}${LOT.lot}-${at + 1}`),
    )
  })

  it('can be had again from any page on, and are the same', async () => {
    const next = nextOf(await ask(codesOf(product, '?limit=10&format=zip'))) ?? ''
    const [one, other] = [await ask(next), await ask(next)]
    expect(one.headers.get('content-type')).toBe('application/zip')
    expect(one.headers.get('content-disposition')).toContain(`codes-${product.id}-11-20.zip`)
    expect(one.bytes.equals(other.bytes)).toBe(true)
    expect(next).toContain('format=zip')
  })

  it('come with drawings in the table, for who asks for them', async () => {
    const { text } = await ask(codesOf(product, '?limit=1&svg=yes'))
    expect(text).toMatch(/^serial,uri,svg\r\n[^,]+-1,[^,]+,"<svg xmlns=""http/)
  })

  it('are had by operators and brands that have or had the lot, and by nobody else', async () => {
    const { keys, other } = works.runtime.credentials
    expect((await ask(codesOf(product), keys.brand)).status).toBe(200)
    expect(problemOf(await ask(codesOf(product), keys.collector)).code).toBe('role-not-allowed')
    expect(problemOf(await ask(codesOf(product), other.keys.brand)).code).toBe('not-found')
    expect(problemOf(await works.get(codesOf(product))).code).toBe('unauthenticated')
  })

  it('have the number of the batch where its maker gave the lot none', async () => {
    const unnumbered = await works.product({ gtin: GTIN })
    const { text } = await ask(codesOf(unnumbered, '?limit=1'))
    expect(text).toContain(`/01/${GTIN}/10/${unnumbered.id}/21/${unnumbered.id}-1`)
  })

  it('are had for a lot that is held: its pieces lead to a page that says so', async () => {
    const held = await works.product({ ...LOT, lot: 'HELD-1' })
    jsonOf(await works.post(`/v1/batches/${held.id}/hold`, { reason: 'quality' }))
    expect((await ask(codesOf(held, '?limit=1'))).status).toBe(200)
  })
})

describe('refused are codes of single pieces', () => {
  it('of a lot without a GTIN, and told so', async () => {
    const { status, code, detail } = problemOf(await ask(codesOf(await works.product({ lot: 'C-1' }))))
    expect([status, code]).toEqual([422, 'no-gtin'])
    expect(detail).toContain('no GTIN')
  })

  it('of what is no product', async () => {
    expect(problemOf(await ask(codesOf(await works.pickup())))).toMatchObject({
      status: 422,
      code: 'no-gtin',
    })
  })

  it('of what was declared a mistake', async () => {
    const pickup = await works.pickup()
    await takeBack(works, pickup.id)
    expect(problemOf(await ask(codesOf(pickup)))).toMatchObject({ status: 409, code: 'batch-not-active' })
  })

  it.each(['limit=0', 'limit=2501', 'format=xml', 'cursor=nonsense', 'dark=eeeeee'])(
    'asked for with %s',
    async (query) => {
      expect(problemOf(await ask(codesOf(product, `?${query}`))).status).toBe(400)
    },
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonOf, problemOf, type Answer, type BatchView } from '../client.ts'
import { printed, readCodes } from './printing/paper.ts'
import { GTIN, LOT, startWorks, takeBack, type Works } from './printing/works.ts'
import { groupedId } from '../../shared/domain/ids.ts'

/** Labels over HTTP; how they look is tried in printing/label-pdf.test.ts. */
let works: Works
let pickup: BatchView
let product: BatchView
beforeAll(async () => {
  works = await startWorks()
  pickup = await works.pickup({ collector: 'Chen Ahai', vessel: 'Zhelingyu 1234' })
  product = await works.product(LOT)
})
afterAll(async () => works?.end())

async function pagesOf(answer: Answer): ReturnType<typeof printed> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return printed(answer.bytes)
}
const textOf = async (answer: Answer): Promise<string> =>
  (await pagesOf(answer)).map(({ text }) => text).join('\n')

describe('a label', () => {
  it('is where the batch says, for anybody, as soon as there is a batch', async () => {
    const { id, links } = await works.pickup()
    const [page] = await pagesOf(await works.get(links.label))
    expect(page && (await readCodes(page))).toEqual([`${works.runtime.url}/b/${id}`])
    expect(page?.text).toContain(groupedId(id))
  })

  it.each(['a4', 'a5', '50x30', '100x150'])(
    'of a product with a GTIN has the Digital Link URI of its lot: %s',
    async (sheet) => {
      const pages = await pagesOf(await works.get(`${product.links.label}?sheet=${sheet}`))
      expect(await Promise.all(pages.map(readCodes))).toEqual([
        [`${works.runtime.url}/01/${GTIN}/10/${LOT.lot}`],
      ])
    },
  )

  it('comes as often as it is asked for, in the language that is asked for', async () => {
    const pages = await pagesOf(await works.get(`${pickup.links.label}?sheet=50x30&copies=3&lang=zh`))
    expect(pages).toHaveLength(3)
    for (const { text } of pages) {
      expect(text).toContain('收集批次')
      expect(text).not.toContain('Collected')
    }
  })

  it('tells nothing that the public page does not', async () => {
    const text = await textOf(await works.get(pickup.links.label))
    expect(text).not.toMatch(/Chen|Ahai|Zhelingyu/)
  })

  it('of pellets tells what a laboratory found', async () => {
    const { id, links } = await works.pellets()
    const result = { parameter: 'ash', method: 'ISO 3451-1', value: 1, unit: '%', highest: 3 }
    const inspection = {
      sample: 'S-1',
      lab: 'Ningbo lab',
      occurredAt: '2026-08-20T00:00:00.000Z',
      results: [result],
    }
    jsonOf(await works.post(`/v1/batches/${id}/inspections`, inspection))
    await works.runtime.projected()
    expect(await textOf(await works.get(`${links.label}?sheet=a5`))).toContain(
      '合格，ash 1 % within limits, ash 1 %',
    )
  })

  it('is kept by its tag until the batch is held, and then says so', async () => {
    const { id, links } = await works.pickup()
    const before = await works.get(links.label)
    const tag = { 'if-none-match': before.headers.get('etag') ?? '' }
    expect((await works.get(links.label, tag)).status).toBe(304)
    expect((await works.get(`${links.label}?copies=2`, tag)).status).toBe(200)
    jsonOf(await works.post(`/v1/batches/${id}/hold`, { reason: 'contamination' }))
    await works.runtime.projected()
    expect(await textOf(await works.get(links.label, tag))).toContain('HELD – do not use')
  })

  it('is not printed for what was declared a mistake, nor for what is not there', async () => {
    const { id, links } = await works.pickup()
    await takeBack(works, id)
    expect(problemOf(await works.get(links.label))).toMatchObject({ status: 409, code: 'batch-not-active' })
    expect((await works.get('/v1/batches/BZZZZZZZZZZZZ/label')).status).toBe(404)
  })

  it.each([
    ['copies=0', '/copies'],
    ['copies=101', '/copies'],
    ['sheet=letter', '/sheet'],
    ['lang=de', '/lang'],
    ['sheet=50x30&codeMm=40', '/codeMm'],
    ['codeMm=10&level=H', '/codeMm'],
  ])('is refused where it could not be printed or read: %s', async (query, pointer) => {
    const { status, errors, detail } = problemOf(await works.get(`${product.links.label}?${query}`))
    expect([status, errors?.[0]?.pointer]).toEqual([400, pointer])
    expect(detail).not.toBe('')
  })

  it('may have a code of another size, down to a quarter of a millimetre a module', async () => {
    const { detail } = problemOf(await works.get(`${product.links.label}?codeMm=10`))
    const least = /from (\d+) to/.exec(detail)?.[1]
    const [page] = await pagesOf(await works.get(`${product.links.label}?codeMm=${least}`))
    expect(page && (await readCodes(page))).toEqual([`${works.runtime.url}/01/${GTIN}/10/${LOT.lot}`])
  })
})

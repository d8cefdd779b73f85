import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeCodes } from '../e2e/decode.ts'
import { problemOf, type BatchView } from '../client.ts'
import { readCodes } from './printing/paper.ts'
import { pictureOf } from './printing/svg.ts'
import { GTIN, LOT, rename, startWorks, takeBack, type Works } from './printing/works.ts'

/** QR codes, read by a decoder that shares no code with what drew them. */
let works: Works
let batch: BatchView
beforeAll(async () => {
  works = await startWorks()
  batch = await works.pickup()
})
afterAll(async () => works?.end())

const svgOf = async ({ links }: BatchView, query = ''): Promise<string> =>
  (await works.get(`${links.qrSvg}${query}`)).text
const saidBy = async (svg: string): Promise<string[]> => readCodes(pictureOf(svg))

describe('the QR code of a batch', () => {
  it('as PNG says the address of the passport', async () => {
    const { status, headers, bytes } = await works.get(batch.links.qrPng)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(await decodeCodes(new Uint8Array(bytes))).toEqual([batch.links.passport])
    expect(batch.links.passport).toBe(`${works.runtime.url}/b/${batch.id}`)
  })

  it('as SVG says the same', async () => {
    const svg = await works.get(batch.links.qrSvg)
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(await saidBy(svg.text)).toEqual([batch.links.passport])
  })

  it('says the GS1 Digital Link URI of a product lot with a GTIN, and the passport’s of one without', async () => {
    const [keyed, plain] = [await works.product(LOT), await works.product()]
    expect(await saidBy(await svgOf(keyed))).toEqual([`${works.runtime.url}/01/${GTIN}/10/${LOT.lot}`])
    expect(await saidBy(await svgOf(plain))).toEqual([plain.links.passport])
  })

  it('is there as soon as the batch is', async () => {
    const { links } = await works.pickup()
    expect((await works.get(links.qrPng)).status).toBe(200)
  })

  it('leaves four light modules on every side, without which a code on dark ground is not found', async () => {
    const picture = pictureOf(await svgOf(batch))
    const dark = [...picture.pixels.keys()].filter((at) => picture.pixels[at] === 0)
    const columns = dark.map((at) => at % picture.width)
    const rows = dark.map((at) => Math.floor(at / picture.width))
    const least = (places: number[]) => places.reduce((one, other) => Math.min(one, other))
    const most = (places: number[]) => places.reduce((one, other) => Math.max(one, other))
    expect([least(columns), least(rows)]).toEqual([16, 16])
    expect([most(columns), most(rows)]).toEqual([picture.width - 17, picture.width - 17])
  })
})

describe('asked for otherwise', () => {
  it.each(['L', 'M', 'Q', 'H'])('a code has the error correction %s', async (level) => {
    const svg = await svgOf(batch, `?level=${level}`)
    expect(await saidBy(svg)).toEqual([batch.links.passport])
    const usual = await svgOf(batch)
    expect(svg === usual).toBe(level === 'Q')
  })

  it('a drawing has its size in millimetres, a wider quiet zone and other colours', async () => {
    const svg = await svgOf(batch, '?sizeMm=30&quiet=6&dark=0b3d5c&light=fff8e7')
    expect(svg).toContain('width="30mm" height="30mm"')
    expect(svg).toContain('fill="#fff8e7"')
    expect(svg).toContain('fill="#0b3d5c"')
    expect(Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])).toBe(
      Number(/viewBox="0 0 (\d+)/.exec(await svgOf(batch))?.[1]) + 4,
    )
    expect(await saidBy(svg)).toEqual([batch.links.passport])
  })

  it.each([100, 300, 720, 2000])(
    'a picture is at most %i pixels wide, each module as wide as the others',
    async (px) => {
      const { bytes } = await works.get(`${batch.links.qrPng}?sizePx=${px}&dark=0b3d5c&light=fff8e7`)
      const width = bytes.readUInt32BE(16)
      const modules = Number(/viewBox="0 0 (\d+)/.exec(await svgOf(batch))?.[1])
      expect(width).toBeLessThanOrEqual(px)
      expect([width % modules, px - width < modules]).toEqual([0, true])
      expect(await decodeCodes(new Uint8Array(bytes))).toEqual([batch.links.passport])
    },
  )

  it.each([
    ['qr.svg', 'dark=ffffff&light=000000', '/dark', 'must be darker'],
    ['qr.svg', 'dark=cccccc', '/dark', 'at least 55 %'],
    ['qr.png', 'dark=cc0000', '/dark', 'red light'],
    ['qr.png', 'dark=red', '/dark', 'six hex digits'],
    ['qr.svg', 'quiet=3', '/quiet', '>=4'],
    ['qr.svg', 'sizeMm=5', '/sizeMm', '>=10'],
    ['qr.svg', 'level=X', '/level', '"Q"'],
    ['qr.svg', 'colour=000000', '/colour', 'colour'],
    ['qr.png', 'sizePx=64', '/sizePx', 'must be at least'],
  ])('%s?%s is refused where nobody could read it', async (file, query, pointer, why) => {
    const answer = await works.get(`/v1/batches/${batch.id}/${file}?${query}`)
    const { status, errors } = problemOf(answer)
    expect([status, errors?.[0]?.pointer]).toEqual([400, pointer])
    expect(errors?.[0]?.detail).toContain(why)
  })
})

describe('keeping a code', () => {
  it('is for good, but for products, whose GTIN their maker may correct', async () => {
    const product = await works.product()
    const kept = async ({ links }: BatchView) => (await works.get(links.qrSvg)).headers.get('cache-control')
    expect([await kept(batch), await kept(product)]).toEqual([
      'public, max-age=31536000, immutable',
      'public, max-age=30',
    ])
  })

  it('is by its tag, which tells apart what is drawn otherwise', async () => {
    const first = await works.get(batch.links.qrSvg)
    const tag = first.headers.get('etag') ?? ''
    expect((await works.get(batch.links.qrSvg, { 'if-none-match': tag })).status).toBe(304)
    expect((await works.get(`${batch.links.qrSvg}?level=H`, { 'if-none-match': tag })).status).toBe(200)
  })

  it('follows a GTIN that was given later', async () => {
    const product = await works.product()
    const { etag } = Object.fromEntries((await works.get(product.links.qrSvg)).headers)
    await rename(works, product.id, { ...LOT, lot: 'LATER' })
    const after = await works.get(product.links.qrSvg, { 'if-none-match': etag ?? '' })
    expect(await saidBy(after.text)).toEqual([`${works.runtime.url}/01/${GTIN}/10/LATER`])
  })

  it('is the same for an id in lower case', async () => {
    const lower = await works.get(`/v1/batches/${batch.id.toLowerCase()}/qr.svg`)
    expect(lower.text).toBe(await svgOf(batch))
  })
})

describe.each(['qr.svg', 'qr.png'])('%s', (file) => {
  it('is not drawn for a batch that is not there', async () => {
    expect((await works.get(`/v1/batches/BZZZZZZZZZZZZ/${file}`)).status).toBe(404)
    expect((await works.get(`/v1/batches/nonsense/${file}`)).status).toBe(404)
  })

  it('is not drawn for what was declared a mistake', async () => {
    const { id } = await works.pickup()
    await takeBack(works, id)
    const { status, code } = problemOf(await works.get(`/v1/batches/${id}/${file}`))
    expect([status, code]).toEqual([409, 'batch-not-active'])
  })
})

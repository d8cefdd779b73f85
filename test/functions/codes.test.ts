import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchView } from '../client.ts'
import { givenPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'

/** QR codes, read by a decoder that shares no code with what drew them. */
let runtime: TestRuntime
let batch: BatchView

beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(path)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  runtime = await startTestRuntime()
  batch = await givenPickup(runtime)
})
afterAll(async () => runtime?.stop())

const MODULE_PX = 4

/**
 * The picture of an SVG as the encoder writes it: a square view box and one stroke of rows of modules (`M` to a row,
 * `m` over light ones, `h` along dark ones). As a grey map, which is an image format that needs no library.
 */
function greyMapOf(svg: string): Uint8Array<ArrayBuffer> {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const [, stroke = ''] = /stroke="#000000" d="([^"]+)"/.exec(svg) ?? []
  const pixels = new Uint8Array((side * MODULE_PX) ** 2).fill(255)
  let [x, y] = [0, 0]
  for (const [, command, first = '0', second] of stroke.matchAll(/([Mmh])([\d.]+)(?: ([\d.]+))?/g)) {
    const length = Number(first)
    if (command === 'M') [x, y] = [length, Math.floor(Number(second))]
    else x += length
    if (command === 'h') darken(pixels, side, { from: x - length, to: x, row: y })
  }
  const header = new TextEncoder().encode(`P5\n${side * MODULE_PX} ${side * MODULE_PX}\n255\n`)
  return new Uint8Array([...header, ...pixels])
}

function darken(
  pixels: Uint8Array,
  side: number,
  { from, to, row }: { from: number; to: number; row: number },
): void {
  const width = side * MODULE_PX
  for (let line = row * MODULE_PX; line < (row + 1) * MODULE_PX; line++) {
    pixels.fill(0, line * width + from * MODULE_PX, line * width + to * MODULE_PX)
  }
}

describe('the QR code of a batch', () => {
  it('as PNG says the address of the passport, at error correction Q', async () => {
    const { status, headers, bytes } = await runtime.get(batch.links.qrPng)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
    const [code] = await readBarcodes(new Uint8Array(bytes), { formats: ['QRCode'] })
    expect(code).toMatchObject({ text: batch.links.passport, ecLevel: 'Q' })
    expect(batch.links.passport).toBe(`${runtime.url}/b/${batch.id}`)
  })

  it('as SVG says the same', async () => {
    const svg = await runtime.get(batch.links.qrSvg)
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    const [code] = await readBarcodes(greyMapOf(svg.text), { formats: ['QRCode'] })
    expect(code?.text).toBe(batch.links.passport)
  })

  it('leaves four light modules on every side, without which a code on dark ground is not found', async () => {
    const { text } = await runtime.get(batch.links.qrSvg)
    const side = Number(/viewBox="0 0 (\d+) /.exec(text)?.[1])
    const grey = greyMapOf(text).slice(-((side * MODULE_PX) ** 2))
    const dark = Array.from(grey.keys()).filter((index) => grey[index] === 0)
    const columns = dark.map((index) => Math.floor((index % (side * MODULE_PX)) / MODULE_PX))
    const rows = dark.map((index) => Math.floor(index / (side * MODULE_PX) / MODULE_PX))
    const first = (places: number[]) => places.reduce((least, place) => Math.min(least, place), side)
    const last = (places: number[]) => places.reduce((most, place) => Math.max(most, place), 0)
    expect([first(columns), first(rows)]).toEqual([4, 4])
    expect([last(columns), last(rows)]).toEqual([side - 5, side - 5])
  })

  it('may be kept for good, and is the same for an id in lower case', async () => {
    const [upper, lower] = await Promise.all(
      [batch.id, batch.id.toLowerCase()].map((id) => runtime.get(`/v1/batches/${id}/qr.svg`)),
    )
    expect(upper?.headers.get('cache-control')).toContain('immutable')
    expect(lower?.text).toBe(upper?.text)
  })

  it.each(['qr.svg', 'qr.png'])('is not drawn for a batch that is not there (%s)', async (file) => {
    expect((await runtime.get(`/v1/batches/BZZZZZZZZZZZZ/${file}`)).status).toBe(404)
  })
})

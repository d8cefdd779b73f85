import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../e2e/browser.ts'
import { call } from './http.ts'
import type { Product } from './lineage.ts'
import { quantile } from './measure.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { readPage } from './scan.ts'
import { SLOW_4G, SLOWER } from './slow.ts'
import type { World } from './world.ts'

interface Values {
  readonly htmlBytes?: number
  readonly gzipBytes?: number
  readonly brotliBytes?: number
  /** Until the largest thing on the first screen is drawn (Largest Contentful Paint). */
  readonly largestMs?: number
  /** How far things moved after they were drawn (Cumulative Layout Shift). */
  readonly shift?: number
}

const MOST_BYTES = 15 * 1024
const MOST_GROWTH = 1.2
const MOST_MS = 1_000
const ROUNDS = 5
/** What content networks use on the fly, between fastest and smallest. */
const BROTLI_QUALITY = 5
type Lot = Pick<Product, 'id' | 'pickups'>

/** What the page weighs, alone and with its code, and how soon it can be read on a slow phone with a slow network. */
export async function benchPage(world: World, lots: readonly Lot[]): Promise<Section> {
  return section({
    title: 'public page',
    notes: [
      `loads: median of ${ROUNDS}, 150 ms and 1.6 Mbit/s, CPU ${SLOWER} times slower, 360 by 740, brotli as CloudFront sends it`,
    ],
    columns: [
      { heading: 'bytes', cell: ({ htmlBytes }: Values) => shown(htmlBytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => shown(gzipBytes) },
      { heading: 'brotli', cell: ({ brotliBytes }: Values) => shown(brotliBytes) },
      { heading: 'LCP, ms', cell: ({ largestMs }: Values) => shown(largestMs) },
      { heading: 'CLS', cell: ({ shift }: Values) => shown(shift, 3) },
    ],
    rows: [...(await weights(world, lots)), ...(await loads(world, lots.slice(-1)))],
  })
}

const shown = (value: number | undefined, digits = 0): string =>
  value === undefined ? '' : decimal(value, digits)

async function weights(world: World, lots: readonly Lot[]): Promise<Row<Values>[]> {
  const rows: Row<Values>[] = []
  for (const lang of ['en', 'zh']) {
    let first: number | undefined
    for (const { id, pickups } of lots) {
      const weight = weightOf(await readPage(world, id, lang))
      first ??= weight.gzipBytes
      const met = weight.gzipBytes <= MOST_BYTES && weight.gzipBytes <= MOST_GROWTH * first
      const text = `≤ 15 KB gzip, ≤ ${MOST_GROWTH} × first`
      rows.push({ label: `of ${decimal(pickups)} pickups, ${lang}`, values: weight, target: { text, met } })
    }
  }
  const [{ id } = { id: '' }] = lots
  const code = weightOf(await call(`${world.url}/v1/batches/${id}/qr.svg`, 200))
  rows.push({ label: 'its QR code, which nobody needs to read it', values: code })
  return rows
}

function weightOf(text: string): Required<Pick<Values, 'htmlBytes' | 'gzipBytes' | 'brotliBytes'>> {
  return {
    htmlBytes: Buffer.byteLength(text),
    gzipBytes: gzipSync(text).length,
    brotliBytes: packedOf(text).length,
  }
}

const packedOf = (text: string): Buffer =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })

async function loads(world: World, lots: readonly Lot[]): Promise<Row<Values>[]> {
  const network = await contentNetwork(world)
  const browser = await launchBrowser()
  try {
    const rows: Row<Values>[] = []
    for (const { id, pickups } of lots) {
      for (const lang of ['en', 'zh']) {
        const url = `${network.url}/b/${id}?lang=${lang}`
        await loaded(browser, url)
        const rounds: { largestMs: number; shift: number }[] = []
        for (let round = 0; round < ROUNDS; round++) rounds.push(await loaded(browser, url))
        const largestMs = quantile(
          rounds.map((one) => one.largestMs),
          0.5,
        )
        const shift = Math.max(...rounds.map((one) => one.shift))
        const target = { text: 'LCP ≤ 1.0 s, CLS 0', met: largestMs <= MOST_MS && shift === 0 }
        rows.push({
          label: `loaded, of ${decimal(pickups)} pickups, ${lang}`,
          values: { largestMs, shift },
          target,
        })
      }
    }
    return rows
  } finally {
    await browser.close()
    network.server.close()
  }
}

/** A visit in a browser that has never been here. */
async function loaded(browser: Browser, url: string): Promise<{ largestMs: number; shift: number }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.addInitScript(OBSERVE)
  await page.goto(url, { waitUntil: 'networkidle' })
  // To the end and back, so that what loads late is there and what moves has moved.
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  await page.waitForLoadState('networkidle')
  const seen = await page.evaluate<{ largestMs: number; shift: number }>('globalThis.seen')
  await context.close()
  return seen
}

const OBSERVE = `
  globalThis.seen = { largestMs: Number.NaN, shift: 0 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.largestMs = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })`

/** Stands where CloudFront does: asks the gateway each time, and packs what it sends on. */
async function contentNetwork(world: World): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    void relay(world.url + (request.url ?? '/'), response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the content network has no port')
  return { server, url: `http://127.0.0.1:${address.port}` }
}

async function relay(url: string, response: ServerResponse): Promise<void> {
  try {
    const text = await call(url, 200, { headers: { accept: 'text/html, */*;q=0.8' } })
    const type = text.startsWith('<!doctype html') ? 'text/html; charset=utf-8' : 'image/svg+xml'
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br' })
    response.end(packedOf(text))
  } catch {
    response.writeHead(502).end()
  }
}

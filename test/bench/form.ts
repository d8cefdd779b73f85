import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { quantile } from './measure.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { SLOW_4G, SLOWER } from './slow.ts'

interface Values {
  readonly files?: number
  readonly gzipBytes?: number
  readonly brotliBytes?: number
  readonly usableMs?: number
}

const MOST_SCRIPT_BYTES = 45 * 1024
const MOST_BYTES = 120 * 1024
const MOST_MS = 2_000
const ROUNDS = 5

/** What the collector's form weighs, and how soon it can be used on a slow phone with a slow network. */
export async function benchForm(): Promise<Section> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidemark-bench-form-'))
  const runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir, seed: 'none' })
  try {
    return section({
      title: 'collector’s form',
      columns: [
        { heading: 'files', cell: ({ files }: Values) => shown(files) },
        { heading: 'gzip', cell: ({ gzipBytes }: Values) => shown(gzipBytes) },
        { heading: 'brotli', cell: ({ brotliBytes }: Values) => shown(brotliBytes) },
        { heading: 'usable after, ms', cell: ({ usableMs }: Values) => shown(usableMs) },
      ],
      rows: [...(await weights(runtime.url)), ...(await loads(runtime))],
      notes: [`loads: median of ${ROUNDS}, 150 ms and 1.6 Mbit/s, CPU ${SLOWER} times slower`],
    })
  } finally {
    await runtime.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const shown = (value: number | undefined): string => (value === undefined ? '' : decimal(value))

/** What the service worker names is what the form needs without a network, itself included. */
async function weights(url: string): Promise<Row<Values>[]> {
  const read = async (path: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(url + path)).arrayBuffer())
  const worker = await read('/collect/sw.js')
  const named = [...worker.toString().matchAll(/"(\/collect\/[^"]*)"/g)].map(([, path = '']) => path)
  const files = [...new Set([...named, '/collect/sw.js'])]
  const bodies = new Map<string, Buffer>()
  for (const file of files) bodies.set(file, await read(file))
  const row = (label: string, paths: readonly string[], most: number): Row<Values> => {
    const sum = (pack: (body: Buffer) => Buffer): number =>
      paths.reduce((bytes, path) => bytes + pack(bodies.get(path) ?? Buffer.alloc(0)).length, 0)
    const values = { files: paths.length, gzipBytes: sum(gzipSync), brotliBytes: sum(brotliCompressSync) }
    return { label, values, target: { text: `≤ ${most / 1024} KB`, met: values.brotliBytes <= most } }
  }
  return [
    row(
      'scripts, service worker included',
      files.filter((file) => file.endsWith('.js')),
      MOST_SCRIPT_BYTES,
    ),
    row('all that it needs without a network', files, MOST_BYTES),
  ]
}

async function loads(runtime: Runtime): Promise<Row<Values>[]> {
  const browser = await launchBrowser()
  const first: number[] = []
  const again: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
      const page = await context.newPage()
      first.push(await usableAfter(page, `${runtime.url}/collect/`, '#key'))
      await page.goto(`${runtime.url}/collect/#key=${runtime.credentials.keys.collector}`)
      await page.locator('#entry-form').waitFor()
      await page.evaluate('navigator.serviceWorker.ready')
      again.push(await usableAfter(await context.newPage(), `${runtime.url}/collect/`, '#save'))
      await context.close()
    }
  } finally {
    await browser.close()
  }
  const row = (label: string, times: readonly number[]): Row<Values> => {
    const usableMs = quantile(times, 0.5)
    return { label, values: { usableMs }, target: { text: '< 2 s', met: usableMs < MOST_MS } }
  }
  return [
    row('first visit, up to the station’s code', first),
    row('every later visit, up to the form', again),
  ]
}

/** From asking for the page until a control of it is shown, by the page's own clock. */
async function usableAfter(page: Page, url: string, control: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.addInitScript(whenShown(control))
  await page.goto(url)
  const usableMs = await page.evaluate<number>('globalThis.usable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return usableMs
}

/** Looks at every frame: a control that has a size is drawn, and by then the script runs that answers to it. */
const whenShown = (control: string): string => `
  globalThis.usable = new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector('${control}')
      if (found && found.getBoundingClientRect().height > 0) resolve(performance.now())
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`

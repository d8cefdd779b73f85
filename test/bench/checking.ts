import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { startRuntime } from '../../infra/local/runtime.ts'
import { sowOrganisation } from '../../infra/sowing.ts'
import type { Verifier } from '../../web/trace/page.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { ORGANISATION } from './coast.ts'
import { seedNarrowing, type Lineage } from './lineages.ts'
import { quantile } from './measure.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { SLOWER } from './slow.ts'

interface Values {
  readonly brotliBytes?: number
  readonly events?: number
  /** From the button being pressed to what is said in the end, and without the waiting for what was fetched. */
  readonly saidMs?: number
  readonly workedMs?: number
}

const BATCHES = 770
const ROUNDS = 5
const MOST_BYTES = 20 * 1024
const MOST_MS = 1_500
const KEY = 'tm_operator_bench_0123456789abcdef'

/** What the page's own check of a story weighs, and how long a reader waits for it, all of it: loading, fetching, checking. */
export async function benchChecking(): Promise<Section> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidemark-bench-checking-'))
  const runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir, seed: 'none' })
  const browser = await launchBrowser()
  try {
    await sowOrganisation(ORGANISATION, KEY)
    const lineage = await seedNarrowing(BATCHES, 'whole')
    await Promise.all([runtime.projected(), runtime.logged()])
    const checked = await checking(browser, runtime.url, lineage)
    return section({
      title: 'checking a story in its page',
      notes: [
        `median of ${ROUNDS} visits, CPU ${SLOWER} times slower, server on the same machine; work is all but waiting for it`,
      ],
      columns: [
        { heading: 'brotli', cell: ({ brotliBytes }: Values) => shown(brotliBytes) },
        { heading: 'events', cell: ({ events }: Values) => shown(events) },
        { heading: 'said after, ms', cell: ({ saidMs }: Values) => shown(saidMs) },
        { heading: 'of which work', cell: ({ workedMs }: Values) => shown(workedMs) },
      ],
      rows: [...(await weights(dataDir)), checked],
    })
  } finally {
    await browser.close()
    await runtime.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const shown = (value: number | undefined): string => (value === undefined ? '' : decimal(value))

async function weights(dataDir: string): Promise<Row<Values>[]> {
  const verifier: Verifier = JSON.parse(process.env['VERIFIER'] ?? '{}')
  return Promise.all(
    Object.entries(verifier).map(async ([lang, { src }]) => {
      const brotliBytes = brotliCompressSync(await readFile(join(dataDir, 'site', src))).length
      const target = { text: '≤ 20 KB brotli', met: brotliBytes <= MOST_BYTES }
      return { label: `the program, ${lang}`, values: { brotliBytes }, target }
    }),
  )
}

async function checking(browser: Browser, url: string, { last, pickups }: Lineage): Promise<Row<Values>> {
  const visits: { readonly saidMs: number; readonly waitedMs: number }[] = []
  let events = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.goto(`${url}/b/${last}?lang=en`)
    visits.push(await page.evaluate<(typeof visits)[number]>(PRESSING))
    const said = await page.locator('.told').innerText()
    if (!said.includes('The story holds.')) throw new Error(said.slice(0, 300))
    events = Number(/All ([\d,]+) records/.exec(said)?.[1]?.replace(',', ''))
    await context.close()
  }
  // The first visit of all warms the server up.
  const warm = visits.slice(1)
  const saidMs = quantile(
    warm.map((visit) => visit.saidMs),
    0.5,
  )
  const workedMs = quantile(
    warm.map((visit) => visit.saidMs - visit.waitedMs),
    0.5,
  )
  const target = { text: 'work ≤ 1.5 s', met: workedMs <= MOST_MS && events >= 1_000 }
  return { label: `product of ${decimal(pickups)} pickups`, values: { events, saidMs, workedMs }, target }
}

/** Pages of a proof come one after the other, so waiting adds up. */
const PRESSING = `new Promise((resolve) => {
  const told = document.querySelector('.told')
  const begin = performance.now()
  new MutationObserver(() => {
    if (!told.querySelector('.verdict, .banner, .lead')) return
    const fetched = performance.getEntriesByType('resource').filter(({ startTime }) => startTime >= begin)
    const waitedMs = fetched.reduce((sum, { startTime, responseEnd }) => sum + responseEnd - startTime, 0)
    resolve({ saidMs: performance.now() - begin, waitedMs })
  }).observe(told, { childList: true })
  document.querySelector('.verify button').click()
})`

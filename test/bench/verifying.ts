import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { printVerifierKey } from '../../shared/ledger/verifier-key.ts'
import { BUILDING } from '../../infra/site.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { aLog } from '../shared/ledger/signers.ts'
import { evidenceOf, partsOf, printed, verified } from '../shared/verification/evidence.ts'
import { quantile } from './measure.ts'
import { historyOf } from './told.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { SLOWER } from './slow.ts'

interface Values {
  readonly events?: number
  readonly bytes?: number
  readonly gzipBytes?: number
  readonly brotliBytes?: number
  /** Of the tlog-proof alone. */
  readonly proofBytes?: number
  readonly nodeMs?: number
  readonly browserMs?: number
}

const MOST_MS = 1_500
const ROUNDS = 5
/** What a proof weighs, and how soon somebody else's machine has worked all of it out again. */
export async function benchVerifying(): Promise<Section> {
  const script = await bundledVerifier()
  const rows: Row<Values>[] = [
    {
      label: 'the verifier alone, bundled for browsers',
      values: { bytes: script.length, brotliBytes: brotliCompressSync(script).length },
    },
  ]
  for (const size of [10, 1_000, 10_000]) rows.push(await verifying(size, script))
  return section({
    title: 'verifying a product',
    notes: [`times: median of ${ROUNDS}; in Chromium the CPU is ${SLOWER} times slower`],
    columns: [
      { heading: 'events', cell: ({ events }: Values) => shown(events) },
      { heading: 'bytes', cell: ({ bytes }: Values) => shown(bytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => shown(gzipBytes) },
      { heading: 'brotli', cell: ({ brotliBytes }: Values) => shown(brotliBytes) },
      { heading: 'log proof', cell: ({ proofBytes }: Values) => shown(proofBytes) },
      { heading: 'Node, ms', cell: ({ nodeMs }: Values) => shown(nodeMs) },
      { heading: 'Chromium, ms', cell: ({ browserMs }: Values) => shown(browserMs) },
    ],
    rows,
  })
}

const shown = (value: number | undefined): string => (value === undefined ? '' : decimal(value))

async function verifying(size: number, script: string): Promise<Row<Values>> {
  const signer = await aLog()
  const { events, product } = historyOf(size)
  const evidence = await evidenceOf(events, signer)
  const parts = await partsOf(evidence, product)
  const text = printed(parts)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    const result = await verified(text, { trust: evidence.trust, batch: product })
    if (!result.ok) throw new Error(JSON.stringify(result.fault))
    times.push(performance.now() - begin)
  }
  const browserMs = await inBrowser(script, text, printVerifierKey(signer.key))
  const values = {
    events: parts.events.length,
    bytes: Buffer.byteLength(text),
    gzipBytes: gzipSync(text).length,
    proofBytes: Buffer.byteLength(parts.proof),
    nodeMs: quantile(times, 0.5),
    browserMs,
  }
  const label = `bundle of ${decimal(size)} events`
  return size === 1_000
    ? { label, values, target: { text: '≤ 1.5 s in Chromium', met: browserMs <= MOST_MS } }
    : { label, values }
}

/** As infra/site.ts bundles for phones of 2020. */
async function bundledVerifier(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { verifyBundle } from './shared/verification/verify.ts'
        export { linesOf } from './shared/verification/bundle.ts'
        export { parseVerifierKey } from './shared/ledger/verifier-key.ts'`,
      resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
      loader: 'ts',
    },
    ...BUILDING,
    format: 'iife',
    globalName: 'verifier',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

async function inBrowser(script: string, text: string, key: string): Promise<number> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html>')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const address = server.address()
    // Only such an origin has Web Cryptography.
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
    await page.addScriptTag({ content: `${script}\nglobalThis.verifier = verifier` })
    await page.evaluate(`globalThis.given = ${JSON.stringify({ text, key })}`)
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) times.push(await page.evaluate<number>(VERIFYING))
    return quantile(times, 0.5)
  } finally {
    await browser.close()
    server.close()
  }
}

const VERIFYING = `(async () => {
  const { verifyBundle, linesOf, parseVerifierKey } = verifier
  const bytes = new TextEncoder().encode(given.text)
  const begin = performance.now()
  const key = await parseVerifierKey(given.key)
  const trust = { origin: key.value.name, keys: [key.value] }
  const result = await verifyBundle(linesOf([bytes]), { trust })
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return performance.now() - begin
})()`

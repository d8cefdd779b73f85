import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleFunction } from '../../infra/bundle.ts'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { bundleBare } from './bare.ts'
import { spreadOf, type Spread } from './measure.ts'
import { decimal, section, type Row, type Section } from './report.ts'

interface Subject {
  readonly name: string
  readonly file: string
  readonly times: number[]
}

interface Values {
  readonly bytes: number
  readonly gzipBytes: number
  /** From process start to module loaded, less what an empty module takes. */
  readonly initMs: Spread
  readonly ofBare: number
}

const RUNS = 17
const MOST_OF_BARE = 1.3
const BARE = 'only a DynamoDB client'

/** Bundle sizes and cold starts of all functions, beside those of a file that makes a DynamoDB client and no more. */
export async function benchColdStart(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-bundles-'))
  try {
    const [empty, bare, ...functions] = await bundleAll(folder)
    if (!empty || !bare) throw new Error('there is nothing to compare with')
    const subjects = [empty, bare, ...functions]
    // Interleaved, so that whatever else the machine does meets all alike; the first round warms the page cache.
    for (let run = -1; run < RUNS; run++) {
      for (const { file, times } of subjects) {
        const ms = await startMs(file)
        if (run >= 0) times.push(ms)
      }
    }
    const emptyMs = spreadOf(empty.times).median
    const bareMs = spreadOf(bare.times).median - emptyMs
    const rows = await Promise.all([bare, ...functions].map((subject) => rowOf(subject, emptyMs, bareMs)))
    return layOut(rows, emptyMs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The empty module first, the bare client second. */
async function bundleAll(folder: string): Promise<Subject[]> {
  const subject = (name: string): Subject => ({ name, file: join(folder, name, 'index.mjs'), times: [] })
  const names = Object.keys(FUNCTIONS).filter(isFunctionName)
  await Promise.all(names.map((name) => bundleFunction(name, join(folder, name))))
  await bundleBare(join(folder, BARE))
  const empty = { name: 'empty', file: join(folder, 'empty.mjs'), times: [] }
  await writeFile(empty.file, '')
  return [empty, subject(BARE), ...names.map(subject)]
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)

/** From spawn to exit of a process that loads the module and ends at once, whatever the module left running. */
async function startMs(file: string): Promise<number> {
  const script = `await import(${JSON.stringify(file)}); process.exit(0)`
  const begun = performance.now()
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: 'ignore',
    env: {
      TABLE_NAME: 'table',
      PUBLIC_URL: 'https://example.com',
      AWS_REGION: 'eu-central-1',
      PHOTO_BUCKET: 'photos',
    },
  })
  await once(child, 'exit')
  if (child.exitCode !== 0) throw new Error(`${file} does not load`)
  return performance.now() - begun
}

async function rowOf({ name, file, times }: Subject, emptyMs: number, bareMs: number): Promise<Row<Values>> {
  const code = await readFile(file)
  const initMs = spreadOf(times.map((ms) => ms - emptyMs))
  const ofBare = initMs.median / bareMs
  return {
    label: name,
    values: { bytes: code.length, gzipBytes: gzipSync(code).length, initMs, ofBare },
    ...(name !== BARE && { target: { text: `≤ ${MOST_OF_BARE} × bare`, met: ofBare <= MOST_OF_BARE } }),
  }
}

function layOut(rows: readonly Row<Values>[], emptyMs: number): Section {
  return section({
    title: 'cold start: bundle and init',
    notes: [`Init: process start to module loaded, less ${decimal(emptyMs)} ms for an empty module.`],
    columns: [
      { heading: 'bytes', cell: ({ bytes }: Values) => decimal(bytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => decimal(gzipBytes) },
      { heading: 'init ms', cell: ({ initMs }: Values) => decimal(initMs.median) },
      {
        heading: 'lowest–highest',
        cell: ({ initMs }: Values) => `${decimal(initMs.lowest)}–${decimal(initMs.highest)}`,
      },
      { heading: '× bare', cell: ({ ofBare }: Values) => decimal(ofBare, 2) },
    ],
    rows,
  })
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { bundleFunction } from '../../infra/bundle.ts'
import { LEAN } from '../../infra/lean.ts'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { bundleBare } from './bare.ts'
import { spreadOf, type Spread } from './measure.ts'
import { decimal, section, type Row, type Section, type Target } from './report.ts'
import { mostStartBytes } from './start-bytes.ts'

interface Subject {
  readonly name: string
  readonly file: string
  /** The files that it starts with. */
  readonly loads: readonly string[]
  /** CPU milliseconds of each round. */
  readonly rounds: number[]
}

interface Values {
  /** Of what is loaded at its start; labels, codes and the like have more beside that. */
  readonly bytes: number
  readonly gzipBytes: number
  /** CPU time that loading the module takes. */
  readonly initMs: Spread
  /** To the bare client's of the same round. */
  readonly ofBare: Spread
}

const ROUNDS = 25
const MOST_OF_BARE = 0.7
const BARE = 'only a DynamoDB client'
const BARE_AS_OURS = 'the same, bundled as ours'

/**
 * Bundle sizes and cold starts of all functions, beside those of a file that makes a DynamoDB client and no more.
 *
 * What is measured is CPU time, of all threads, while the module loads. On an idle machine it gives the same ratios as
 * the clock, but on one that others use too, the clock varied tenfold from one start to the next. It also counts the
 * compiler's and the collector's threads, which run beside the main one here and may have no core of their own elsewhere.
 * The figure is the median of the ratios of each round: a machine that slows down for a while slows both halves of one.
 */
export async function benchColdStart(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-bundles-'))
  try {
    const subjects = await bundleAll(folder)
    // Interleaved, so that whatever else the machine does meets all alike; the first round warms the page cache.
    for (let round = -1; round < ROUNDS; round++) {
      for (const { file, rounds } of subjects) {
        const ms = await initMs(file)
        if (round >= 0) rounds.push(ms)
      }
    }
    const [bare] = subjects
    if (!bare) throw new Error('there is nothing to compare with')
    return layOut(await Promise.all(subjects.map((subject) => rowOf(subject, bare.rounds))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The bare client first, bundled plainly; what our way of bundling alone gains is the second. */
async function bundleAll(folder: string): Promise<Subject[]> {
  const names = Object.keys(FUNCTIONS).filter(isFunctionName)
  const fileOf = (name: string): string => join(folder, name, 'index.mjs')
  await bundleBare(join(folder, BARE))
  await bundleBare(join(folder, BARE_AS_OURS), LEAN)
  const functions = await Promise.all(
    names.map(async (name) => {
      const { startFiles } = await bundleFunction(name, join(folder, name))
      return { name, file: fileOf(name), loads: startFiles, rounds: [] }
    }),
  )
  const bare = [BARE, BARE_AS_OURS].map((name) => ({
    name,
    file: fileOf(name),
    loads: [fileOf(name)],
    rounds: [],
  }))
  return [...bare, ...functions]
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)

/** In a process of its own, which ends at once, whatever the module left running. */
async function initMs(file: string): Promise<number> {
  const script = `
    const before = process.cpuUsage()
    await import(${JSON.stringify(file)})
    const { user, system } = process.cpuUsage(before)
    process.stdout.write(String((user + system) / 1000), () => process.exit(0))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      TABLE_NAME: 'table',
      PUBLIC_URL: 'https://example.com',
      AWS_REGION: 'eu-central-1',
      PHOTO_BUCKET: 'photos',
    },
  })
  const [told] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (child.exitCode !== 0 || told === '') throw new Error(`${file} does not load`)
  return Number(told)
}

async function rowOf({ name, loads, rounds }: Subject, bareRounds: readonly number[]): Promise<Row<Values>> {
  const code = Buffer.concat(await Promise.all(loads.map(async (file) => readFile(file))))
  const ofBare = spreadOf(rounds.map((ms, round) => ms / (bareRounds[round] ?? Number.NaN)))
  return {
    label: name,
    values: { bytes: code.length, gzipBytes: gzipSync(code).length, initMs: spreadOf(rounds), ofBare },
    ...(isFunctionName(name) && {
      target: targetOf(name, code.length, ofBare.median),
    }),
  }
}

function targetOf(name: FunctionName, bytes: number, ofBare: number): Target {
  const most = mostStartBytes(name)
  return {
    text: `≤ ${MOST_OF_BARE} × bare, ${decimal(most / 1000)} KB`,
    met: ofBare <= MOST_OF_BARE && bytes <= most,
  }
}

function layOut(rows: readonly Row<Values>[]): Section {
  const range = ({ lowest, highest }: Spread, digits: number): string =>
    `${decimal(lowest, digits)}–${decimal(highest, digits)}`
  return section({
    title: 'cold start: bundle and init',
    notes: [`Init: CPU time to load the module; × bare: of the first row, median over ${ROUNDS} rounds.`],
    columns: [
      { heading: 'bytes', cell: ({ bytes }: Values) => decimal(bytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => decimal(gzipBytes) },
      { heading: 'init ms', cell: ({ initMs }: Values) => decimal(initMs.median) },
      { heading: 'lowest–highest', cell: ({ initMs }: Values) => range(initMs, 0) },
      { heading: '× bare', cell: ({ ofBare }: Values) => decimal(ofBare.median, 2) },
      { heading: 'lowest–highest', cell: ({ ofBare }: Values) => range(ofBare, 2) },
    ],
    rows,
  })
}

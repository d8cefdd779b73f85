import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { benchCapacity } from './capacity.ts'
import { benchCharge } from './charge.ts'
import { benchChecking } from './checking.ts'
import { benchCodes } from './codes.ts'
import { benchColdStart } from './coldstart.ts'
import { benchForm } from './form.ts'
import { benchHold } from './holding.ts'
import { makeProduct, type Product } from './lineage.ts'
import { seedNarrowing, seedWidening, type Lineage } from './lineages.ts'
import { benchProving } from './proving.ts'
import { benchLog } from './log.ts'
import { benchPage } from './page.ts'
import { benchIdentifying, benchPickup, benchPickupWithPhoto } from './pickup.ts'
import { missesOf, print, writeResults, type Section } from './report.ts'
import { benchResolve } from './resolve.ts'
import { benchScan, SCANNED_LOTS } from './scan.ts'
import { benchTrace } from './tracing.ts'
import { benchVerifying } from './verifying.ts'
import { startWorld, type World } from './world.ts'

interface Products {
  readonly few: Product
  readonly many: Product
}

/** What benches need is made when the first of them needs it. */
interface Given {
  readonly world: () => Promise<World>
  readonly products: () => Promise<Products>
  /** Lineages of 1,000, 3,000 and 10,000 batches. */
  readonly narrowing: () => Promise<Lineage[]>
  readonly widening: () => Promise<Lineage[]>
}

type Bench = (given: Given) => Promise<Section>

const BENCHES: Readonly<Record<string, Bench>> = {
  pickup: async ({ world }) => benchPickup(await world()),
  photo: async ({ world }) => benchPickupWithPhoto(await world()),
  identifying: async ({ world }) => benchIdentifying(await world()),
  scan: async ({ world, products }) => benchScan(await world(), (await products()).many),
  resolve: async ({ world, products }) => benchResolve(await world(), (await products()).many),
  capacity: async ({ world, products, narrowing }) =>
    benchCapacity(await world(), [
      ...Object.values(await products()),
      ...(await productsOf(await world(), await narrowing())),
    ]),
  charge: async ({ world }) => benchCharge(await world()),
  trace: async ({ world, narrowing, widening }) =>
    benchTrace(await world(), { narrowing: await narrowing(), widening: await widening() }),
  hold: async ({ world, widening }) =>
    benchHold(await world(), [...(await widening()).slice(0, 1), ...(await widening()).slice(-1)]),
  page: async ({ world, products, narrowing }) =>
    benchPage(await world(), [
      ...Object.values(await products()),
      ...(await productsOf(await world(), await narrowing())),
    ]),
  proof: async ({ world }) => {
    await world()
    return benchProving()
  },
  form: benchForm,
  checking: benchChecking,
  verifying: benchVerifying,
  log: async ({ world }) => benchLog(await world()),
  codes: benchCodes,
  coldstart: benchColdStart,
}

/** `npm run bench`: what our own work costs, beside what the database and the SDK cost anyway. */
const HELP = `Measures Tidemark against the floor in the same run, on this machine.

  npm run bench [-- options]

  --only <names>  some of: ${Object.keys(BENCHES).join(', ')} (comma-separated)
  --strict        exit with 1 when a target is missed
  --help          this text

Tables go to the terminal, numbers to .bench/results.json. The whole takes about six minutes; leave the machine
alone meanwhile. The embedded database runs on a temporary folder, which is removed afterwards.
`

function readOptions(): { only: string[]; strict: boolean; help: boolean } {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, strict: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  const only = values.only?.split(',') ?? Object.keys(BENCHES)
  const unknown = only.filter((name) => !Object.hasOwn(BENCHES, name))
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`)
  return { only, strict: values.strict ?? false, help: values.help ?? false }
}

/** A value made at the first call and kept. */
function once<T>(make: () => Promise<T>): { get: () => Promise<T>; made: () => Promise<T> | undefined } {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), made: () => made }
}

async function makeProducts(world: World): Promise<Products> {
  const few = await makeProduct(world, 10, 1)
  const many = await makeProduct(world, 2_000, SCANNED_LOTS)
  return { few, many }
}

const SIZES = [1_000, 3_000, 10_000]

/** The product of the largest, with its passport. */
async function productsOf(
  world: World,
  narrowing: readonly Lineage[],
): Promise<Pick<Product, 'id' | 'pickups'>[]> {
  const largest = narrowing.slice(-1)
  await world.project(largest.map(({ last }) => last))
  return largest.map(({ last, pickups }) => ({ id: last, pickups }))
}

async function inSizes(seed: (batches: number) => Promise<Lineage>): Promise<Lineage[]> {
  const lineages: Lineage[] = []
  for (const size of SIZES) lineages.push(await seed(size))
  return lineages
}

async function main(): Promise<number> {
  const { only, strict, help } = readOptions()
  if (help) {
    process.stdout.write(HELP)
    return 0
  }
  const about = {
    at: new Date().toISOString(),
    node: process.version,
    cpus: cpus().map((cpu) => cpu.model),
    loadBefore: loadavg()[0] ?? 0,
  }
  process.stdout.write(
    `Node ${about.node}, ${about.cpus.length} × ${about.cpus[0]}, load before ${about.loadBefore.toFixed(1)}\n`,
  )
  const world = once(startWorld)
  const products = once(async () => makeProducts(await world.get()))
  const narrowing = once(async () => (await world.get()) && inSizes(seedNarrowing))
  const widening = once(async () => (await world.get()) && inSizes(seedWidening))
  const given = { world: world.get, products: products.get, narrowing: narrowing.get, widening: widening.get }
  const sections: Record<string, Section> = {}
  try {
    for (const name of only) {
      const found = await BENCHES[name]?.(given)
      if (!found) continue
      sections[name] = found
      print(found)
    }
  } finally {
    await (await world.made())?.stop()
  }
  await writeResults(new URL('../../.bench/', import.meta.url), about, sections)
  const misses = missesOf(Object.values(sections)).length
  process.stdout.write(`\n${misses === 0 ? 'All targets met.' : `Targets missed: ${misses}.`}\n`)
  return strict && misses > 0 ? 1 : 0
}

try {
  process.exit(await main())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}

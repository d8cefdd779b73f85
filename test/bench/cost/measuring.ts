import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { DynamoDBRecord } from 'aws-lambda'
import { handler as projector } from '../../../functions/projector.ts'
import { stateKey } from '../../../functions/adapters/keys.ts'
import { readItems } from '../../../functions/adapters/read.ts'
import { sowOrganisation } from '../../../infra/sowing.ts'
import type { Measured, Units, Work } from '../../../infra/cost/measured.ts'
import { FACTORY, pickupBody, pickupKg, PLANTS, PROCESSED_AT } from '../coast.ts'
import { call, postHeaders } from '../http.ts'
import { readPage } from '../scan.ts'
import { recordOf } from '../stream.ts'
import type { World } from '../world.ts'
import { addUnits, mapUnits, NOTHING, partitionsOf, recorded, type Recorded } from './recorder.ts'
import { storedBytes } from './stored.ts'

/** Kinds of work as a co-op does them, one after the other, and what each asked of the database. */

/** So many pickups of each kind; a whole run of calls of {@link PER_CALL} charges is made of those without photos. */
export const SAMPLE = 120
const PER_CALL = 40
const HOUR_MS = 3_600_000
/** As infra/aws/stream.ts hands over at most. */
const RECORDS_PER_CALL = 50
const SCANS = 30
const GTIN = '06901234567892'
const DIGITS = 1_000

export type Measurements = Pick<Measured, 'lookup' | 'work' | 'page' | 'sample'>

/** Requires a world that was just started: what its first pickup reads besides is what a call does that finds nothing kept. */
export async function measureWork(world: World): Promise<Measurements> {
  const first = await recorded(() => post(world, '/v1/pickups', aPickup(0)))
  // Without the secret that names are hashed with, which is drawn once.
  const lookups = first.commands.filter(isLookup).filter(({ command }) => command !== 'PutItemCommand')
  const ids: string[] = []
  const pickup = await measure('pickup', SAMPLE, async () => {
    for (let n = 0; n < SAMPLE; n++) ids.push(await made(world, '/v1/pickups', aPickup(n)))
  })
  const pickupWithPhoto = await measure('pickup with a photo and its thumbnail', SAMPLE, async () => {
    for (let n = 0; n < SAMPLE; n++) await post(world, '/v1/pickups', { ...aPickup(n), photos: twoFiles() })
  })
  const some = await recordsOf(ids.slice(0, SCANS))
  const passportAlone = await measure('passport made anew, one in a call', SCANS, () => project(some, 1))
  const { run, charge, lot } = await measureRun(world, ids)
  const many = await recordsOf(ids)
  const passportOfMany = await measure('passport made anew, many in a call', SAMPLE, () =>
    project(many, RECORDS_PER_CALL),
  )
  const pellets = await measurePellets(world, lot)
  const { product, made: products } = await measureProducts(world, pellets)
  const shipment = await measureShipments(world, ids.length)
  await project(await recordsOf(products), RECORDS_PER_CALL)
  const scan = await measure('scan that reaches the function', SCANS, async () => {
    for (const id of products.slice(0, SCANS)) await readPage(world, id)
  })
  const resolve = await measure('GS1 Digital Link resolved', SCANS, async () => {
    for (let n = 0; n < SCANS; n++) await call(`${world.url}/01/${GTIN}/10/COST-${n}`, 307)
  })
  const page = await readPage(world, products[0] ?? '')
  return {
    sample: SAMPLE,
    lookup: {
      readUnits: all(sumOf(lookups, 'reads')),
      writeUnits: all(sumOf(lookups, 'writes')),
      requests: lookups.length,
    },
    work: {
      pickup,
      pickupWithPhoto,
      run,
      charge,
      shipment,
      product,
      passportAlone,
      passportOfMany,
      scan,
      resolve,
    },
    page: { bytes: Buffer.byteLength(page), gzipBytes: gzipSync(page).length },
  }
}

interface Lot {
  readonly id: string
  readonly massKg: number
}

/** A run over many calls: what opens and closes it is paid once, each call is shared by its charges. */
async function measureRun(
  world: World,
  ids: readonly string[],
): Promise<{ run: Work; charge: Work; lot: Lot }> {
  let run = ''
  let output = ''
  const massKg = ids.reduce((sum, _, n) => sum + pickupKg(n), 0)
  const cleanedKg = kg(massKg * 0.75)
  const opened = await measure('run opened', 1, async () => {
    run = await made(world, '/v1/runs', { step: 'cleaning', siteId: PLANTS[0]?.id, occurredAt: at(0) })
  })
  const charge = await measure(
    `charge, in calls of ${PER_CALL}`,
    ids.length,
    async () => {
      for (let start = 0; start < ids.length; start += PER_CALL) {
        const charges = ids
          .slice(start, start + PER_CALL)
          .map((batchId, n) => ({ batchId, massKg: pickupKg(start + n) }))
        await post(world, `/v1/runs/${run}/charges`, { occurredAt: at(1), charges })
      }
    },
    ids.length / PER_CALL,
  )
  const closed = await measure('run closed', 1, async () => {
    const answer = await post<{ outputs: { id: string }[] }>(world, `/v1/runs/${run}/close`, {
      occurredAt: at(2),
      outputs: [{ massKg: cleanedKg }],
      losses: { 'wash-loss': kg((massKg - cleanedKg) / 2), moisture: kg((massKg - cleanedKg) / 2) },
    })
    output = answer.outputs[0]?.id ?? ''
  })
  return {
    run: together('run opened and closed', opened, closed),
    charge,
    lot: { id: output, massKg: cleanedKg },
  }
}

async function measurePellets(world: World, lot: Lot): Promise<Lot> {
  const massKg = kg(lot.massKg * 0.96)
  const { outputs } = await post<{ outputs: { id: string }[] }>(world, '/v1/runs', {
    step: 'pelletizing',
    siteId: PLANTS[0]?.id,
    occurredAt: at(3),
    charges: [{ batchId: lot.id, massKg: lot.massKg }],
    outputs: [{ massKg }],
    losses: { purge: kg(lot.massKg * 0.03) },
  })
  return { id: outputs[0]?.id ?? '', massKg }
}

async function measureProducts(world: World, pellets: Lot): Promise<{ product: Work; made: string[] }> {
  const ids: string[] = []
  const massKg = kg(pellets.massKg / (SCANS + 1))
  const product = await measure('product lot of pellets, with a GTIN', SCANS, async () => {
    for (let n = 0; n < SCANS; n++) {
      const body = {
        siteId: FACTORY.id,
        name: 'Phone case "Bench" / 手机壳',
        occurredAt: at(4),
        charges: [{ batchId: pellets.id, massKg }],
        otherMaterialKg: 0,
        units: Math.floor((massKg * DIGITS) / 28),
        gramsPerUnit: 28,
        gtin: GTIN,
        lot: `COST-${n}`,
      }
      ids.push(await made(world, '/v1/products', body))
    }
  })
  return { product, made: ids }
}

/** A load of one lot: shipped from a station, and received at a plant. */
async function measureShipments(world: World, from: number): Promise<Work> {
  const receiver: World = { ...world, key: 'tm_operator_cost_0123456789abcdef' }
  await sowOrganisation(
    { id: 'cost-recycler', name: { en: 'Recycler', zh: '再生厂' }, sites: PLANTS },
    receiver.key,
  )
  const ids: string[] = []
  for (let n = from; n < from + SCANS; n++) ids.push(await made(world, '/v1/pickups', aPickup(n)))
  return measure(
    'shipment of one lot, and its receipt',
    SCANS,
    async () => {
      for (const [n, batch] of ids.entries()) {
        const shipment = await made(world, '/v1/shipments', {
          siteId: aPickup(from + n).siteId,
          to: { organisationId: 'cost-recycler', siteId: PLANTS[0]?.id },
          occurredAt: at(0),
          batches: [batch],
          manifest: { number: `M-${n}` },
          vehicle: '浙J12345',
          transport: { mode: 'road' },
        })
        await post(receiver, `/v1/shipments/${shipment}/receipt`, {
          occurredAt: at(12),
          lines: [{ batchId: batch, massKg: pickupKg(from + n) }],
        })
      }
    },
    2 * SCANS,
  )
}

/** One of `count` that `work` does, by `calls` of the API. Looking up who calls and where is counted elsewhere. */
async function measure(
  of: string,
  count: number,
  work: () => Promise<unknown>,
  calls: number = count,
): Promise<Work> {
  const before = await storedBytes()
  const cpu = process.cpuUsage()
  const { commands } = await recorded(work)
  const { user, system } = process.cpuUsage(cpu)
  const after = await storedBytes()
  const own = commands.filter((one) => !isLookup(one))
  const each = (value: number, digits = DIGITS): number => Math.round((value / count) * digits) / digits
  return {
    of,
    calls: each(calls),
    requests: each(own.length),
    writes: mapUnits(sumOf(own, 'writes'), (value) => each(value)),
    reads: mapUnits(sumOf(own, 'reads'), (value) => each(value)),
    tableBytes: each(after.table - before.table, 1),
    indexBytes: each(after.indexes - before.indexes, 1),
    cpuMs: each((user + system) / 1_000, 100),
  }
}

/** What is kept in memory between calls: who calls, and what an organisation has. The projector reads it each time. */
const isLookup = ({ command, input }: Recorded): boolean =>
  command !== 'BatchGetItemCommand' && isOfLookup(input)

function isOfLookup(input: Recorded['input']): boolean {
  if ('KeyConditionExpression' in input)
    return Object.values(input.ExpressionAttributeValues ?? {}).some(({ S }) => S?.startsWith('O#') === true)
  const partitions = partitionsOf(input)
  return partitions.length > 0 && partitions.every((partition) => LOOKED_UP.has(partition))
}

const LOOKED_UP = new Set(['K#', 'O#'])

const sumOf = (commands: readonly Recorded[], what: 'writes' | 'reads'): Units =>
  commands.map((one) => one[what]).reduce(addUnits, NOTHING)

const all = ({ table, bySite, byPerson, byWeigher }: Units): number => table + bySite + byPerson + byWeigher

function together(of: string, a: Work, b: Work): Work {
  return {
    of,
    calls: a.calls + b.calls,
    requests: a.requests + b.requests,
    writes: addUnits(a.writes, b.writes),
    reads: addUnits(a.reads, b.reads),
    tableBytes: a.tableBytes + b.tableBytes,
    indexBytes: a.indexBytes + b.indexBytes,
    cpuMs: Math.round((a.cpuMs + b.cpuMs) * 100) / 100,
  }
}

async function project(records: readonly DynamoDBRecord[], perCall: number): Promise<void> {
  for (let start = 0; start < records.length; start += perCall) {
    const { batchItemFailures } = await projector({ Records: records.slice(start, start + perCall) })
    if (batchItemFailures.length > 0) throw new Error('a passport could not be made')
  }
}

/** The stream's records of batches, as they stand now. */
async function recordsOf(ids: readonly string[]): Promise<DynamoDBRecord[]> {
  const states: DynamoDBRecord[] = []
  for (let start = 0; start < ids.length; start += MOST_READ)
    states.push(
      ...(await readItems(ids.slice(start, start + MOST_READ).map(stateKey))).map((item) => recordOf(item)),
    )
  return states
}

/** Keys that one BatchGetItem takes. */
const MOST_READ = 100

/** As a station's form sends it. */
function aPickup(n: number) {
  const occurredAt = new Date(PROCESSED_AT.getTime() - (1 + (n % 60)) * 24 * HOUR_MS).toISOString()
  return { ...pickupBody(n), occurredAt, weigher: '林阿珍' }
}

const twoFiles = (): object[] =>
  [1_834_201, 24_310].map((bytes) => ({
    sha256: randomBytes(32).toString('hex'),
    mediaType: 'image/jpeg',
    bytes,
  }))

const at = (hours: number): string => new Date(PROCESSED_AT.getTime() + hours * HOUR_MS).toISOString()
const kg = (value: number): number => Math.floor(value * DIGITS) / DIGITS

async function made(world: World, path: string, body: object): Promise<string> {
  return (await post<{ id: string }>(world, path, body)).id
}

async function post<T>(world: World, path: string, body: object): Promise<T> {
  const sent = { method: 'POST', headers: postHeaders(world), body: JSON.stringify(body) }
  const answer: T = JSON.parse(await call(world.url + path, 201, sent))
  return answer
}

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Item } from '../../../functions/adapters/items.ts'
import type { Place } from '../../../infra/cost/measured.ts'
import {
  callerTouches,
  chargeTouches,
  KEYS,
  pickupTouches,
  resolveTouches,
  scanTouches,
  type Touch,
} from '../../../infra/load/patterns.ts'
import { pickupBody, PLANTS, PROCESSED_AT } from '../../bench/coast.ts'
import { addUnits, keysOf, NOTHING, recorded, type Recorded } from '../../bench/cost/recorder.ts'
import { call, postHeaders } from '../../bench/http.ts'
import { startWorld, type World } from '../../bench/world.ts'

/** The units of a pattern are round, those of an item follow its texts. */
const SHARE = 0.1
const PLACES = ['table', 'bySite', 'byPerson', 'byWeigher'] as const satisfies readonly Place[]
const ORG = 'bench-coop'

describe('what the simulation takes work to touch', () => {
  let world: World
  let first: Recorded[]
  beforeAll(async () => {
    world = await startWorld()
    // Knows the caller and the organisation from then on.
    first = (await recorded(() => pickup(0))).commands
  })
  afterAll(() => world.stop())

  const post = async <T>(path: string, body: object): Promise<T> => {
    const sent = { method: 'POST', headers: postHeaders(world), body: JSON.stringify(body) }
    const answer: T = JSON.parse(await call(world.url + path, 201, sent))
    return answer
  }
  const pickup = (n: number, more: object = {}) =>
    post<{ id: string }>('/v1/pickups', {
      ...pickupBody(n),
      occurredAt: new Date(PROCESSED_AT.getTime() - 86_400_000).toISOString(),
      weigher: '林阿珍',
      ...more,
    })

  it('is what a pickup with two files writes, key by key', async () => {
    const photos = [1, 2].map(() => randomBytes(32).toString('hex'))
    const files = photos.map((sha256) => ({ sha256, mediaType: 'image/jpeg', bytes: 20_000 }))
    const { result, commands } = await recorded(() => pickup(1, { photos: files }))
    const own = commands.filter(writesOrReads('TransactWriteItemsCommand', 'BatchGetItemCommand'))
    const item = itemsOf(own).find((one) => one['gsi2pk'])
    const touches = pickupTouches(KEYS, {
      org: ORG,
      site: pickupBody(1).siteId,
      batch: result.id,
      person: afterHash(item?.['gsi2pk']?.S),
      weigher: afterHash(item?.['gsi3pk']?.S),
      photos,
    })
    expect(apart(own, touches)).toEqual([])
  })

  it('is what a call writes that charges forty', async () => {
    const charged: { id: string; lay: { org: string; site: string } }[] = []
    for (let n = 2; n < 42; n++)
      charged.push({ id: (await pickup(n)).id, lay: { org: ORG, site: pickupBody(n).siteId } })
    const site = PLANTS[0]?.id ?? ''
    const occurredAt = PROCESSED_AT.toISOString()
    const run = (await post<{ id: string }>('/v1/runs', { step: 'cleaning', siteId: site, occurredAt })).id
    const charges = charged.map(({ id }) => ({ batchId: id, massKg: 20 }))
    const { commands } = await recorded(() => post(`/v1/runs/${run}/charges`, { occurredAt, charges }))
    const own = commands.filter(writesOrReads('TransactWriteItemsCommand', 'BatchGetItemCommand'))
    const once = itemsOf(own).find((one) => one['pk']?.S?.startsWith('I#'))
    const command = afterHash(once?.['pk']?.S)
    expect(apart(own, chargeTouches(KEYS, { org: ORG, site, run, command, batches: charged }))).toEqual([])
  })

  it('is the one item that a scan reads, and the one that a code does', async () => {
    const { id } = await pickup(50)
    await world.project([id])
    const scan = await recorded(() => call(`${world.url}/b/${id}`, 200, { headers: { accept: 'text/html' } }))
    expect(apart(scan.commands, scanTouches(KEYS, id))).toEqual([])
    const code = await recorded(() => call(`${world.url}/01/06901234567892/10/NONE`, 404))
    expect(readKeys(code.commands)[0]).toBe(resolveTouches(KEYS, '06901234567892', 'NONE')[0]?.pk)
  })

  it('has the record of an organisation in each call of the projector, however soon after another', async () => {
    const { id } = await pickup(51)
    const { commands } = await recorded(async () => {
      await world.project([id])
      await world.project([id])
    })
    const { pk } = KEYS.organisationKey(ORG)
    expect(readKeys(commands).filter((read) => read === pk)).toHaveLength(2)
  })

  it('is the record of a key, which is read and noted where nothing is kept of a caller', () => {
    const own = first.filter(({ input }) => keysOf(input).some(({ pk }) => pk?.S?.startsWith('K#')))
    expect(own.map(({ command }) => command)).toEqual(['GetItemCommand', 'UpdateItemCommand'])
    expect(apart(own, callerTouches(KEYS, afterHash(readKeys(own)[0])))).toEqual([])
  })
})

const writesOrReads =
  (...names: string[]) =>
  ({ command, input }: Recorded): boolean =>
    names.includes(command) && !keysOf(input).every(({ pk }) => pk?.S?.startsWith('O#') === true)

const itemsOf = (commands: readonly Recorded[]): Item[] => commands.flatMap(({ input }) => keysOf(input))
const readKeys = (commands: readonly Recorded[]): string[] =>
  itemsOf(commands).flatMap(({ pk }) => pk?.S ?? [])
const afterHash = (pk = ''): string => pk.slice(pk.indexOf('#') + 1)

/** Where the partition keys are not the same, or the units not as many: nowhere. */
function apart(commands: readonly Recorded[], touches: readonly Touch[]): string[] {
  const items = itemsOf(commands)
  const named = {
    table: items.flatMap(({ pk }) => pk?.S ?? []),
    bySite: items.flatMap((item) => item['gsi1pk']?.S ?? []),
    byPerson: items.flatMap((item) => item['gsi2pk']?.S ?? []),
    byWeigher: items.flatMap((item) => item['gsi3pk']?.S ?? []),
  }
  const writes = commands.map((one) => one.writes).reduce(addUnits, NOTHING)
  const reads = commands.map((one) => one.reads).reduce(addUnits, NOTHING)
  return PLACES.flatMap((place) => {
    const here = touches.filter((touch) => touch.place === place)
    const keys = new Set(here.map(({ pk }) => pk)).symmetricDifference(new Set(named[place]))
    const sum = (of: 'writes' | 'reads'): number => here.reduce((units, touch) => units + (touch[of] ?? 0), 0)
    return [
      ...[...keys].map((key) => `${place} ${key}`),
      ...(isNear(sum('writes'), writes[place]) ? [] : [`${place} writes ${writes[place]}`]),
      ...(isNear(sum('reads'), reads[place]) ? [] : [`${place} reads ${reads[place]}`]),
    ]
  })
}

const isNear = (taken: number, measured: number): boolean => Math.abs(taken - measured) <= SHARE * measured

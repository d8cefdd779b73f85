import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchOf } from '../client.ts'
import { aPickup, aRun, outputIdOf } from '../given.ts'
import { printed } from './printing/paper.ts'
import { startInProcess, type InProcess } from '../in-process.ts'

/** What anybody can read of entries whose every sealed value is a secret that could be found again. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

/** To a tenth of a metre, and never on a rounder figure. */
const exact = (from: number, to: number): fc.Arbitrary<number> =>
  fc
    .integer({ min: Math.round(from * 1e5), max: Math.round(to * 1e5) })
    .chain((n) => fc.integer({ min: 1, max: 9 }).map((digit) => Number(`${(n / 1e5).toFixed(5)}${digit}`)))

const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
const secretName = (prefix: string): fc.Arbitrary<string> => hex(12).map((rest) => `${prefix} ${rest}`)

const photo = fc.record({
  sha256: hex(64),
  mediaType: fc.constant('image/jpeg'),
  bytes: fc.constant(1000),
  takenAt: fc.constant('2026-08-01T00:03:17.123Z'),
  lat: exact(28.2, 28.6),
  lon: exact(121.6, 122.2),
  thumbnail: fc.record({ sha256: hex(64), mediaType: fc.constant('image/jpeg'), bytes: fc.constant(100) }),
})

const entry = fc.record({
  position: fc.record({
    lat: exact(28.2, 28.6),
    lon: exact(121.6, 122.2),
    accuracyM: fc.integer({ min: 3, max: 200 }),
    crs: fc.constantFrom('WGS84', 'GCJ02'),
  }),
  collector: secretName('Chen'),
  weigher: secretName('Lin'),
  vessel: secretName('浙椒渔'),
  photos: fc.uniqueArray(photo, { maxLength: 3, selector: ({ sha256 }) => sha256 }),
  form: fc.constantFrom('crate', 'float', 'bottle'),
  massKg: fc.integer({ min: 50, max: 500 }),
})
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never

/** The private values of an entry, coordinates cut after four decimals, which are ten metres. */
function secretsOf({ position, collector, weigher, vessel, photos }: Entry): string[] {
  const places = [position, ...photos].flatMap(({ lat, lon }) => [lat, lon])
  return [
    ...places.map((degrees) => /^\d+\.\d{4}/.exec(String(degrees))?.[0] ?? ''),
    ...photos.flatMap(({ sha256, takenAt, thumbnail }) => [sha256, takenAt.slice(11), thumbnail.sha256]),
    collector,
    weigher,
    vessel,
    // Nor the name without what all of them have in common.
    ...[collector, weigher, vessel].map((name) => name.slice(-12)),
  ]
}

const PUBLIC = (id: string): string[] => [
  `/b/${id}?format=json`,
  `/b/${id}?lang=en`,
  `/b/${id}?lang=zh`,
  `/v1/batches/${id}/qr.svg`,
  `/b/${id}/proof`,
]

async function allThatIsPublic(id: string): Promise<string> {
  const answers = await Promise.all(PUBLIC(id).map((path) => here.client.get(path)))
  for (const { status } of answers) expect(status).toBe(200)
  const label = await printed((await here.client.get(`/v1/batches/${id}/label`)).bytes, 36)
  return [...answers, ...label].map(({ text }) => text).join('\n')
}

describe('the public', () => {
  it('sees place and about a kilometre of a pickup, and of what is made of it, and nothing that is sealed', async () => {
    const { keys } = here.runtime.credentials
    const entries = fc.sample(entry, { numRuns: 24, seed: 20261125 })
    const secrets = entries.flatMap(secretsOf)
    expect(new Set(secrets).has('')).toBe(false)
    const ids: string[] = []
    for (const one of entries)
      ids.push(batchOf(await here.client.post('/v1/pickups', keys.station, aPickup(one))).id)
    const charges = ids.map((batchId) => ({ batchId, massKg: 40 }))
    const run = aRun('', { step: 'sorting', charges, outputs: [{ massKg: 40 * ids.length }] })
    const made = outputIdOf(await here.client.post('/v1/runs', keys.recycler, run))
    await Promise.all([here.runtime.projected(), here.runtime.logged()])
    for (const id of [...ids, made]) {
      const shown = await allThatIsPublic(id)
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([])
      expect(shown).toContain('placeId')
    }
    const { items } = await here.client.events(ids[0] ?? '', keys.auditor)
    expect(items).toHaveLength(2)
    const sealed = await here.client.get(`/v1/batches/${ids[0]}/sealed`, { key: keys.operator })
    const [first] = entries
    if (!first) throw new Error('there are entries')
    expect(secretsOf(first).filter((secret) => !sealed.text.includes(secret))).toEqual([])
    const events = JSON.stringify(items)
    expect(secrets.filter((secret) => events.includes(secret))).toEqual([])
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { aPickup, givenPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { refused } from './refused.ts'

/** What people get wrong about a pickup, field by field. */
const runtime = runtimeForTests()

beforeAll(async () => {
  await givenPickup(runtime)
})

const pickup = (changes: object) => () =>
  runtime.post('/v1/pickups', runtime.keys.collector, aPickup(changes))

describe('a pickup', () => {
  it.each([
    ['an unknown field', { weight: 3 }, '/weight', ['There is no field "weight"']],
    [
      'a field named __proto__',
      JSON.parse('{"__proto__":{"massKg":1}}'),
      '/__proto__',
      ['no field "__proto__"'],
    ],
    ['a missing mass', { massKg: undefined }, '/massKg', ['Missing']],
    ['a negative mass', { massKg: -1 }, '/massKg', ['>0', 'Given: -1']],
    ['a mass of nothing', { massKg: 0 }, '/massKg', ['>0', 'Given: 0']],
    ['an absurd mass', { massKg: 10_000.001 }, '/massKg', ['<=10000', 'Given: 10000.001']],
    ['a mass with four decimals', { massKg: 12.3456 }, '/massKg', ['three decimals', 'Given: 12.3456']],
    ['a mass below a gram', { massKg: 1e-7 }, '/massKg', ['three decimals']],
    ['a mass in words', { massKg: '12.5' }, '/massKg', ['expected number', 'Given: "12.5"']],
    ['half a piece', { pieces: 0.5 }, '/pieces', ['int', 'Given: 0.5']],
    ['moisture of 100 %', { moisturePct: 100 }, '/moisturePct', ['below 100 %', 'Given: 100']],
    ['moisture beyond 100 %', { moisturePct: 250 }, '/moisturePct', ['below 100 %', 'Given: 250']],
    ['negative moisture', { moisturePct: -0.01 }, '/moisturePct', ['>=0', 'Given: -0.01']],
    ['moisture with three decimals', { moisturePct: 99.999 }, '/moisturePct', ['two decimals']],
    ['an unknown form', { form: 'anchor' }, '/form', ['"bottle"|"net"', 'Given: "anchor"']],
    ['a collected form that only processing makes', { form: 'pellet' }, '/form', ['Given: "pellet"']],
    ['a time in words', { occurredAt: 'yesterday' }, '/occurredAt', ['ISO', 'Given: "yesterday"']],
    [
      'a time without an offset',
      { occurredAt: '2026-08-01T06:30:00' },
      '/occurredAt',
      ['Given: "2026-08-01T06'],
    ],
    [
      'a day that no month has',
      { occurredAt: '2026-02-30T00:00:00Z' },
      '/occurredAt',
      ['Given: "2026-02-30'],
    ],
    ['a time before 2015', { occurredAt: '2014-12-31T23:59:59Z' }, '/occurredAt', ['before 2015']],
    [
      'a latitude that is a longitude',
      { position: { lat: 121.6, lon: 28.3 } },
      '/position/lat',
      ['swapped?', '121.6'],
    ],
    [
      'a longitude beyond the date line',
      { position: { lat: 28.3, lon: 180.1 } },
      '/position/lon',
      ['<=180', '180.1'],
    ],
    [
      'an unknown datum',
      { position: { lat: 28.3, lon: 121.6, crs: 'BD09' } },
      '/position/crs',
      ['"WGS84"|"GCJ02"'],
    ],
    ['half of an emoji', { collector: 'Lin \ud83d' }, '/collector', ['valid Unicode']],
    ['a control character', { vessel: 'a\u0000b' }, '/vessel', ['without control characters']],
    ['a name of fillers that look like nothing', { collector: '\u3164\u3164' }, '/collector', ['U+3164']],
    ['a name with a line separator', { collector: 'Chen\u2028Ahai' }, '/collector', ['one line', 'U+2028']],
    ['a blank of braille', { vessel: '\u2800' }, '/vessel', ['Take out U+2800']],
    ['a space of no width', { weigher: 'Li\u200Bn' }, '/weigher', ['U+200B']],
    ['a name that is only spaces', { collector: '   ' }, '/collector', ['Given: "   "']],
    [
      'a photo hash that is none',
      { photos: [{ sha256: 'AB', mediaType: 'image/png', bytes: 1 }] },
      '/photos/0/sha256',
      ['64'],
    ],
  ])('is refused with %s', async (_what, changes, pointer, says) => {
    await refused(runtime, pickup(changes), { status: 400, code: 'invalid-request', pointer, says })
  })

  it.each([
    [90, 180, 'lat', '0.8293 to 55.8271', '90'],
    [-90, -180, 'lat', '0.8293 to 55.8271', '-90'],
    [28.3, -121.6, 'lon', '72.004 to 137.8347', '-121.6'],
    [28.3, 180, 'lon', '72.004 to 137.8347', '180'],
  ])('is refused with a position %d, %d that no Chinese map has', async (lat, lon, field, allowed, given) => {
    await refused(runtime, pickup({ position: { lat, lon, crs: 'GCJ02' } }), {
      status: 400,
      code: 'invalid-request',
      pointer: `/position/${field}`,
      says: ['GCJ02', allowed, `Given: ${given}`],
    })
  })

  it('is refused with a number too large for any computer, and told so', async () => {
    const text = JSON.stringify(aPickup()).replace('"massKg":100', '"massKg":1e400')
    const send = () => runtime.post('/v1/pickups', runtime.keys.collector, text)
    const { detail, errors } = await refused(runtime, send, {
      status: 400,
      code: 'invalid-request',
      pointer: '/massKg',
      says: ['Given: a number too large to be kept'],
    })
    expect(errors?.map((error) => error.detail).join(' ')).not.toContain('null')
    expect(detail).toBe('Please correct in the body: /massKg.')
  })

  it('is told the sentence of a rule with one mark at its end, and each field once', async () => {
    const swapped = await refused(runtime, pickup({ position: { lat: 121.6, lon: 28.3 } }), {
      status: 400,
      code: 'invalid-request',
    })
    expect(swapped.errors?.[0]?.detail).toMatch(/swapped\? Given: 121\.6\.$/)
    const absurd = await refused(runtime, pickup({ massKg: 1e20 }), { status: 400, code: 'invalid-request' })
    expect(absurd.detail).toBe('Please correct in the body: /massKg.')
  })

  it('is refused with several faults at once, each of them named', async () => {
    const { errors, detail } = await refused(runtime, pickup({ massKg: -1, form: 'anchor', siteId: 7 }), {
      status: 400,
      code: 'invalid-request',
    })
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/form', '/massKg', '/siteId'])
    for (const pointer of ['/form', '/massKg', '/siteId']) expect(detail).toContain(pointer)
  })

  it('is refused with a text nested ten thousand deep', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    const text = JSON.stringify(aPickup({ collector: 0 })).replace('"collector":0', `"collector":${deep}`)
    await refused(runtime, () => runtime.post('/v1/pickups', runtime.keys.collector, text), {
      status: 400,
      code: 'invalid-request',
      pointer: '/collector',
    })
  })

  it('is refused with a time in the future, which says what time it is here', async () => {
    const occurredAt = new Date(Date.now() + 3_600_000).toISOString()
    await refused(runtime, pickup({ occurredAt }), {
      status: 422,
      code: 'future-time',
      pointer: '/occurredAt',
      says: [occurredAt, 'it is now', '5 minutes'],
    })
  })

  it.each([
    [0, 0],
    [90, 121.6],
  ])('is refused at %d, %d, where receivers are that know no place', async (lat, lon) => {
    await refused(runtime, pickup({ position: { lat, lon } }), {
      status: 422,
      code: 'position-implausible',
      pointer: '/position',
      says: [`lat ${lat}, lon ${lon}`, 'leave the position out'],
    })
  })

  it('is refused at a site that its organisation does not have, naming those it has', async () => {
    await refused(runtime, pickup({ siteId: 'shenjiamen' }), {
      status: 422,
      code: 'unknown-site',
      pointer: '/siteId',
      says: ['shenjiamen', 'dachen', 'shitang'],
    })
  })
})

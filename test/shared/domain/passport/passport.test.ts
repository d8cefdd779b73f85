import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Batch, Transfer } from '../../../../shared/domain/state/batch.ts'
import type { Certificate } from '../../../../shared/domain/state/certificate.ts'
import type { LabResult } from '../../../../shared/domain/events/quality.ts'
import { fold } from '../../../../shared/domain/state/fold.ts'
import { MAX_PASSES } from '../../../../shared/domain/lineage/journey.ts'
import { FOUND, type Found } from '../../../../shared/domain/geo/coast/found.ts'
import { totalGrams } from '../../../../shared/domain/lineage/origin.ts'
import { makePassport } from '../../../../shared/domain/passport/make-passport.ts'
import {
  MAX_HOLDS,
  MAX_ORIGINS,
  MAX_RESULTS,
  MAX_SITES_PER_LEG,
  MAX_TRANSFERS,
  type PassportHold,
} from '../../../../shared/domain/passport/passport.ts'
import {
  accepted,
  ACTOR,
  afterRun,
  batch,
  givenPickups,
  passportOf,
  pickupCommand,
  recordPickup,
  runCommand,
  SITE,
  stored,
} from '../scenario.ts'
import { everyPass } from './every-pass.ts'

const COOP = { id: 'coop', name: { en: 'The co-op', zh: '合作社' }, sites: [SITE] }

const OBP: Certificate = {
  kind: 'certificate',
  id: 'CAAAAAAAAAAAA',
  org: 'coop',
  scheme: 'OBP',
  number: 'OBP-1',
  body: 'Body',
  sites: ['dachen'],
  steps: ['collection'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  recordedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  head: 'a',
}

/** A cleaned lot of 40 pickups from many cells of the sea and 10 stations; of some the accuracy is missing, or the position. */
function manyPlaces() {
  const pickups = Array.from({ length: 40 }, (_, index) => ({
    command: pickupCommand({
      batch: `B${String(index).padStart(12, '0')}`,
      netGrams: 1_000 * (index + 1),
      ...(index % 3 !== 2 && { position: { lat: 25 + index / 10, lon: 124.5 } }),
      ...(index % 3 === 0 && { accuracyM: 20 }),
      site: { ...SITE, id: `station-${index % 10}` },
    }),
  }))
  const events = pickups.flatMap(({ command }) => accepted(recordPickup(command, ACTOR)))
  const draws = pickups.map(({ command }) => ({ batch: command.batch, massGrams: command.netGrams ?? 0 }))
  const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: 600_001 }]
  return afterRun(fold(new Map(), stored(events)), runCommand({ draws, outputs, losses: {} }))
}

const result = (parameter: string, passed: boolean): LabResult => ({
  parameter,
  method: 'ISO 1133-1, 190 °C, 2.16 kg',
  value: passed ? 0.123 : 4.567,
  unit: 'g/10 min',
  lowest: 0.1,
  highest: 4,
  passed,
})

/** The same lot with as much as can be on it: hand-overs, lab results and claims. */
function busyBatch(): Batch {
  const made = batch(manyPlaces(), 'BBBBBBBBBBBBB')
  const transfer = (index: number): Transfer => ({
    shipment: `SAAAAAAAAAAA${index}`,
    from: { org: `organisation-${index}`, site: 'a' },
    loadedAt: 'a',
    to: { org: `organisation-${index + 1}`, site: 'b' },
    at: `2026-09-0${index + 1}T09:13:44.123Z`,
    sentGrams: 600_001,
    receivedGrams: 600_001 - index,
    keptGrams: 600_001 - index,
    mode: 'road',
    distanceKm: 123,
  })
  const results = Array.from({ length: 12 }, (_, index) => result(`parameter ${index}`, index < 9))
  const inspection = { sample: 'SAMPLE-1', lab: 'Lab of Dr Wang', passed: false, results, event: 'B-9' }
  return {
    ...made,
    claims: { OBP: 500_000, 'ISCC-PLUS': 400_000, GRS: 300_000 },
    transfers: Array.from({ length: 7 }, (_, index) => transfer(index)),
    inspections: [
      { ...inspection, testedAt: '2026-09-09T00:00:00Z', reportSha256: 'e'.repeat(64) },
      { ...inspection, testedAt: '2026-09-01T00:00:00Z' },
    ],
  }
}

const HOLDS: readonly PassportHold[] = [0, 1, 2, 3, 4].map((day) => ({
  reason: 'contamination',
  since: `2026-09-1${day}T00:00:00.000Z`,
  batch: `BCCCCCCCCCCC${day}`,
}))

describe('a passport', () => {
  it('names places and sites in both languages, and joins the months of a place', () => {
    const second = pickupCommand({ batch: 'BCCCCCCCCCCCC', occurredAt: '2026-07-01T00:00:00.000Z' })
    const draws = ['BAAAAAAAAAAAA', 'BCCCCCCCCCCCC'].map((id) => ({ batch: id, massGrams: 100_000 }))
    const world = afterRun(givenPickups(pickupCommand(), second), runCommand({ draws, losses: {} }))
    const passport = passportOf(batch(world, 'BBBBBBBBBBBBB'), [COOP])
    expect(passport).toMatchObject({ madeBy: COOP.name, site: { id: 'huzhou', en: 'huzhou', zh: 'huzhou' } })
    expect(passport.origins).toEqual([
      {
        placeId: 'dachen',
        found: 'unrecorded',
        name: { en: 'Dachen Island', zh: '大陈岛' },
        lat: 28.48,
        lon: 121.885,
        from: '2026-07',
        to: '2026-08',
        grams: 80_000,
      },
    ])
    expect(passport.journey.map(({ step, sites }) => [step, sites])).toEqual([
      ['collection', [SITE.name]],
      ['cleaning', [{ en: 'huzhou', zh: 'huzhou' }]],
    ])
  })

  it('shows the largest origins, sums up the rest, and still adds up to the gram', () => {
    const passport = passportOf(batch(manyPlaces(), 'BBBBBBBBBBBBB'), [COOP])
    expect(passport.origins).toHaveLength(MAX_ORIGINS)
    expect(passport.otherOrigins.length).toBeGreaterThan(1)
    const collected = totalGrams([...passport.origins, ...passport.otherOrigins])
    expect(collected + passport.otherMaterialGrams).toBe(passport.massGrams)
    const grams = passport.origins.map((origin) => origin.grams)
    expect(grams).toEqual([...grams].sort((a, b) => b - a))
  })

  it('tells apart what is known of where it was found, of what it lists and of all the rest, to the gram', () => {
    const lot = batch(manyPlaces(), 'BBBBBBBBBBBBB')
    const { origins, otherOrigins } = passportOf(lot, [COOP])
    const known = FOUND.filter((found) => lot.origins.some((share) => share.found === found))
    expect(known).toEqual(['sea', 'near-coast', 'unrecorded'])
    for (const found of known) {
      const of = (shares: readonly { found?: Found; grams: number }[]): number =>
        totalGrams(shares.filter((share) => share.found === found))
      expect(of(origins) + of(otherOrigins)).toBe(of(lot.origins))
    }
  })

  it('keeps two of one place apart, of which one came without its position', () => {
    const placed = { position: { lat: 28.48, lon: 122.05 }, accuracyM: 10, netGrams: 60_000 }
    const sea = pickupCommand({ batch: 'BCCCCCCCCCCCC', ...placed })
    const draws = [
      { batch: 'BAAAAAAAAAAAA', massGrams: 100_000 },
      { batch: 'BCCCCCCCCCCCC', massGrams: 60_000 },
    ]
    const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: 160_000 }]
    const world = afterRun(givenPickups(pickupCommand(), sea), runCommand({ draws, outputs, losses: {} }))
    expect(passportOf(batch(world, 'BBBBBBBBBBBBB'), [COOP]).origins).toMatchObject([
      { placeId: 'dachen', found: 'unrecorded', grams: 100_000 },
      { placeId: 'dachen', found: 'sea', grams: 60_000 },
    ])
  })

  it('says what the checks of its making found, and no more of them than that', () => {
    const washed = afterRun(givenPickups(pickupCommand()), runCommand())
    const { checked } = passportOf(batch(washed, 'BBBBBBBBBBBBB'), [COOP])
    expect(checked.passed).toContain('R10')
    expect(JSON.stringify(checked)).not.toContain('sentence')
    const late = { ...pickupCommand({ occurredAt: '2026-06-01T00:00:00.000Z' }) }
    expect(passportOf(batch(givenPickups(late), late.batch), [COOP]).checked.toReview).toContain('R7')
  })

  it('names the certificates that its claims rest on, with their validity, and no others', () => {
    const certified = { ...batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA'), certificates: [OBP.id] }
    const made = passportOf(certified, [COOP], [{ ...OBP, id: 'CZZZZZZZZZZZZ' }, OBP])
    expect(made.certificates).toEqual([
      { scheme: 'OBP', number: 'OBP-1', body: 'Body', validFrom: '2026-01-01', validTo: '2026-12-31' },
    ])
    const withdrawn = passportOf(certified, [COOP], [{ ...OBP, withdrawnAt: '2026-10-01T00:00:00.000Z' }])
    expect(withdrawn.certificates[0]?.withdrawnAt).toBe('2026-10-01')
  })

  it('says whom to ask about it only where its maker has said so', () => {
    const pickup = batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA')
    expect(passportOf(pickup, [{ ...COOP, contact: 'ask@coop.example' }]).contact).toBe('ask@coop.example')
    expect(passportOf(pickup, [COOP])).not.toHaveProperty('contact')
  })

  it('says when it was last written, not when that happened', () => {
    const { updatedAt, occurredAt } = passportOf(batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA'), [
      COOP,
    ])
    expect([updatedAt, occurredAt]).toEqual([ACTOR.now.slice(0, 10), '2026-08-01'])
  })

  it('names the largest sites and counts those that it does not name', () => {
    const [collection] = passportOf(batch(manyPlaces(), 'BBBBBBBBBBBBB'), [COOP]).journey
    expect(collection?.sites).toHaveLength(MAX_SITES_PER_LEG)
    expect(collection?.moreSites).toBe(10 - MAX_SITES_PER_LEG)
    // Of pickups of 1 to 40 kg, station 9 took in the most.
    expect(collection?.sites.map(({ en }) => en)).toEqual(
      Array.from({ length: MAX_SITES_PER_LEG }, (_, index) => `station-${9 - index}`),
    )
  })

  it('stays within what one read unit carries, however much is upstream and happened since', () => {
    const passport = makePassport(busyBatch(), {
      organisations: [COOP],
      holds: HOLDS,
      certificates: [],
      revision: 1,
    })
    expect(passport.origins).toHaveLength(MAX_ORIGINS)
    expect(passport.transfers).toHaveLength(MAX_TRANSFERS)
    expect(passport.holds).toHaveLength(MAX_HOLDS)
    expect(gzipSync(JSON.stringify(passport)).length).toBeLessThan(4_000)
  })

  it('stays within it with as many passes as there can be, each at many sites and with every loss', () => {
    const passport = passportOf({ ...busyBatch(), journey: everyPass() }, [COOP])
    expect(passport.journey).toHaveLength(5 + 4 * MAX_PASSES)
    expect(gzipSync(JSON.stringify(passport)).length).toBeLessThan(4_000)
  })

  it('names the latest hand-overs and counts those before', () => {
    const { transfers, earlierTransfers } = passportOf(busyBatch(), [COOP])
    expect(transfers.map(({ from }) => from.en)).toEqual([3, 4, 5, 6].map((index) => `organisation-${index}`))
    expect(earlierTransfers).toBe(7 - MAX_TRANSFERS)
  })

  it('shows the newest inspection, what failed first, and counts the results that it does not show', () => {
    const { count, latest } = passportOf(busyBatch(), [COOP]).inspections
    expect([count, latest?.testedAt, latest?.passed]).toEqual([2, '2026-09-09', false])
    expect(latest?.results.map(({ parameter }) => parameter)).toEqual(
      [9, 10, 11, 0, 1, 2].map((index) => `parameter ${index}`),
    )
    expect(latest?.moreResults).toBe(12 - MAX_RESULTS)
  })

  it('lists its own hold before all from upstream, however old they are, and counts the rest', () => {
    const own: PassportHold = { reason: 'quality', since: '2026-10-01T00:00:00.000Z', batch: 'BBBBBBBBBBBBB' }
    const { holds, moreHolds } = makePassport(busyBatch(), {
      organisations: [],
      holds: [...HOLDS.toReversed(), own],
      certificates: [],
      revision: 1,
    })
    expect(holds).toEqual([own, HOLDS[0], HOLDS[1]])
    expect(moreHolds).toBe(3)
  })

  it('carries nothing of the exact position, the collector or the seals', () => {
    const exact = pickupCommand({
      position: { lat: 28.27314, lon: 121.61592 },
      sealed: { collector: 'c'.repeat(64), position: 'd'.repeat(64) },
    })
    const text = JSON.stringify(passportOf(batch(givenPickups(exact), 'BAAAAAAAAAAAA'), [COOP]))
    for (const secret of ['28.2731', '121.6159', 'cccc', 'dddd']) expect(text).not.toContain(secret)
  })

  it('says on which day things happened, never at what time, and to no more than 10 km how far out at sea', () => {
    const exact = pickupCommand({
      occurredAt: '2026-08-01T04:37:12.345Z',
      position: { lat: 28.31, lon: 122.63 },
      accuracyM: 10,
    })
    const world = afterRun(givenPickups(exact), runCommand())
    const pickup = passportOf(batch(world, 'BAAAAAAAAAAAA'), [COOP])
    expect(pickup.occurredAt).toBe('2026-08-01')
    expect(pickup.oceanBound?.distanceKm).toBe(100)
    for (const text of [pickup, passportOf(batch(world, 'BBBBBBBBBBBBB'), [COOP])].map((made) =>
      JSON.stringify(made),
    ))
      expect(text).not.toContain('04:37')
  })

  it('of a batch that never was carries none of what was found out about it', () => {
    const mistaken: Batch = {
      ...busyBatch(),
      status: 'void',
      massGrams: 0,
      origins: [],
      claims: {},
      journey: [],
    }
    const passport = makePassport(
      {
        ...mistaken,
        oceanBound: { obpClass: 'OCEAN', withinFence3Km: false, openSea: true, dataset: 'x@1' },
      },
      { organisations: [COOP], holds: [], certificates: [], revision: 1 },
    )
    expect(passport).toMatchObject({ transfers: [], inspections: { count: 0 }, origins: [], journey: [] })
    expect(passport).not.toHaveProperty('oceanBound')
    expect(passport).not.toHaveProperty('carbon')
  })

  it('carries nothing of who tested it, of shipments, or of who placed a hold and what they noted', () => {
    const hold: PassportHold = {
      reason: 'quality',
      since: '2026-10-01T00:00:00.000Z',
      batch: 'BBBBBBBBBBBBB',
    }
    const placed = { ...hold, event: 'B-77', org: 'rival', note: 'seen by Li' }
    const passport = makePassport(busyBatch(), {
      organisations: [COOP],
      holds: [placed],
      certificates: [],
      revision: 1,
    })
    const text = JSON.stringify(passport)
    for (const secret of ['Dr Wang', 'SAMPLE', 'eeee', 'SAAAA', 'B-9', 'B-77', 'rival', 'seen by Li'])
      expect(text).not.toContain(secret)
  })
})

import { describe, expect, it } from 'vitest'
import { fold } from '../../../shared/domain/fold.ts'
import { MAX_ORIGINS, MAX_SITES_PER_LEG } from '../../../shared/domain/passport.ts'
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
} from './scenario.ts'

const COOP = { id: 'coop', name: { en: 'The co-op', zh: '合作社' }, sites: [SITE] }

/** A cleaned lot of 40 pickups from 40 cells of the sea and 10 stations. */
function manyPlaces() {
  const pickups = Array.from({ length: 40 }, (_, index) => ({
    command: pickupCommand({
      batch: `B${String(index).padStart(12, '0')}`,
      netGrams: 1_000 * (index + 1),
      position: { lat: 25 + index / 10, lon: 124.5 },
      site: { ...SITE, id: `station-${index % 10}` },
    }),
  }))
  const events = pickups.flatMap(({ command }) => accepted(recordPickup(command, ACTOR)))
  const draws = pickups.map(({ command }) => ({ batch: command.batch, massGrams: command.netGrams ?? 0 }))
  const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: 600_001 }]
  return afterRun(fold(new Map(), stored(events)), runCommand({ draws, outputs, losses: {} }))
}

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
    expect(passport.otherOrigins.count).toBeGreaterThan(0)
    const shown = passport.origins.reduce((sum, origin) => sum + origin.grams, 0)
    expect(shown + passport.otherOrigins.grams + passport.otherMaterialGrams).toBe(passport.massGrams)
    const grams = passport.origins.map((origin) => origin.grams)
    expect(grams).toEqual([...grams].sort((a, b) => b - a))
  })

  it('counts the sites that it does not name', () => {
    const [collection] = passportOf(batch(manyPlaces(), 'BBBBBBBBBBBBB'), [COOP]).journey
    expect(collection?.sites).toHaveLength(MAX_SITES_PER_LEG)
    expect(collection?.moreSites).toBe(10 - MAX_SITES_PER_LEG)
  })

  it('stays within what one read unit carries, however many places lie upstream', () => {
    const passport = passportOf(batch(manyPlaces(), 'BBBBBBBBBBBBB'), [COOP])
    expect(JSON.stringify(passport).length).toBeLessThan(8_000)
  })

  it('carries nothing of the exact position, the collector or the seals', () => {
    const exact = pickupCommand({
      position: { lat: 28.27314, lon: 121.61592 },
      sealed: { collector: 'c'.repeat(64), position: 'd'.repeat(64) },
    })
    const text = JSON.stringify(passportOf(batch(givenPickups(exact), 'BAAAAAAAAAAAA'), [COOP]))
    for (const secret of ['28.2731', '121.6159', 'cccc', 'dddd']) expect(text).not.toContain(secret)
  })
})

import { describe, expect, it } from 'vitest'
import { PLACES } from '../../../shared/domain/geo/places.ts'
import { booksBalance } from '../../../shared/domain/state/batch.ts'
import { accepted, ACTOR, batch, givenPickups, pickupCommand, recordPickup, refused } from './scenario.ts'

/** Along a meridian, on the sphere that distances are measured on. */
const KM_PER_DEGREE = (6371.0088 * Math.PI) / 180

describe('recording a pickup', () => {
  it('makes a collected batch that comes wholly from one place and month', () => {
    const made = batch(
      givenPickups(pickupCommand({ position: { lat: 28.27, lon: 121.61 } })),
      'BAAAAAAAAAAAA',
    )
    expect(made).toMatchObject({
      stage: 'collected',
      status: 'active',
      custodian: 'coop',
      massGrams: 100_000,
      remainingGrams: 100_000,
      origins: [{ placeId: 'shitang', period: '2026-08', found: 'near-coast', grams: 100_000 }],
    })
    expect(booksBalance(made)).toBe(true)
  })

  it('keeps no more of the position than about a kilometre', () => {
    const [event] = accepted(
      recordPickup(pickupCommand({ position: { lat: 28.27314, lon: 121.61592 } }), ACTOR),
    )
    expect(event?.data).toMatchObject({ position: { lat: 28.27, lon: 121.62 }, placeBasis: 'position' })
  })

  it.each([
    ['at open sea', { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }, 'sea'],
    [
      'at open sea, by a position without its accuracy',
      { position: { lat: 28.5, lon: 122.4 } },
      'near-coast',
    ],
    ['inland', { position: { lat: 30.6, lon: 118.9 }, accuracyM: 10 }, 'inland'],
    ['where our coastline ends', { position: { lat: 38, lon: -97 }, accuracyM: 10 }, 'undetermined'],
    ['nobody knows where', {}, 'unrecorded'],
  ])('says of every gram what is known of where it was found: %s', (_where, changes, found) => {
    const { origins, remaining } = batch(givenPickups(pickupCommand(changes)), 'BAAAAAAAAAAAA')
    expect(origins.map((share) => share.found)).toEqual([found])
    expect(remaining.origins).toEqual(origins)
  })

  it('uses the place of the station where the phone gave none', () => {
    const [event] = accepted(recordPickup(pickupCommand(), ACTOR))
    expect(event?.data).toMatchObject({ placeId: 'dachen', placeBasis: 'station' })
  })

  it('names waters far from every place after their grid cell', () => {
    const [event] = accepted(recordPickup(pickupCommand({ position: { lat: 28.51, lon: 122.77 } }), ACTOR))
    expect(event?.data).toMatchObject({ placeId: 'grid:28.5,122.8' })
  })

  it('takes a clock that runs five minutes ahead, and refuses one that runs farther', () => {
    const ahead = (occurredAt: string) => recordPickup(pickupCommand({ occurredAt }), ACTOR)
    expect(ahead('2026-09-01T00:05:00.000Z').ok).toBe(true)
    expect(refused(ahead('2026-09-01T00:05:00.001Z'))).toMatchObject({
      code: 'future-time',
      errors: [{ pointer: '/occurredAt' }],
    })
  })

  it('refuses latitude and longitude that are swapped', () => {
    // The contract already refuses a latitude of 121; this rule also holds for callers that do not come over HTTP.
    const swapped = recordPickup(pickupCommand({ position: { lat: 121.6, lon: 28.3 } }), ACTOR)
    expect(refused(swapped)).toMatchObject({
      code: 'position-implausible',
      detail: expect.stringContaining('with lat and lon swapped'),
      errors: [{ pointer: '/position' }],
    })
  })

  it('calls a position swapped where that brings it to within 300 km of a known place, and no farther', () => {
    // Shengsi is the northernmost of the places, so north of it none is nearer. Swapped, its longitude is no latitude.
    const [shengsi] = PLACES.toSorted((a, b) => b.lat - a.lat)
    if (!shengsi) throw new Error('the gazetteer has places')
    const swapped = (km: number) => {
      const position = { lat: shengsi.lon, lon: shengsi.lat + km / KM_PER_DEGREE }
      return refused(recordPickup(pickupCommand({ position }), ACTOR)).detail
    }
    expect(swapped(299.9)).toContain('with lat and lon swapped')
    expect(swapped(300.1)).toContain('is not on earth')
  })

  it.each([
    { lat: 7e153, lon: -2.3e170 },
    { lat: NaN, lon: 121.6 },
    { lat: 28.3, lon: 121.6 + 360 },
    // Swapped, this is 2,500 km from our waters: nothing to guess from.
    { lat: 95, lon: 40 },
  ])('refuses a position that is not on earth: $lat, $lon', (position) => {
    expect(refused(recordPickup(pickupCommand({ position }), ACTOR))).toMatchObject({
      code: 'position-implausible',
      detail: expect.stringContaining('is not on earth'),
      errors: [{ pointer: '/position' }],
    })
  })

  it.each([
    { lat: 0, lon: 0 },
    { lat: -0, lon: -0 },
    { lat: 90, lon: 0 },
    { lat: -90, lon: 121.6 },
  ])('refuses a position of receivers that do not know where they are: $lat, $lon', (position) => {
    expect(refused(recordPickup(pickupCommand({ position }), ACTOR))).toMatchObject({
      code: 'position-implausible',
      detail: expect.stringMatching(
        /^The position lat -?\d+, lon [\d.]+ is what a receiver reports that does not know/,
      ),
      errors: [{ pointer: '/position' }],
    })
  })

  it.each([
    { lat: 0, lon: 0.0001 },
    { lat: -0.0001, lon: 0 },
    { lat: 89.9999, lon: 0 },
  ])('takes one right beside: $lat, $lon', (position) => {
    expect(recordPickup(pickupCommand({ position }), ACTOR).ok).toBe(true)
  })

  it('takes a position far from every place that does not become better by swapping', () => {
    expect(recordPickup(pickupCommand({ position: { lat: 54.3, lon: 10.1 } }), ACTOR).ok).toBe(true)
  })
})

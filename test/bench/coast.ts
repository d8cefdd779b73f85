import { randomBytes } from 'node:crypto'
import type { Organisation, Site } from '../../shared/domain/organisation.ts'
import { PLACES } from '../../shared/domain/geo/places.ts'

/** A made-up coast to measure on: stations at a third of all places, two plants, a factory, and pickups all along it. */
const site = (kind: Site['kind'], id: string, en: string, zh: string, lat = 28.68, lon = 121.45): Site => ({
  id,
  kind,
  name: { en, zh },
  lat,
  lon,
})

const STATIONS = PLACES.filter((_, index) => index % 3 === 0).map(({ id, name, lat, lon }) =>
  site('station', id, name.en, name.zh, lat, lon),
)
export const PLANTS = [
  site('plant', 'plant-north', 'Northern recycling plant', '北部再生厂'),
  site('plant', 'plant-south', 'Southern recycling plant', '南部再生厂'),
]
export const FACTORY = site('factory', 'moulding-works', 'Moulding works', '注塑厂')

export const ORGANISATION: Organisation = {
  id: 'bench-coop',
  name: { en: 'Bench Co-op', zh: '测试合作社' },
  sites: [...STATIONS, ...PLANTS, FACTORY],
}

const MONTHS = 18
const DAY_MS = 86_400_000
const FIRST_DAY = Date.parse('2025-01-01T06:00:00.000Z')
/** Later than any pickup, and not in the future. */
export const PROCESSED_AT = new Date(FIRST_DAY + MONTHS * 30 * DAY_MS)

const FORMS = ['float', 'crate', 'net', 'rope'] as const

/**
 * The nth pickup as a collector's phone sends it: every third is named after its station, the others lie off some
 * place or far out at sea; over eighteen months; with everything that gets sealed.
 */
export function pickupBody(n: number) {
  const place = PLACES[n % PLACES.length] ?? FACTORY
  const station = STATIONS[n % STATIONS.length] ?? FACTORY
  const eastward = (n % 7) * 0.1
  return {
    siteId: station.id,
    form: FORMS[n % FORMS.length],
    polymer: 'HDPE',
    massKg: pickupKg(n),
    pieces: 10 + (n % 90),
    occurredAt: new Date(FIRST_DAY + ((n * 7) % (MONTHS * 30)) * DAY_MS).toISOString(),
    ...(n % 3 > 0 && { position: { lat: place.lat, lon: round(place.lon + eastward), accuracyM: 12 } }),
    collector: '陈阿海',
    vessel: '浙玉渔 01234',
  }
}

/** The same with one photo, of a hash that no other has: one seen before would be noticed and refused. */
export function pickupWithPhotoBody(n: number) {
  const sha256 = randomBytes(32).toString('hex')
  return { ...pickupBody(n), photos: [{ sha256, mediaType: 'image/jpeg', bytes: 1_834_201 }] }
}

/** The mass of the nth pickup in kilograms. */
export const pickupKg = (n: number): number => 20 + (n % 50)

const round = (degrees: number): number => Number(degrees.toFixed(4))

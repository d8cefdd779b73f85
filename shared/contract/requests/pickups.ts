import * as z from 'zod/mini'
import { GCJ02_BOX } from '../../domain/geo/geodesy.ts'
import { BAG_LITRES } from '../../domain/material/bags.ts'
import { COLLECTED_FORMS, POLYMERS } from '../../domain/material/material.ts'
import { massKg, moisturePct, occurredAt, siteId, text } from './fields.ts'
import { photo, thumbnail } from './photos.ts'
import { between, must, optional, wholeUpTo, withDefault } from './schema.ts'

export const MAX_PICKUP_KG = 10_000
export const MAX_PHOTOS = 6

const SWAPPED = 'Latitude lies between -90 and 90; are lat and lon swapped?'

interface Place {
  readonly lat: number
  readonly lon: number
  readonly crs: 'WGS84' | 'GCJ02'
}

export const position = z
  .strictObject({
    lat: z.number().check(z.gte(-90, SWAPPED), z.lte(90, SWAPPED)),
    lon: between(-180, 180),
    accuracyM: optional(between(0, 100_000)),
    crs: withDefault(z.enum(['WGS84', 'GCJ02']), 'WGS84'),
  })
  .check(
    must(
      ({ crs, lat }: Place) => crs === 'WGS84' || (lat >= GCJ02_BOX.south && lat <= GCJ02_BOX.north),
      `GCJ02 has latitudes from ${GCJ02_BOX.south} to ${GCJ02_BOX.north}; elsewhere send WGS84`,
      ['lat'],
    ),
    must(
      ({ crs, lon }: Place) => crs === 'WGS84' || (lon >= GCJ02_BOX.west && lon <= GCJ02_BOX.east),
      `GCJ02 has longitudes from ${GCJ02_BOX.west} to ${GCJ02_BOX.east}; elsewhere send WGS84`,
      ['lon'],
    ),
  )

/** A photo as the camera wrote it, what its EXIF says, and the copy of it that is easily sent and shown. */
const captured = z.strictObject({
  ...photo,
  thumbnail: optional(thumbnail),
  takenAt: optional(occurredAt, 'From the photo itself (EXIF). Sealed.'),
  lat: optional(between(-90, 90)),
  lon: optional(between(-180, 180)),
})

/** People without a phone are entered for: both names are recorded. */
const ON_BEHALF =
  'Whose it is: who collected it, by a name or an alias. Who enters for somebody without a phone names that person here, and themself as weigher. Sealed: never public.'

/** What a pickup says; a correction says it anew. */
export const pickupFields = {
  form: z.enum(COLLECTED_FORMS),
  polymer: withDefault(z.enum(POLYMERS), 'unknown'),
  massKg: optional(
    massKg(MAX_PICKUP_KG),
    'Net. Without it, gross less tare, or else pieces or bags times the factor of the day',
  ),
  grossKg: optional(massKg(MAX_PICKUP_KG)),
  tareKg: optional(massKg(MAX_PICKUP_KG, 'zero'), 'Of one container'),
  containers: optional(wholeUpTo(1_000), 'How many of that tare; 1, if left out'),
  scaleReadingKg: optional(massKg(MAX_PICKUP_KG), 'As the photo of the scale shows it'),
  pieces: optional(wholeUpTo(1_000_000)),
  bags: optional(
    wholeUpTo(10_000),
    `Bags of about ${BAG_LITRES} litres. Alone they weigh what the factor of the day says, where the form has one and they were not pressed`,
  ),
  compacted: optional(z.boolean()),
  moisturePct: optional(moisturePct),
  position: optional(position),
  claim: optional(
    z.literal('none'),
    'Say none where nothing is to be claimed of it, whatever certificates allow',
  ),
}

interface Weight {
  readonly massKg?: number | undefined
  readonly grossKg?: number | undefined
  readonly tareKg?: number | undefined
  readonly containers?: number | undefined
  readonly pieces?: number | undefined
  readonly bags?: number | undefined
}

/** How a pickup may be weighed: what of it is given together, and that something is. */
export const WEIGHING = [
  must(
    ({ massKg: net, grossKg, pieces, bags }: Weight) =>
      [net, grossKg, pieces, bags].some((given) => given !== undefined),
    'Give massKg, or grossKg and tareKg, or pieces, or bags',
    ['massKg'],
  ),
  must(
    ({ grossKg, tareKg }: Weight) => (grossKg === undefined) === (tareKg === undefined),
    'grossKg and tareKg are given together',
    ['tareKg'],
  ),
  must(
    ({ grossKg, containers }: Weight) => containers === undefined || grossKg !== undefined,
    'Containers are given with grossKg and tareKg',
    ['containers'],
  ),
]

export const pickupBody = z
  .strictObject({
    siteId,
    ...pickupFields,
    occurredAt: optional(occurredAt),
    collector: optional(text(80), ON_BEHALF),
    weigher: optional(
      text(80),
      'Who weighed it and entered it, where that is not the collector. Sealed: never public.',
    ),
    vessel: optional(text(40), 'Vessel number. Sealed: never public.'),
    photos: optional(z.array(captured).check(z.maxLength(MAX_PHOTOS))),
  })
  .check(...WEIGHING)

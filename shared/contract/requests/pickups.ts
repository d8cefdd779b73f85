import * as z from 'zod'
import { GCJ02_BOX } from '../../domain/geo/geodesy.ts'
import { BAG_LITRES } from '../../domain/material/bags.ts'
import { COLLECTED_FORMS, POLYMERS } from '../../domain/material/material.ts'
import { massKg, moisturePct, occurredAt, siteId, text } from './fields.ts'
import { photo, thumbnail } from './photos.ts'

export const MAX_PICKUP_KG = 10_000
export const MAX_PHOTOS = 6

const position = z
  .strictObject({
    lat: z
      .number()
      .min(-90, 'Latitude lies between -90 and 90; are lat and lon swapped?')
      .max(90, 'Latitude lies between -90 and 90; are lat and lon swapped?'),
    lon: z.number().min(-180).max(180),
    accuracyM: z.number().min(0).max(100_000).optional(),
    crs: z.enum(['WGS84', 'GCJ02']).default('WGS84'),
  })
  .refine(({ crs, lat }) => crs === 'WGS84' || (lat >= GCJ02_BOX.south && lat <= GCJ02_BOX.north), {
    path: ['lat'],
    message: `GCJ02 has latitudes from ${GCJ02_BOX.south} to ${GCJ02_BOX.north}; elsewhere send WGS84`,
  })
  .refine(({ crs, lon }) => crs === 'WGS84' || (lon >= GCJ02_BOX.west && lon <= GCJ02_BOX.east), {
    path: ['lon'],
    message: `GCJ02 has longitudes from ${GCJ02_BOX.west} to ${GCJ02_BOX.east}; elsewhere send WGS84`,
  })

/** A photo as the camera wrote it, what its EXIF says, and the copy of it that is easily sent and shown. */
const captured = z.strictObject({
  ...photo,
  thumbnail: thumbnail.optional(),
  takenAt: occurredAt.optional().meta({ description: 'From the photo itself (EXIF). Sealed.' }),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
})

/** People without a phone are entered for: both names are recorded. */
const ON_BEHALF =
  'Whose it is: who collected it, by a name or an alias. Who enters for somebody without a phone names that person here, and themself as weigher. Sealed: never public.'

export const WEIGHED = 'Give massKg, or grossKg and tareKg, or pieces, or bags'
export const WITH_GROSS = 'Containers are given with grossKg and tareKg'

/** What a pickup says; a correction says it anew. */
export const pickupFields = {
  form: z.enum(COLLECTED_FORMS),
  polymer: z.enum(POLYMERS).default('unknown'),
  massKg: massKg(MAX_PICKUP_KG).optional().meta({
    description: 'Net. Without it, gross less tare, or else pieces or bags times the factor of the day',
  }),
  grossKg: massKg(MAX_PICKUP_KG).optional(),
  tareKg: massKg(MAX_PICKUP_KG, 'zero').optional().meta({ description: 'Of one container' }),
  containers: z
    .int()
    .positive()
    .max(1_000)
    .optional()
    .meta({ description: 'How many of that tare; 1, if left out' }),
  scaleReadingKg: massKg(MAX_PICKUP_KG)
    .optional()
    .meta({ description: 'As the photo of the scale shows it' }),
  pieces: z.int().positive().max(1_000_000).optional(),
  bags: z
    .int()
    .positive()
    .max(10_000)
    .optional()
    .meta({
      description: `Bags of about ${BAG_LITRES} litres. Alone they weigh what the factor of the day says, where the form has one and they were not pressed`,
    }),
  compacted: z.boolean().optional(),
  moisturePct: moisturePct.optional(),
  position: position.optional(),
  claim: z
    .literal('none')
    .optional()
    .meta({ description: 'Say none where nothing is to be claimed of it, whatever certificates allow' }),
}

export const pickupBody = z
  .strictObject({
    siteId,
    ...pickupFields,
    occurredAt: occurredAt.optional(),
    collector: text(80).optional().meta({ description: ON_BEHALF }),
    weigher: text(80).optional().meta({
      description: 'Who weighed it and entered it, where that is not the collector. Sealed: never public.',
    }),
    vessel: text(40).optional().meta({ description: 'Vessel number. Sealed: never public.' }),
    photos: z.array(captured).max(MAX_PHOTOS).optional(),
  })
  .refine(isWeighed, { path: ['massKg'], message: WEIGHED })
  .refine(hasWholeScale, { path: ['tareKg'], message: 'grossKg and tareKg are given together' })
  .refine(hasContainersToWeigh, { path: ['containers'], message: WITH_GROSS })

interface Weight {
  readonly massKg?: number | undefined
  readonly grossKg?: number | undefined
  readonly tareKg?: number | undefined
  readonly containers?: number | undefined
  readonly pieces?: number | undefined
  readonly bags?: number | undefined
}

export function isWeighed({ massKg, grossKg, pieces, bags }: Weight): boolean {
  return [massKg, grossKg, pieces, bags].some((given) => given !== undefined)
}

export function hasWholeScale({ grossKg, tareKg }: Weight): boolean {
  return (grossKg === undefined) === (tareKg === undefined)
}

export function hasContainersToWeigh({ grossKg, containers }: Weight): boolean {
  return containers === undefined || grossKg !== undefined
}

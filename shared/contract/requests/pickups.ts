import * as z from 'zod'
import { COLLECTED_FORMS, POLYMERS } from '../../domain/material.ts'
import { massKg, occurredAt, siteId, text } from './fields.ts'
import { photoBody } from './photos.ts'

export const MAX_PICKUP_KG = 10_000
export const MAX_PHOTOS = 6

const position = z.strictObject({
  lat: z
    .number()
    .min(-90, 'Latitude lies between -90 and 90; are lat and lon swapped?')
    .max(90, 'Latitude lies between -90 and 90; are lat and lon swapped?'),
  lon: z.number().min(-180).max(180),
  accuracyM: z.number().min(0).max(100_000).optional(),
  crs: z.enum(['WGS84', 'GCJ02']).default('WGS84'),
})

export const pickupBody = z.strictObject({
  siteId,
  form: z.enum(COLLECTED_FORMS),
  polymer: z.enum(POLYMERS).default('unknown'),
  massKg: massKg(MAX_PICKUP_KG),
  pieces: z.int().positive().max(1_000_000).optional(),
  occurredAt: occurredAt.optional(),
  position: position.optional(),
  collector: text(80).optional().meta({ description: 'Who collected it. Sealed: never public.' }),
  vessel: text(40).optional().meta({ description: 'Vessel number. Sealed: never public.' }),
  photos: z.array(photoBody).max(MAX_PHOTOS).optional(),
})

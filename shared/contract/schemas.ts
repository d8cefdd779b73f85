import * as z from 'zod'
import { STAGES, STATUSES } from '../domain/batch.ts'
import { BATCH_ID_PATTERN } from '../domain/ids.ts'
import { STEPS } from '../domain/journey.ts'
import { isWholeGrams } from '../domain/mass.ts'
import { COLLECTED_FORMS, FORMS, POLYMERS, type LossKind } from '../domain/material.ts'
import { RUN_STEPS } from '../domain/processing.ts'

/**
 * What comes in over HTTP, field by field. Unknown fields are refused, so that a typo is noticed and not lost. Limits
 * are generous for real work and low enough to catch a slipped decimal point.
 */
export const MAX_PICKUP_KG = 10_000
export const MAX_RUN_KG = 1_000_000
export const MAX_CHARGES = 40
export const MAX_OUTPUTS = 5
export const MAX_PHOTOS = 6
export const MAX_PHOTO_BYTES = 8_000_000
const EARLIEST = '2015-01-01T00:00:00.000Z'

const massKg = (maxKg: number, lowest: 'positive' | 'zero' = 'positive') => {
  const bounded = lowest === 'zero' ? z.number().min(0).max(maxKg) : z.number().positive().max(maxKg)
  return bounded
    .refine(isWholeGrams, 'Kilograms have at most three decimals (whole grams)')
    .meta({ description: 'Kilograms, at most three decimals', examples: [12.345] })
}

/** One line of text that people read: trimmed, no control characters, valid Unicode. */
const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine(
      (value) => value.isWellFormed() && !/\p{Cc}/u.test(value),
      'Text must be valid Unicode without control characters',
    )

const batchId = z
  .string()
  .regex(BATCH_ID_PATTERN, 'A batch id is B and 12 characters of 0-9 A-Z without I, L, O, U')
  .meta({ examples: ['B7K3M9QXT2ABC'] })

const siteId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A site id is lower-case letters, digits and hyphens')
  .meta({ examples: ['dachen'] })

/** What is no time at all is not looked at further (`abort`): one fault, not two. */
const occurredAt = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => Date.parse(value) >= Date.parse(EARLIEST), 'Times before 2015 are not accepted')
  .meta({ description: 'ISO 8601 with offset; now, if left out', examples: ['2026-08-05T06:30:00Z'] })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 lower-case hex digits')

const photo = z.strictObject({
  sha256,
  mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  bytes: z.int().positive().max(MAX_PHOTO_BYTES),
})

export const positionBody = z.strictObject({
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
  position: positionBody.optional(),
  collector: text(80).optional().meta({ description: 'Who collected it. Sealed: never public.' }),
  vessel: text(40).optional().meta({ description: 'Vessel number. Sealed: never public.' }),
  photos: z.array(photo).max(MAX_PHOTOS).optional(),
})

export const photoBody = photo

const charges = z
  .array(z.strictObject({ batchId, massKg: massKg(MAX_RUN_KG) }))
  .min(1)
  .max(MAX_CHARGES)
const loss = massKg(MAX_RUN_KG, 'zero').exactOptional()
/** An object and not a record, because zod's records pass over a key that is called `__proto__`. */
const losses = z
  .strictObject({
    reject: loss,
    'wash-loss': loss,
    purge: loss,
    moisture: loss,
    other: loss,
  } satisfies Record<LossKind, typeof loss>)
  .default({})

export const runBody = z.strictObject({
  step: z.enum(RUN_STEPS),
  siteId,
  occurredAt: occurredAt.optional(),
  charges,
  outputs: z
    .array(
      z.strictObject({
        massKg: massKg(MAX_RUN_KG),
        form: z.enum(FORMS).optional(),
        polymer: z.enum(POLYMERS).optional(),
      }),
    )
    .min(1)
    .max(MAX_OUTPUTS),
  losses,
})

/** GTIN-14 with its check digit (GS1 General Specifications §7.9). */
const gtin = z
  .string()
  .regex(/^\d{14}$/, 'A GTIN has 14 digits here; pad shorter ones with zeros on the left')
  .refine(hasCheckDigit, 'The last digit of the GTIN does not check')

function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  )
  return sum % 10 === 0
}

export const productBody = z.strictObject({
  siteId,
  name: text(120),
  occurredAt: occurredAt.optional(),
  charges,
  units: z.int().positive().max(100_000_000),
  gramsPerUnit: z
    .number()
    .positive()
    .max(1_000_000)
    .refine((grams) => isWholeGrams(grams), 'Grams per unit have at most three decimals'),
  otherMaterialKg: massKg(MAX_RUN_KG, 'zero')
    .default(0)
    .meta({ description: 'Material without a traced origin in this lot, in kilograms' }),
  losses,
  gtin: gtin.optional(),
  lot: z
    .string()
    .regex(/^[A-Z0-9._-]{1,20}$/, 'A lot is up to 20 of A-Z 0-9 . _ -')
    .optional(),
})

export const MAX_PAGE = 100
const limit = z.coerce.number().int().min(1).max(MAX_PAGE).default(25)
const cursor = z.string().max(500).optional()

export const batchesQuery = z.strictObject({
  stage: z.enum(STAGES).optional(),
  site: siteId.optional(),
  status: z.enum(STATUSES).optional(),
  limit,
  cursor,
})

export const eventsQuery = z.strictObject({ limit, cursor })

export const traceQuery = z.strictObject({
  direction: z.enum(['backward']).default('backward'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor,
})

const origin = z.object({ placeId: z.string(), period: z.string(), massKg: z.number() })

export const batchView = z
  .object({
    id: z.string(),
    stage: z.enum(STAGES),
    status: z.enum(STATUSES),
    form: z.enum(FORMS),
    polymer: z.enum(POLYMERS),
    siteId: z.string(),
    massKg: z.number(),
    remainingKg: z.number(),
    occurredAt: z.string(),
    recordedAt: z.string(),
    origins: z.array(origin),
    runId: z.string().optional(),
    product: z
      .object({
        name: z.string(),
        units: z.int(),
        gramsPerUnit: z.number(),
        gtin: z.string().optional(),
        lot: z.string().optional(),
      })
      .optional(),
    links: z.object({ self: z.string(), passport: z.string(), qrSvg: z.string(), qrPng: z.string() }),
  })
  .meta({ id: 'Batch' })

export const runView = z
  .object({
    id: z.string(),
    step: z.enum(STEPS),
    siteId: z.string(),
    inputKg: z.number(),
    outputs: z.array(batchView),
    losses: z.record(z.string(), z.number()),
    unaccountedKg: z.number(),
    checks: z.array(
      z.object({
        rule: z.string(),
        verdict: z.enum(['pass', 'review', 'fail']),
        sentence: z.object({ en: z.string(), zh: z.string() }),
      }),
    ),
  })
  .meta({ id: 'Run' })

export const batchPage = z
  .object({ items: z.array(batchView), next: z.string().optional() })
  .meta({ id: 'BatchPage' })

export const eventPage = z
  .object({
    items: z.array(z.object({ hash: z.string(), event: z.record(z.string(), z.unknown()) })),
    next: z.string().optional(),
  })
  .meta({ id: 'EventPage' })

export const tracePage = z
  .object({
    root: z.string(),
    nodes: z.array(
      z.object({
        id: z.string(),
        depth: z.int(),
        stage: z.enum(STAGES),
        form: z.enum(FORMS),
        massKg: z.number(),
        siteId: z.string(),
        occurredAt: z.string(),
        from: z.array(z.object({ batchId: z.string(), massKg: z.number() })),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'TracePage' })

const localName = z.object({ en: z.string(), zh: z.string() })

export const organisationView = z
  .object({
    id: z.string(),
    name: localName,
    role: z.string(),
    sites: z.array(
      z.object({ id: z.string(), kind: z.string(), name: localName, lat: z.number(), lon: z.number() }),
    ),
  })
  .meta({ id: 'Organisation' })

export const uploadView = z
  .object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) })
  .meta({ id: 'Upload' })

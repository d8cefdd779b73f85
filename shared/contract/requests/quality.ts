import * as z from 'zod'
import { HOLD_REASONS } from '../../domain/events/quality.ts'
import { EVENT_ID_PATTERN } from '../../domain/ids.ts'
import { STEPS } from '../../domain/lineage/journey.ts'
import { COLLECTED_FORMS } from '../../domain/material/material.ts'
import { occurredAt, scheme, sha256, siteId, text } from './fields.ts'

export const eventId = z
  .string()
  .regex(EVENT_ID_PATTERN, 'An event id is the id of its home, a hyphen and a number')

const measured = z.number().min(-1_000_000).max(1_000_000)

/** What a laboratory found; whether it is within the limits is computed. */
export const inspectionFields = {
  sample: text(60).meta({ description: 'Its number or name; public, so of no person' }),
  lab: text(120).meta({ description: 'The laboratory; public, so no person' }),
  reportSha256: sha256.optional().meta({ description: 'Of the report as a file' }),
  results: z
    .array(
      z
        .strictObject({
          parameter: text(60).meta({ examples: ['MFI', 'moisture', 'ash'] }),
          method: text(60).meta({ examples: ['ISO 1133-1'] }),
          value: measured,
          unit: text(20),
          lowest: measured.optional(),
          highest: measured.optional(),
        })
        .refine(({ lowest, highest }) => lowest === undefined || highest === undefined || lowest <= highest, {
          path: ['highest'],
          message: 'The highest allowed value is not below the lowest',
        }),
    )
    .min(1)
    .max(30),
}

export const inspectionBody = z.strictObject({ ...inspectionFields, occurredAt: occurredAt.optional() })

export const holdBody = z.strictObject({
  reason: z.enum(HOLD_REASONS).meta({ description: 'Shown on the public pages of all that was made of it' }),
  note: text(300).optional().meta({ description: 'Sealed: shown to who is shown the hold, never public' }),
  occurredAt: occurredAt.optional(),
})

export const releaseBody = z.strictObject({
  holdId: eventId.optional().meta({
    description:
      'One hold; all of yours on this batch, if left out. An operator may also release one that a receiver placed which rejected the batch, with a note',
  }),
  note: text(300).optional().meta({ description: 'Sealed: shown to who is shown the release, never public' }),
  occurredAt: occurredAt.optional(),
})

const day = z.iso.date().meta({ description: 'A day, both included' })

export const certificateBody = z.strictObject({
  scheme,
  number: text(60),
  body: text(120).meta({ description: 'Certification body' }),
  sites: z.array(siteId).min(1).max(50),
  steps: z.array(z.enum(STEPS)).min(1),
  forms: z.array(z.enum(COLLECTED_FORMS)).min(1).optional().meta({ description: 'All, if left out' }),
  validFrom: day,
  validTo: day,
  url: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
})

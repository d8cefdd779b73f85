import * as z from 'zod/mini'
import { HOLD_REASONS } from '../../domain/events/quality.ts'
import { EVENT_ID_PATTERN } from '../../domain/ids.ts'
import { STEPS } from '../../domain/lineage/journey.ts'
import { COLLECTED_FORMS } from '../../domain/material/material.ts'
import { occurredAt, scheme, sha256, siteId, text } from './fields.ts'
import { between, matching, must, noted, optional } from './schema.ts'

export const eventId = matching(EVENT_ID_PATTERN, 'An event id is the id of its home, a hyphen and a number')

const measured = between(-1_000_000, 1_000_000)

const result = z
  .strictObject({
    parameter: noted(text(60), { examples: ['MFI', 'moisture', 'ash'] }),
    method: noted(text(60), { examples: ['ISO 1133-1'] }),
    value: measured,
    unit: text(20),
    lowest: optional(measured),
    highest: optional(measured),
  })
  .check(
    must(
      ({ lowest, highest }) => lowest === undefined || highest === undefined || lowest <= highest,
      'The highest allowed value is not below the lowest',
      ['highest'],
    ),
  )

/** What a laboratory found; whether it is within the limits is computed. */
export const inspectionFields = {
  sample: text(60),
  lab: text(120),
  reportSha256: optional(sha256, 'Of the report as a file'),
  results: z.array(result).check(z.minLength(1), z.maxLength(30)),
}

export const inspectionBody = z.strictObject({ ...inspectionFields, occurredAt: optional(occurredAt) })

export const holdBody = z.strictObject({
  reason: noted(z.enum(HOLD_REASONS), 'Shown on the public pages of all that was made of it'),
  note: optional(text(300), 'Kept in the history, not public'),
  occurredAt: optional(occurredAt),
})

export const releaseBody = z.strictObject({
  holdId: optional(
    eventId,
    'One hold; all of yours on this batch, if left out. An operator may also release one that a receiver placed which rejected the batch, with a note',
  ),
  note: optional(text(300)),
  occurredAt: optional(occurredAt),
})

const day = noted(z.iso.date(), 'A day, both included')

export const certificateBody = z.strictObject({
  scheme,
  number: text(60),
  body: noted(text(120), 'Certification body'),
  sites: z.array(siteId).check(z.minLength(1), z.maxLength(50)),
  steps: z.array(z.enum(STEPS)).check(z.minLength(1)),
  forms: optional(z.array(z.enum(COLLECTED_FORMS)).check(z.minLength(1)), 'All, if left out'),
  validFrom: day,
  validTo: day,
  url: optional(z.url({ protocol: /^https?$/ }).check(z.maxLength(300))),
})

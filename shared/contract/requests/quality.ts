import * as z from 'zod/mini'
import { HOLD_REASONS } from '../../domain/events/quality.ts'
import { EVENT_ID_PATTERN } from '../../domain/ids.ts'
import { STEPS } from '../../domain/lineage/journey.ts'
import { COLLECTED_FORMS } from '../../domain/material/material.ts'
import { occurredAt, scheme, siteId, text } from './fields.ts'
import { inspectionFields } from './inspections.ts'
import { matching, noted, optional } from './schema.ts'

export const eventId = matching(EVENT_ID_PATTERN, 'An event id is the id of its home, a hyphen and a number')

export const inspectionBody = z.strictObject({ ...inspectionFields, occurredAt: optional(occurredAt) })

export const holdBody = z.strictObject({
  reason: noted(z.enum(HOLD_REASONS), 'Shown on the public pages of all that was made of it'),
  note: optional(text(300), 'Sealed: shown to who is shown the hold, never public'),
  occurredAt: optional(occurredAt),
})

export const releaseBody = z.strictObject({
  holdId: optional(
    eventId,
    'One hold; all of yours on this batch, if left out. An operator may also release one that a receiver placed which rejected the batch, with a note',
  ),
  note: optional(text(300), 'Sealed: shown to who is shown the release, never public'),
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

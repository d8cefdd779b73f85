import * as z from 'zod/mini'
import { occurredAt, siteId } from './fields.ts'
import { described, must, noted, optional, withDefault } from './schema.ts'

const FORMS_OF_INSTANT = [z.iso.date(), occurredAt]

/** An instant, or a day, which begins at midnight UTC. */
const instant = noted(
  z
    .string()
    .check(
      must(
        (text: string) => FORMS_OF_INSTANT.some((form) => form.safeParse(text).success),
        'A time is ISO 8601 with offset, from 2015 on, or a day such as 2026-08-01',
      ),
    ),
  { examples: ['2026-08-01', '2026-08-05T06:30:00Z'] },
)

export const massBalanceQuery = z.strictObject({
  site: siteId,
  from: optional(
    instant,
    'First instant; a day begins at midnight UTC. The beginning of the month, if left out',
  ),
  to: optional(instant, 'Up to this instant and without it; now, if left out'),
  format: optional(z.enum(['json', 'csv']), 'Before what Accept says'),
  lang: withDefault(z.enum(['en', 'zh']), 'en', 'Of the CSV'),
})

export const periodsQuery = z.strictObject({ site: optional(siteId) })

export const periodBody = z.strictObject({
  siteId,
  from: optional(
    instant,
    'Of a site’s first period, before which no entry lies that stands; the first entry that stands, if left out. Later periods follow on',
  ),
  to: described(
    instant,
    'Up to this instant and without it: from the end of the last closed period, or the first entry, at most three months',
  ),
})

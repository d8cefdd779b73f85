import * as z from 'zod'
import { occurredAt, siteId } from './fields.ts'

/** An instant, or a day, which begins at midnight UTC. */
const instant = z
  .string()
  .refine(
    (text) => [z.iso.date(), occurredAt].some((form) => form.safeParse(text).success),
    'A time is ISO 8601 with offset, from 2015 on, or a day such as 2026-08-01',
  )
  .meta({ examples: ['2026-08-01', '2026-08-05T06:30:00Z'] })

export const massBalanceQuery = z.strictObject({
  site: siteId,
  from: instant.optional().meta({
    description: 'First instant; a day begins at midnight UTC. The beginning of the month, if left out',
  }),
  to: instant.optional().meta({ description: 'Up to this instant and without it; now, if left out' }),
  format: z.enum(['json', 'csv']).optional().meta({ description: 'Before what Accept says' }),
  lang: z.enum(['en', 'zh']).default('en').meta({ description: 'Of the CSV' }),
})

export const periodsQuery = z.strictObject({ site: siteId.optional() })

export const periodBody = z.strictObject({
  siteId,
  from: instant.optional().meta({
    description:
      'Of a site’s first period, before which no entry lies that stands; the first entry that stands, if left out. Later periods follow on',
  }),
  to: instant.meta({
    description:
      'Up to this instant and without it: from the end of the last closed period, or the first entry, at most three months',
  }),
})

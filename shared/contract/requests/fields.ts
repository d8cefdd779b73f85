import * as z from 'zod'
import { BATCH_ID_PATTERN } from '../../domain/ids.ts'
import { isSeen, unseenIn } from '../../domain/line.ts'
import { isWholeGrams } from '../../domain/material/mass.ts'

/**
 * The fields that requests are made of. What comes in over HTTP is checked field by field; unknown fields are refused,
 * so that a typo is noticed and not lost. Limits are generous for real work and low enough to catch a slipped decimal
 * point.
 */
export const massKg = (maxKg: number, lowest: 'positive' | 'zero' = 'positive') => {
  const bounded = lowest === 'zero' ? z.number().min(0).max(maxKg) : z.number().positive().max(maxKg)
  return bounded
    .refine(isWholeGrams, 'Kilograms have at most three decimals (whole grams)')
    .meta({ description: 'Kilograms, at most three decimals', examples: [12.345] })
}

/** Trimmed, not empty, and valid Unicode. */
const trimmed = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => value.isWellFormed(), 'Text must be valid Unicode')

/** One line of text that people read, with something to see in it and nothing that hides or breaks; see domain/line.ts. */
export const text = (maxLength: number) =>
  trimmed(maxLength)
    .refine((value) => unseenIn(value).length === 0, {
      error: ({ input }) =>
        `Text must be one line without control characters and without what nobody sees, but for joiners in emoji and in scripts that join. Take out ${unseenIn(String(input)).join(', ')}`,
    })
    .refine(isSeen, 'Text must have something to see')

/** What may have been entered when less was refused: whoever looks for it finds it. */
export const soughtText = (maxLength: number) => trimmed(maxLength)

export const batchId = z
  .string()
  .regex(BATCH_ID_PATTERN, 'A batch id is B and 12 characters of 0-9 A-Z without I, L, O, U')
  .meta({ examples: ['B7K3M9QXT2ABC'] })

export const siteId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A site id is lower-case letters, digits and hyphens')
  .meta({ examples: ['dachen'] })

const EARLIEST = '2015-01-01T00:00:00.000Z'

/** What is no time at all is not looked at further (`abort`): one fault, not two. */
export const occurredAt = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => Date.parse(value) >= Date.parse(EARLIEST), 'Times before 2015 are not accepted')
  .meta({ description: 'ISO 8601 with offset; now, if left out', examples: ['2026-08-05T06:30:00Z'] })

const inHundredths = (share: z.ZodNumber) =>
  share.refine((value) => Math.round(value * 100) / 100 === value, 'Per cent have at most two decimals')

/** A share with at most two decimals; inside it is basis points. */
export const percent = inHundredths(z.number().min(0).max(100)).meta({
  description: 'Per cent, at most two decimals',
  examples: [9.5],
})

/** Water in a net mass. What is all water is no material. */
export const moisturePct = inHundredths(
  z.number().min(0).lt(100, 'Moisture is below 100 %: what is all water is no material'),
).meta({
  description: 'Water, in per cent of the net mass: below 100, at most two decimals',
  examples: [9.5],
})

/** A scheme of certification. */
export const scheme = z
  .string()
  .regex(/^[A-Z][A-Z0-9-]{1,19}$/, 'A scheme is 2 to 20 of A-Z 0-9 -, such as OBP')
  .meta({ examples: ['OBP'] })

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 lower-case hex digits')

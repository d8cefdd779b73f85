import * as z from 'zod/mini'
import { BATCH_ID_PATTERN } from '../../domain/ids.ts'
import { isSeen, unseenIn } from '../../domain/line.ts'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { MAX_JWS_LENGTH } from '../../ledger/jws.ts'
import { matching, must, noted } from './schema.ts'

/**
 * The fields that requests are made of. What comes in over HTTP is checked field by field; unknown fields are refused,
 * so that a typo is noticed and not lost. Limits are generous for real work and low enough to catch a slipped decimal
 * point.
 */
export const massKg = (maxKg: number, lowest: 'positive' | 'zero' = 'positive') =>
  noted(z.number().check(lowest === 'zero' ? z.gte(0) : z.positive(), z.lte(maxKg), IN_WHOLE_GRAMS), MASS)

const IN_WHOLE_GRAMS = must(
  (kilograms: number) => isWholeGrams(kilograms),
  'Kilograms have at most three decimals (whole grams)',
)
const MASS = { description: 'Kilograms, at most three decimals', examples: [12.345] }

/** One line of text that people read, with something to see in it and nothing that hides or breaks; see domain/line.ts. */
export const text = (maxLength: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(maxLength), VALID, WITHOUT_UNSEEN, SEEN)

/** What may have been entered when less was refused: whoever looks for it finds it. Trimmed, not empty, valid Unicode. */
export const soughtText = (maxLength: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(maxLength), VALID)

const VALID = must((value: string) => value.isWellFormed(), 'Text must be valid Unicode')
const WITHOUT_UNSEEN = must(
  (value: string) => unseenIn(value).length === 0,
  (value) =>
    `Text must be one line without control characters and without what nobody sees, but for joiners in emoji and in scripts that join. Take out ${unseenIn(value).join(', ')}`,
)
const SEEN = must(isSeen, 'Text must have something to see')

export const batchId = noted(
  matching(BATCH_ID_PATTERN, 'A batch id is B and 12 characters of 0-9 A-Z without I, L, O, U'),
  { examples: ['B7K3M9QXT2ABC'] },
)

export const siteId = noted(
  matching(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A site id is lower-case letters, digits and hyphens'),
  { examples: ['dachen'] },
)

const EARLIEST = '2015-01-01T00:00:00.000Z'

/** What is no time at all is not looked at further (`abort`): one fault, not two. */
export const occurredAt = noted(
  z.iso
    .datetime({ offset: true, abort: true })
    .check(
      must(
        (value: string) => Date.parse(value) >= Date.parse(EARLIEST),
        'Times before 2015 are not accepted',
      ),
    ),
  { description: 'ISO 8601 with offset; now, if left out', examples: ['2026-08-05T06:30:00Z'] },
)

const IN_HUNDREDTHS = must(
  (value: number) => Math.round(value * 100) / 100 === value,
  'Per cent have at most two decimals',
)

/** A share with at most two decimals; inside it is basis points. */
export const percent = noted(z.number().check(z.gte(0), z.lte(100), IN_HUNDREDTHS), {
  description: 'Per cent, at most two decimals',
  examples: [9.5],
})

/** Water in a net mass. What is all water is no material. */
export const moisturePct = noted(
  z
    .number()
    .check(z.gte(0), z.lt(100, 'Moisture is below 100 %: what is all water is no material'), IN_HUNDREDTHS),
  {
    description: 'Water, in per cent of the net mass: below 100, at most two decimals',
    examples: [9.5],
  },
)

/** A scheme of certification. */
export const scheme = noted(
  matching(/^[A-Z][A-Z0-9-]{1,19}$/, 'A scheme is 2 to 20 of A-Z 0-9 -, such as OBP'),
  { examples: ['OBP'] },
)

export const sha256 = matching(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 lower-case hex digits')

export const organisationId = noted(
  matching(/^[a-z0-9][a-z0-9-]{0,39}$/, 'An organisation id is lower-case letters, digits and hyphens'),
  { examples: ['demo-recycler'] },
)

/** A JWS in its compact form. */
export const jws = z.string().check(z.minLength(1), z.maxLength(MAX_JWS_LENGTH))

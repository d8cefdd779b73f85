import * as z from 'zod'
import { faultOfPrefix, GTIN_PATTERN, hasCheckDigit, isAllNoughts, toGtin14 } from '../../domain/gs1/gtin.ts'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { added, charges, claim, energyKWh, losses, MAX_RUN_KG, wasteDocument, waterM3 } from './charges.ts'
import { checkDestinations, destinationDocumentIds, documents, lineCleaningRecordId } from './documents.ts'
import { massKg, occurredAt, percent, siteId, text } from './fields.ts'

/** A GTIN as it is printed, with its check digit; it is kept, shown and resolved with 14 digits. */
export const gtin = z
  .string()
  .regex(GTIN_PATTERN, 'A GTIN has 8, 12, 13 or 14 digits')
  .refine((digits) => !isAllNoughts(digits), "A GTIN of noughts alone is nobody's")
  .refine(hasCheckDigit, 'The last digit of the GTIN does not check')
  .transform(toGtin14)
  .refine((gtin14) => faultOfPrefix(gtin14) === undefined, {
    error: ({ input }) =>
      `This GTIN is from a range of numbers ${faultOfPrefix(String(input))}. A code that is read anywhere needs a GTIN that GS1 has given to the brand; leave it out if there is none`,
  })
  .meta({
    description: 'As printed, with 8, 12, 13 or 14 digits; answers have 14, with noughts on the left',
    examples: ['09506000134352'],
  })

/** Of what GS1 allows, that which needs no encoding in an address; and not what an address takes for "here" and "above". */
export const lot = z
  .string()
  .regex(/^(?!\.{1,2}$)[A-Z0-9._-]{1,20}$/, 'A lot is up to 20 of A-Z 0-9 . _ -, and neither . nor ..')

export const productBody = z
  .strictObject({
    siteId,
    name: text(120),
    occurredAt: occurredAt.optional(),
    charges,
    units: z.int().positive().max(99_999_999),
    gramsPerUnit: z
      .number()
      .positive()
      .max(1_000_000)
      .refine((grams) => isWholeGrams(grams), 'Grams per unit have at most three decimals'),
    recycledPercent: percent.positive().optional().meta({
      description: 'Recycled content that you state of the lot, at most what traced pellets make of it (R14)',
    }),
    otherMaterialKg: massKg(MAX_RUN_KG, 'zero').default(0).meta({
      description: 'Material without a traced origin in this lot, in kilograms; `added` says more of it',
    }),
    added,
    losses,
    wasteDocument,
    destinationDocumentIds,
    lineCleaningRecordId,
    documents,
    energyKWh,
    waterM3,
    claim,
    gtin: gtin.optional(),
    lot: lot.optional(),
  })
  .check(checkDestinations)

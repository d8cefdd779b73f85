import * as z from 'zod'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { added, charges, claim, energyKWh, losses, MAX_RUN_KG, wasteDocument, waterM3 } from './charges.ts'
import { checkDestinations, destinationDocumentIds, documents, lineCleaningRecordId } from './documents.ts'
import { massKg, occurredAt, percent, siteId, text } from './fields.ts'

/** GTIN-14 with its check digit (GS1 General Specifications §7.9). */
export const gtin = z
  .string()
  .regex(/^\d{14}$/, 'A GTIN has 14 digits here; pad shorter ones with zeros on the left')
  .refine((digits) => /[1-9]/.test(digits), "A GTIN of noughts alone is nobody's")
  .refine(hasCheckDigit, 'The last digit of the GTIN does not check')

function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  )
  return sum % 10 === 0
}

export const lot = z.string().regex(/^[A-Z0-9._-]{1,20}$/, 'A lot is up to 20 of A-Z 0-9 . _ -')

export const productBody = z
  .strictObject({
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

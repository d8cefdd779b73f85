import * as z from 'zod/mini'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { added, charges, claim, energyKWh, losses, MAX_RUN_KG, wasteDocument, waterM3 } from './charges.ts'
import { checkDestinations, destinationDocumentIds, documents, lineCleaningRecordId } from './documents.ts'
import { massKg, occurredAt, percent, siteId, text } from './fields.ts'
import { gtin, lot } from './gs1.ts'
import { must, optional, wholeUpTo, withDefault } from './schema.ts'

export const productBody = z
  .strictObject({
    siteId,
    name: text(120),
    occurredAt: optional(occurredAt),
    charges,
    units: wholeUpTo(99_999_999),
    gramsPerUnit: z.number().check(
      z.positive(),
      z.lte(1_000_000),
      must((grams) => isWholeGrams(grams), 'Grams per unit have at most three decimals'),
    ),
    recycledPercent: optional(
      percent.check(z.positive()),
      'Recycled content that you state of the lot, at most what traced pellets make of it (R14)',
    ),
    otherMaterialKg: withDefault(
      massKg(MAX_RUN_KG, 'zero'),
      0,
      'Material without a traced origin in this lot, in kilograms; `added` says more of it',
    ),
    added,
    losses,
    wasteDocument,
    destinationDocumentIds,
    lineCleaningRecordId,
    documents,
    energyKWh,
    waterM3,
    claim,
    gtin: optional(gtin),
    lot: optional(lot),
  })
  .check(checkDestinations)

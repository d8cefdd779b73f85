import * as z from 'zod'
import { RUN_STATUSES } from '../../domain/state/run.ts'
import { FORMS, POLYMERS, type MaterialForm } from '../../domain/material/material.ts'
import { RUN_STEPS } from '../../domain/material/stages.ts'
import { added, charges, claim, energyKWh, losses, MAX_RUN_KG, wasteDocument, waterM3 } from './charges.ts'
import { checkDestinations, destinationDocumentIds, documents, lineCleaningRecordId } from './documents.ts'
import { cursor, limit } from './batches.ts'
import { STEP_ROLES } from '../roles.ts'
import { massKg, moisturePct, occurredAt, siteId, text } from './fields.ts'

export const MAX_OUTPUTS = 5

const OUTPUT_FORMS = FORMS.filter((form): form is Exclude<MaterialForm, 'product'> => form !== 'product')

const outputs = z
  .array(
    z.strictObject({
      massKg: massKg(MAX_RUN_KG),
      form: z.enum(OUTPUT_FORMS).optional(),
      polymer: z.enum(POLYMERS).optional(),
      moisturePct: moisturePct.optional(),
      claimKg: massKg(MAX_RUN_KG, 'zero')
        .optional()
        .meta({ description: 'Mass balance only: how much of the credit goes to this output' }),
    }),
  )
  .min(1)
  .max(MAX_OUTPUTS)

const closing = {
  losses,
  wasteDocument,
  destinationDocumentIds,
  lineCleaningRecordId,
  documents,
  energyKWh,
  waterM3,
  claim,
}

const NOT_YET =
  'Without charges and outputs a run is only opened; say this when you charge it (added, documents) or close it (all else)'

const WHO_MAY = RUN_STEPS.map((step) => `${step}: ${STEP_ROLES[step].join(', ')}`).join('; ')

/** A run that is opened, and with `outputs`, charged and closed at once. */
export const runBody = z
  .strictObject({
    step: z.enum(RUN_STEPS).meta({ description: `Who may do it. ${WHO_MAY}` }),
    siteId,
    occurredAt: occurredAt.optional(),
    charges: charges.optional(),
    added,
    outputs: outputs.optional(),
    ...closing,
  })
  .refine(({ charges, outputs }) => (charges === undefined) === (outputs === undefined), {
    path: ['outputs'],
    message:
      'Charges and outputs come together for a run in one call; leave out both to open a run and charge it later',
  })
  .check(checkDestinations, ({ value, issues }) => {
    if (value.outputs !== undefined || value.charges !== undefined) return
    const {
      added: joins,
      losses: lost,
      wasteDocument: waste,
      destinationDocumentIds: destinations,
      lineCleaningRecordId: cleaned,
      documents: papers,
      energyKWh: energy,
      waterM3: water,
      claim: claims,
    } = value
    const given = {
      added: joins.length > 0,
      losses: Object.keys(lost).length > 0,
      wasteDocument: waste !== undefined,
      destinationDocumentIds: destinations !== undefined,
      lineCleaningRecordId: cleaned !== undefined,
      documents: papers !== undefined,
      energyKWh: energy !== undefined,
      waterM3: water !== undefined,
      claim: claims !== undefined,
    }
    for (const [field, isGiven] of Object.entries(given)) {
      if (isGiven) issues.push({ code: 'custom', input: value, path: [field], message: NOT_YET })
    }
  })

export const chargesBody = z.strictObject({ occurredAt: occurredAt.optional(), charges, added, documents })

export const closeBody = z
  .strictObject({ occurredAt: occurredAt.optional(), outputs, ...closing })
  .check(checkDestinations)

/** Voiding a run, or opening it again. */
export const givingUpBody = z.strictObject({
  occurredAt: occurredAt.optional(),
  reason: text(300).meta({ description: 'Why. Sealed: shown to who is shown the correction, never public' }),
})

export const runsQuery = z.strictObject({
  site: siteId.optional(),
  status: z.enum(RUN_STATUSES).optional(),
  limit,
  cursor,
})

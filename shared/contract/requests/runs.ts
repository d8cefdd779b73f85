import * as z from 'zod/mini'
import { FORMS, POLYMERS, type MaterialForm } from '../../domain/material/material.ts'
import { RUN_STEPS } from '../../domain/material/stages.ts'
import { added, charges, claim, energyKWh, losses, MAX_RUN_KG, wasteDocument, waterM3 } from './charges.ts'
import { checkDestinations, destinationDocumentIds, documents, lineCleaningRecordId } from './documents.ts'
import { STEP_ROLES } from '../roles.ts'
import { massKg, moisturePct, occurredAt, siteId, text } from './fields.ts'
import { must, noted, optional } from './schema.ts'

export const MAX_OUTPUTS = 5

const OUTPUT_FORMS = FORMS.filter((form): form is Exclude<MaterialForm, 'product'> => form !== 'product')

const outputs = z
  .array(
    z.strictObject({
      massKg: massKg(MAX_RUN_KG),
      form: optional(z.enum(OUTPUT_FORMS)),
      polymer: optional(z.enum(POLYMERS)),
      moisturePct: optional(moisturePct),
      claimKg: optional(
        massKg(MAX_RUN_KG, 'zero'),
        'Mass balance only: how much of the credit goes to this output',
      ),
    }),
  )
  .check(z.minLength(1), z.maxLength(MAX_OUTPUTS))

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
    step: noted(z.enum(RUN_STEPS), `Who may do it. ${WHO_MAY}`),
    siteId,
    occurredAt: optional(occurredAt),
    charges: optional(charges),
    added,
    outputs: optional(outputs),
    ...closing,
  })
  .check(
    must(
      (run) => (run.charges === undefined) === (run.outputs === undefined),
      'Charges and outputs come together for a run in one call; leave out both to open a run and charge it later',
      ['outputs'],
    ),
    checkDestinations,
    ({ value, issues }) => {
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
    },
  )

export const chargesBody = z.strictObject({ occurredAt: optional(occurredAt), charges, added, documents })

export const closeBody = z
  .strictObject({ occurredAt: optional(occurredAt), outputs, ...closing })
  .check(checkDestinations)

/** Voiding a run, or opening it again. */
export const givingUpBody = z.strictObject({
  occurredAt: optional(occurredAt),
  reason: noted(text(300), 'Why. Sealed: shown to who is shown the correction, never public'),
})

import * as z from 'zod'
import { RULE_IDS } from '../../domain/checks/rule.ts'
import { EXCEPTION_KINDS } from '../../domain/report/exceptions.ts'
import { STAGES, STEP_RULES } from '../../domain/material/stages.ts'
import { RUN_LOSS_KINDS } from '../../domain/material/material.ts'
import { checkView } from './batches.ts'
import { documentView } from './documents.ts'

const kg = z.number()
const byKey = z.record(z.string(), kg)
const said = z.object({ en: z.string(), zh: z.string() })

const openShipment = z.object({
  shipmentId: z.string(),
  to: z.object({ organisationId: z.string() }),
  since: z.string(),
  massKg: kg,
})

const stockView = z.object({
  byStageKg: byKey,
  claimsKg: byKey,
  inProcessKg: kg,
  openRuns: z.array(z.object({ runId: z.string(), since: z.string(), massKg: kg })),
  onTheRoadKg: kg.meta({ description: 'Shipped from this site, and neither accepted nor back yet' }),
  openShipments: z.array(openShipment),
})

const stockRow = z.object({
  openingKg: kg,
  in: z.object({ collectedKg: kg, receivedKg: kg, movedInKg: kg, madeKg: kg, returnedKg: kg }),
  out: z.object({ chargedKg: kg, shippedKg: kg, movedOutKg: kg, transitLossKg: kg }),
  closingKg: kg,
})

const partyRow = z.object({
  organisationId: z.string().optional(),
  siteId: z.string().optional(),
  stage: z.enum(STAGES),
  massKg: kg,
})

const ofEvent = {
  event: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  bookedAt: z.string(),
}

const exception = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('check'),
    rule: z.enum(RULE_IDS),
    verdict: z.enum(['review', 'fail']),
    sentence: said,
    ...ofEvent,
  }),
  z.object({
    kind: z.literal('correction'),
    corrects: z.string(),
    of: z.string(),
    ...ofEvent,
  }),
  z.object({
    kind: z.literal('difference'),
    batchId: z.string(),
    sentKg: kg,
    receivedKg: kg,
    accepted: z.boolean(),
    ...ofEvent,
  }),
  z.object({
    kind: z.literal('failed-inspection'),
    batchId: z.string(),
    outside: z.array(z.string()).meta({ description: 'What was outside its limits' }),
    ...ofEvent,
  }),
  z.object({ kind: z.literal('late'), ...ofEvent }),
  z.object({ kind: z.literal('open-run'), runId: z.string(), since: z.string(), massKg: kg }),
  openShipment.extend({ kind: z.literal('open-shipment') }),
])

export const massBalanceView = z
  .object({
    asOf: z.string().meta({ description: 'When the journal was read' }),
    note: said,
    sha256: z.string().meta({ description: 'SHA-256 of the JCS (RFC 8785) of `report`' }),
    closedAs: z
      .object({ periodId: z.string(), reportSha256: z.string(), agrees: z.boolean() })
      .optional()
      .meta({ description: 'Where just this period was closed, and whether the report is the same as then' }),
    reasons: z.record(z.string(), z.string()).optional().meta({
      description:
        'Why the corrections among the exceptions were made, by their event ids. Sealed beside the events and no part of the report, so that its hash holds after an erasure',
    }),
    report: z.object({
      organisationId: z.string(),
      siteId: z.string(),
      from: z.string(),
      to: z.string(),
      events: z.int(),
      opening: stockView,
      closing: stockView,
      stages: z.array(stockRow.extend({ stage: z.enum(STAGES) })),
      total: stockRow,
      suppliers: z.array(partyRow.extend({ as: z.enum(['collected', 'received', 'moved-in']) })),
      customers: z.array(partyRow.extend({ as: z.enum(['shipped', 'returned', 'moved-out']) })),
      losses: z.object({ runsKg: byKey, transitKg: kg, unaccountedKg: kg }),
      process: z.object({
        openingKg: kg,
        chargedKg: kg,
        addedKg: kg,
        madeKg: kg,
        lostKg: kg,
        unaccountedKg: kg,
        closingKg: kg,
      }),
      road: z.object({ openingKg: kg, shippedKg: kg, returnedKg: kg, arrivedKg: kg, closingKg: kg }),
      conversions: z.array(
        z.object({ step: z.enum(Object.keys(STEP_RULES)), runs: z.int(), inputKg: kg, outputKg: kg }),
      ),
      claims: z.array(
        z.object({
          scheme: z.string(),
          openingKg: kg,
          in: z.object({ collectedKg: kg, receivedKg: kg, movedInKg: kg, returnedKg: kg }),
          out: z.object({ shippedKg: kg, movedOutKg: kg }),
          lost: z.object({ runsKg: kg, transitKg: kg }),
          closingKg: kg,
        }),
      ),
      waste: z
        .array(z.object({ kind: z.enum(RUN_LOSS_KINDS), destinationDocumentId: z.string(), massKg: kg }))
        .optional()
        .meta({ description: 'Of the losses of runs, what has a document of its destination' }),
      records: z
        .object({
          listed: z.array(
            z.object({
              runId: z.string(),
              event: z.string(),
              occurredAt: z.string(),
              documents: z.array(documentView),
              lineCleaningRecordId: z.string().optional(),
            }),
          ),
          more: z.int(),
        })
        .optional()
        .meta({ description: 'Documents and line cleaning of runs, by the event that named them' }),
      exceptions: z.object({
        counts: z.record(z.enum(EXCEPTION_KINDS), z.int()),
        listed: z.array(exception),
      }),
    }),
  })
  .meta({ id: 'MassBalance' })

const period = z.object({
  id: z.string(),
  siteId: z.string(),
  from: z.string(),
  to: z.string(),
  opening: stockView,
  closing: stockView,
  reportSha256: z.string(),
  recordedAt: z.string(),
})

export const periodView = period.extend({ checks: z.array(checkView) }).meta({ id: 'ClosedPeriod' })
export const periodList = z.object({ items: z.array(period) }).meta({ id: 'ClosedPeriodList' })

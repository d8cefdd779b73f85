import * as z from 'zod'
import { STATUSES } from '../../domain/state/batch.ts'
import { RULE_IDS } from '../../domain/checks/rule.ts'
import { FOUND } from '../../domain/geo/coast/found.ts'
import { CLAIM_MODELS } from '../../domain/lineage/claims.ts'
import { HOLD_REASONS } from '../../domain/events/quality.ts'
import { FORMS, POLYMERS } from '../../domain/material/material.ts'
import { RUN_STEPS, STAGES } from '../../domain/material/stages.ts'
import { recordFields } from './documents.ts'

export const checkView = z.object({
  rule: z.enum(RULE_IDS),
  verdict: z.enum(['pass', 'review', 'fail']),
  sentence: z.object({ en: z.string(), zh: z.string() }),
})

export const partyView = z.object({ organisationId: z.string(), siteId: z.string() })

const labResult = z.object({
  parameter: z.string(),
  method: z.string(),
  value: z.number(),
  unit: z.string(),
  lowest: z.number().optional(),
  highest: z.number().optional(),
  passed: z.boolean().optional().meta({ description: 'Within its limits; left out where it has none' }),
})

/** What a laboratory found; `id` is that of the event. */
export const inspection = z.object({
  id: z.string(),
  passed: z
    .boolean()
    .optional()
    .meta({ description: 'Whether all results with limits are within them; left out where none has any' }),
  results: z.array(labResult),
})

const hold = z.object({
  holdId: z.string().optional().meta({
    description: 'Left out, as the next two, where it was placed on a batch that is not open to you',
  }),
  batchId: z
    .string()
    .optional()
    .meta({ description: 'On which it was placed: this one, or one that it was made of' }),
  organisationId: z.string().optional(),
  reason: z.enum(HOLD_REASONS),
  since: z.string(),
})

const origin = z.object({
  placeId: z.string(),
  period: z.string(),
  found: z.enum(FOUND).optional().meta({
    description:
      'What is known of where it was picked up, computed from the position: at sea; at sea or on the shore; at a river; at sea or on land within 50 km of it; inland; not to be determined; or not recorded, where the place is that of the station. Absent for added material.',
  }),
  massKg: z.number(),
})

const shownStatus = z.enum([...STATUSES, 'passed-on']).meta({
  description:
    'passed-on: your organisation had it and another has it now; shown as it was then, since what became of it is theirs',
})

export const batchView = z
  .object({
    id: z.string(),
    stage: z.enum(STAGES),
    status: shownStatus,
    held: z.boolean(),
    form: z.enum(FORMS),
    sourceForm: z.enum(FORMS),
    sourceFormsKg: z.record(z.string(), z.number()).optional().meta({
      description: 'Of a lot of several source forms, how much of it was collected as which',
    }),
    polymer: z.enum(POLYMERS),
    polymersKg: z.record(z.string(), z.number()).optional().meta({
      description:
        'Of a mixed lot that was put together, the most of each polymer that can be taken out of it again; left out where nobody could tell',
    }),
    organisationId: z.string(),
    siteId: z.string(),
    massKg: z.number(),
    remainingKg: z.number(),
    lostInTransitKg: z.number().optional(),
    moisturePct: z.number().optional(),
    model: z.enum(CLAIM_MODELS),
    claimsKg: z.record(z.string(), z.number()),
    remainingClaimsKg: z.record(z.string(), z.number()),
    oceanBound: z
      .object({
        obpClass: z.string(),
        distanceKm: z.number().optional(),
        withinFence3Km: z.boolean(),
        openSea: z.boolean(),
        dataset: z.string(),
      })
      .optional(),
    occurredAt: z.string(),
    recordedAt: z.string(),
    origins: z.array(origin),
    runId: z.string().optional(),
    shipmentId: z.string().optional(),
    usedIn: z.array(z.string()),
    product: z
      .object({
        name: z.string(),
        units: z.int(),
        gramsPerUnit: z.number(),
        recycledPercent: z.number().optional(),
        gtin: z.string().optional(),
        lot: z.string().optional(),
      })
      .optional(),
    inspections: z
      .array(
        inspection.extend({
          sample: z.string(),
          lab: z.string(),
          testedAt: z.string(),
          reportSha256: z.string().optional().meta({ description: 'Of the report as a file' }),
        }),
      )
      .optional(),
    holds: z
      .array(hold)
      .optional()
      .meta({ description: 'What holds it, where one held batch is read by itself' }),
    checks: z
      .array(checkView)
      .optional()
      .meta({ description: 'Of what was just recorded; all of them are at /v1/batches/{id}/checks' }),
    links: z.object({
      self: z.string(),
      passport: z.string(),
      digitalLink: z.string().optional().meta({
        description: 'Of a product lot with a GTIN: its GS1 Digital Link, which leads to the passport',
      }),
      qrSvg: z.string(),
      qrPng: z.string(),
      label: z.string(),
    }),
  })
  .meta({ id: 'Batch' })

export const batchPage = z
  .object({ items: z.array(batchView), next: z.string().optional() })
  .meta({ id: 'BatchPage' })

export const eventPage = z
  .object({
    items: z.array(
      z.object({
        hash: z.string(),
        event: z.record(z.string(), z.unknown()).optional(),
        opened: z
          .record(z.string(), z.object({ salt: z.string(), value: z.unknown() }))
          .optional()
          .meta({
            description:
              'What of its sealed values is kept from the public alone: the vehicle of a load, reasons and notes. SHA-256(salt ‖ "." ‖ JCS(value)) is the commitment',
          }),
        hidden: z
          .literal(true)
          .optional()
          .meta({ description: 'An event of another organisation that is not shown to yours' }),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'EventPage' })

export const checkPage = z
  .object({
    items: z.array(checkView.extend({ eventId: z.string(), eventType: z.string(), occurredAt: z.string() })),
    next: z.string().optional(),
  })
  .meta({ id: 'CheckPage' })

export const tracePage = z
  .object({
    root: z.string(),
    nodes: z.array(
      z.object({
        id: z.string(),
        depth: z.int(),
        stage: z.enum(STAGES),
        form: z.enum(FORMS),
        massKg: z.number(),
        organisationId: z.string(),
        siteId: z.string(),
        occurredAt: z.string(),
        status: shownStatus,
        inTransitTo: partyView
          .optional()
          .meta({ description: 'Whom a batch in transit is on its way to: they have to be told too' }),
        inRuns: z
          .array(
            z.object({
              runId: z.string(),
              step: z.enum(RUN_STEPS).or(z.literal('manufacturing')),
              organisationId: z.string(),
              siteId: z.string(),
            }),
          )
          .optional()
          .meta({
            description:
              'Forward: runs that hold some of it and are not closed, so that nothing came out yet',
          }),
        held: z.boolean(),
        product: z.string().optional(),
        madeBy: z
          .object({
            runId: z.string(),
            step: z.enum(RUN_STEPS).or(z.literal('manufacturing')),
            ...recordFields,
          })
          .optional()
          .meta({
            description:
              'Backward: the run that made it, where documents, line cleaning or destinations are on record; with the documents of its charges',
          }),
        links: z.object({ passport: z.string() }),
        from: z.array(
          z.object({
            batchId: z.string().optional(),
            massKg: z.number().optional(),
            hidden: z.literal(true).optional().meta({
              description:
                'A closed node: what another organisation does not let yours see further. Its id is not told',
            }),
            stage: z.enum(STAGES).optional(),
            month: z.string().optional(),
          }),
        ),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'TracePage' })

export const becameView = z
  .object({
    batchId: z.string(),
    massKg: z.number(),
    stage: z.enum(STAGES).meta({ description: 'How far any of it has come' }),
    products: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        units: z.int(),
        madeAt: z.string(),
        links: z.object({ passport: z.string() }),
      }),
    ),
    isWhole: z.boolean().meta({
      description: 'Whether all that it went into was looked through; else there are more products',
    }),
  })
  .meta({ id: 'Became' })

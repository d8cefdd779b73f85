import * as z from 'zod'
import { STATUSES } from '../../domain/batch.ts'
import { RULE_IDS } from '../../domain/checks/rule.ts'
import { CLAIM_MODELS } from '../../domain/claims.ts'
import { FORMS, POLYMERS } from '../../domain/material.ts'
import { STAGES } from '../../domain/stages.ts'

export const checkView = z.object({
  rule: z.enum(RULE_IDS),
  verdict: z.enum(['pass', 'review', 'fail']),
  sentence: z.object({ en: z.string(), zh: z.string() }),
})

const origin = z.object({ placeId: z.string(), period: z.string(), massKg: z.number() })

export const batchView = z
  .object({
    id: z.string(),
    stage: z.enum(STAGES),
    status: z.enum(STATUSES),
    held: z.boolean(),
    form: z.enum(FORMS),
    sourceForm: z.enum(FORMS),
    polymer: z.enum(POLYMERS),
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
        gtin: z.string().optional(),
        lot: z.string().optional(),
      })
      .optional(),
    checks: z.array(checkView).optional(),
    links: z.object({ self: z.string(), passport: z.string(), qrSvg: z.string(), qrPng: z.string() }),
  })
  .meta({ id: 'Batch' })

export const batchPage = z
  .object({ items: z.array(batchView), next: z.string().optional() })
  .meta({ id: 'BatchPage' })

export const eventPage = z
  .object({
    items: z.array(z.object({ hash: z.string(), event: z.record(z.string(), z.unknown()) })),
    next: z.string().optional(),
  })
  .meta({ id: 'EventPage' })

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
        status: z.enum(STATUSES),
        held: z.boolean(),
        product: z.string().optional(),
        links: z.object({ passport: z.string() }),
        from: z.array(z.object({ batchId: z.string(), massKg: z.number().optional() })),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'TracePage' })

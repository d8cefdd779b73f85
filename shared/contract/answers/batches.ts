import * as z from 'zod'
import { STAGES, STATUSES } from '../../domain/batch.ts'
import { FORMS, POLYMERS } from '../../domain/material.ts'

const origin = z.object({ placeId: z.string(), period: z.string(), massKg: z.number() })

export const batchView = z
  .object({
    id: z.string(),
    stage: z.enum(STAGES),
    status: z.enum(STATUSES),
    form: z.enum(FORMS),
    polymer: z.enum(POLYMERS),
    siteId: z.string(),
    massKg: z.number(),
    remainingKg: z.number(),
    occurredAt: z.string(),
    recordedAt: z.string(),
    origins: z.array(origin),
    runId: z.string().optional(),
    product: z
      .object({
        name: z.string(),
        units: z.int(),
        gramsPerUnit: z.number(),
        gtin: z.string().optional(),
        lot: z.string().optional(),
      })
      .optional(),
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
        siteId: z.string(),
        occurredAt: z.string(),
        from: z.array(z.object({ batchId: z.string(), massKg: z.number() })),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'TracePage' })

import { PROCESSING_ROUTES } from '../shared/contract/routes/processing.ts'
import type { Batch } from '../shared/domain/batch.ts'
import type { Charge } from '../shared/domain/events.ts'
import type { Subjects } from '../shared/domain/fold.ts'
import { gramsFromKg } from '../shared/domain/mass.ts'
import { LOSS_KINDS, type LossKind } from '../shared/domain/material.ts'
import { processBatches } from '../shared/domain/processing.ts'
import { makeProduct } from '../shared/domain/product.ts'
import { jsonText } from './answers.ts'
import { execute, homeId, outputId } from './command.ts'
import { serve } from './http.ts'
import { findSite } from './sites.ts'
import { batchIn, viewBatch, viewRun } from './views.ts'

/** `POST /v1/runs` and `POST /v1/products`: load the charged batches, decide, and append the whole run at once. */
export const handler = serve(PROCESSING_ROUTES, {
  processBatches: async ({ body, caller, idempotencyKey }) => {
    const site = await findSite(caller.org, body.siteId)
    if (!site.ok) return site
    const run = await homeId('run', caller.org, 'processBatches', idempotencyKey)
    const now = new Date().toISOString()
    const outputs = await Promise.all(
      body.outputs.map(async ({ massKg, form, polymer }, index) => ({
        batch: await outputId(run, index),
        massGrams: gramsFromKg(massKg),
        ...(form && { form }),
        ...(polymer && { polymer }),
      })),
    )
    const command = {
      run,
      step: body.step,
      site: site.value.id,
      occurredAt: timeOf(body.occurredAt, now),
      charges: chargesOf(body.charges),
      addedGrams: 0,
      outputs,
      losses: lossesOf(body.losses),
    }
    const executed = await execute({
      home: run,
      request: body,
      needs: command.charges.map((charge) => charge.batch),
      decide: (subjects) => processBatches(command, batchesIn(subjects), { ...caller, now }),
      answer: (after, events) => viewRun(events, after),
    })
    return executed.ok ? created(executed.value) : executed
  },

  makeProduct: async ({ body, caller, idempotencyKey }) => {
    const site = await findSite(caller.org, body.siteId)
    if (!site.ok) return site
    const run = await homeId('run', caller.org, 'makeProduct', idempotencyKey)
    const batch = await outputId(run, 0)
    const now = new Date().toISOString()
    const { name, units, gramsPerUnit, gtin, lot } = body
    const command = {
      run,
      batch,
      site: site.value.id,
      occurredAt: timeOf(body.occurredAt, now),
      name,
      units,
      gramsPerUnit,
      charges: chargesOf(body.charges),
      otherMaterialGrams: gramsFromKg(body.otherMaterialKg),
      losses: lossesOf(body.losses),
      ...(gtin !== undefined && { gtin }),
      ...(lot !== undefined && { lot }),
    }
    const executed = await execute({
      home: run,
      request: body,
      needs: command.charges.map((charge) => charge.batch),
      decide: (subjects) => makeProduct(command, batchesIn(subjects), { ...caller, now }),
      answer: (after) => viewBatch(batchIn(after, batch)),
    })
    return executed.ok ? created(executed.value, `/v1/batches/${batch}`) : executed
  },
})

function created({ answer, replayed }: { answer: string; replayed: boolean }, location?: string) {
  return jsonText(201, answer, {
    'idempotent-replayed': String(replayed),
    ...(location !== undefined && { location }),
  })
}

const timeOf = (given: string | undefined, now: string): string =>
  given === undefined ? now : new Date(given).toISOString()

const chargesOf = (charges: readonly { batchId: string; massKg: number }[]): Charge[] =>
  charges.map(({ batchId, massKg }) => ({ batch: batchId, massGrams: gramsFromKg(massKg) }))

function lossesOf(losses: Readonly<Partial<Record<LossKind, number>>>): Partial<Record<LossKind, number>> {
  return Object.fromEntries(
    LOSS_KINDS.flatMap((kind) => (losses[kind] ? [[kind, gramsFromKg(losses[kind])]] : [])),
  )
}

function batchesIn(subjects: Subjects): Map<string, Batch> {
  return new Map(
    [...subjects.values()].flatMap((subject) => (subject.kind === 'batch' ? [[subject.id, subject]] : [])),
  )
}

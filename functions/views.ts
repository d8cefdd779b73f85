import type * as z from 'zod'
import type { batchView } from '../shared/contract/answers/batches.ts'
import type { runView } from '../shared/contract/answers/runs.ts'
import type { Batch } from '../shared/domain/batch.ts'
import type { UnlinkedEvent } from '../shared/domain/events.ts'
import type { Subjects } from '../shared/domain/fold.ts'
import { kgFromGrams } from '../shared/domain/mass.ts'
import { totalGrams } from '../shared/domain/origin.ts'

/** How state is shown to those who hold it: kilograms instead of grams, links instead of keys. */
export type BatchView = z.output<typeof batchView>
export type RunView = z.output<typeof runView>

/** The public base of all links, without a slash at its end. */
export function publicUrl(): string {
  const url = process.env['PUBLIC_URL']
  if (url === undefined) throw new Error('PUBLIC_URL is not set')
  return url.replace(/\/$/, '')
}

/** What the QR code says, and all that it says. */
export const passportUrl = (batch: string): string => `${publicUrl()}/b/${batch}`

export function viewBatch(batch: Batch): BatchView {
  const self = `${publicUrl()}/v1/batches/${batch.id}`
  return {
    id: batch.id,
    stage: batch.stage,
    status: batch.status,
    form: batch.form,
    polymer: batch.polymer,
    siteId: batch.site,
    massKg: kgFromGrams(batch.massGrams),
    remainingKg: kgFromGrams(batch.remainingGrams),
    occurredAt: batch.occurredAt,
    recordedAt: batch.recordedAt,
    origins: batch.origins.map(({ placeId, period, grams }) => ({
      placeId,
      period,
      massKg: kgFromGrams(grams),
    })),
    ...(batch.run !== undefined && { runId: batch.run }),
    ...(batch.product && { product: batch.product }),
    links: { self, passport: passportUrl(batch.id), qrSvg: `${self}/qr.svg`, qrPng: `${self}/qr.png` },
  }
}

/** A closed run from its own events and the batches that it made. Throws where a run was not closed by them. */
export function viewRun(events: readonly UnlinkedEvent[], after: Subjects): RunView {
  const charged = events.find((event) => event.type === 'RunCharged')
  const closed = events.find((event) => event.type === 'RunClosed')
  if (!charged || !closed) throw new Error('a one-shot run has charges and an end')
  const { run, step, losses, unaccountedGrams, checks } = closed.data
  const inputGrams = totalGrams(charged.data.charges.map((charge) => ({ grams: charge.massGrams })))
  return {
    id: run,
    step,
    siteId: closed.site,
    inputKg: kgFromGrams(inputGrams + charged.data.addedGrams),
    outputs: closed.data.outputs.map((output) => viewBatch(batchIn(after, output.batch))),
    losses: Object.fromEntries(Object.entries(losses).map(([kind, grams]) => [kind, kgFromGrams(grams)])),
    unaccountedKg: kgFromGrams(unaccountedGrams),
    checks: checks.map(({ rule, verdict, sentence }) => ({ rule, verdict, sentence })),
  }
}

/** A batch that a command has just made or changed; it is there, or the fold is broken. */
export function batchIn(subjects: Subjects, id: string): Batch {
  const subject = subjects.get(id)
  if (subject?.kind !== 'batch') throw new Error(`${id} is not among the batches of the command`)
  return subject
}

import { recordsIn, type RunRecords } from '../../shared/domain/events/documents.ts'
import type { Added, ProductFacts } from '../../shared/domain/events/run.ts'
import type { Draw } from '../../shared/domain/decide/run.ts'
import type { ClaimWanted, CloseRun, OutputWanted } from '../../shared/domain/decide/closing.ts'
import { gramsFromKg } from '../../shared/domain/material/mass.ts'
import { RUN_LOSS_KINDS, type LossKind } from '../../shared/domain/material/material.ts'
import { outputId } from './command.ts'
import { basisPointsOf } from './reported.ts'
import type { Request } from '../http/request.ts'

/** Bodies of runs and products in the core's terms: grams and basis points. */
type RunBody = Request<'processBatches'>['body']
type CloseBody = Request<'closeRun'>['body']

export const drawsOf = (charges: RunBody['charges']): Draw[] =>
  (charges ?? []).map(({ batchId, massKg, transport }) => ({
    batch: batchId,
    massGrams: gramsFromKg(massKg),
    ...(transport && { transport }),
  }))

export const addedOf = (added: RunBody['added']): Added[] =>
  added.map(({ kind, massKg, polymer }) => ({ kind, massGrams: gramsFromKg(massKg), polymer }))

/** Losses in grams, without those that are nothing. */
function lossesOf(losses: Readonly<Partial<Record<LossKind, number>>>): Partial<Record<LossKind, number>> {
  return Object.fromEntries(
    RUN_LOSS_KINDS.flatMap((kind) => (losses[kind] ? [[kind, gramsFromKg(losses[kind])]] : [])),
  )
}

/** What is on record of a run besides its figures, as far as the caller gave it. */
export function recordsOf({
  documents = [],
  lineCleaningRecordId,
  destinationDocumentIds = {},
}: Partial<Pick<CloseBody, keyof RunRecords>>): RunRecords {
  return recordsIn({
    documents,
    ...(lineCleaningRecordId !== undefined && { lineCleaningRecordId }),
    destinationDocumentIds,
  })
}

function claimOf(claim: RunBody['claim']): ClaimWanted | undefined {
  if (!claim) return undefined
  const { scheme, model, percent } = claim
  return {
    scheme,
    ...(model && { model }),
    ...(percent !== undefined && { percentBp: basisPointsOf(percent) }),
  }
}

/** What the nth closing of a run says but for its time, with the ids that its outputs get. */
export async function closingOf(
  body: Omit<CloseBody, 'occurredAt' | 'outputs'> & { readonly outputs: CloseBody['outputs'] },
  run: string,
  closing: number,
): Promise<Omit<CloseRun, 'occurredAt'>> {
  return {
    outputs: await Promise.all(
      body.outputs.map(async (output, index) => outputWanted(output, await outputId(run, closing, index))),
    ),
    ...takenOf(body),
  }
}

/** What a run or a product lot lost and took, and what is claimed of it. */
export function takenOf(
  body: Pick<CloseBody, 'losses' | 'wasteDocument' | 'energyKWh' | 'waterM3' | 'claim' | keyof RunRecords>,
): Omit<CloseRun, 'occurredAt' | 'outputs'> {
  const { energyKWh, waterM3, wasteDocument } = body
  const claim = claimOf(body.claim)
  return {
    losses: lossesOf(body.losses),
    ...(wasteDocument !== undefined && { wasteDocument }),
    ...recordsOf(body),
    ...(energyKWh !== undefined && { energyWh: Math.round(energyKWh * 1000) }),
    ...(waterM3 !== undefined && { waterMl: Math.round(waterM3 * 1_000_000) }),
    ...(claim && { claim }),
  }
}

function outputWanted(output: CloseBody['outputs'][number], batch: string): OutputWanted {
  const { massKg, form, polymer, moisturePct, claimKg } = output
  return {
    batch,
    massGrams: gramsFromKg(massKg),
    ...(form && { form }),
    ...(polymer && { polymer }),
    ...(moisturePct !== undefined && { moistureBp: basisPointsOf(moisturePct) }),
    ...(claimKg !== undefined && { claimGrams: gramsFromKg(claimKg) }),
  }
}

/** What is said of a product lot. */
export function productOf({
  name,
  units,
  gramsPerUnit,
  recycledPercent,
  gtin,
  lot,
}: Request<'makeProduct'>['body']): ProductFacts {
  return {
    name,
    units,
    gramsPerUnit,
    ...(recycledPercent !== undefined && { recycledShareBp: basisPointsOf(recycledPercent) }),
    ...(gtin && { gtin }),
    ...(lot && { lot }),
  }
}

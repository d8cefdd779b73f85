import type { ClaimModel } from '../lineage/claims.ts'
import type { RunRecords } from '../events/documents.ts'
import type { LossKind, MaterialForm, Polymer } from '../material/material.ts'

/** The end of a run: what came out, what was lost, and what it took. Masses in grams. */
export interface CloseRun extends RunRecords {
  readonly occurredAt: string
  readonly outputs: readonly OutputWanted[]
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  /** Of rejects and other waste that have no destination of their own. */
  readonly wasteDocument?: string
  readonly energyWh?: number
  readonly waterMl?: number
  /** What the caller wants to claim. Without it, as much as inputs and certificates allow is carried on. */
  readonly claim?: ClaimWanted
}

export interface OutputWanted {
  readonly batch: string
  readonly massGrams: number
  readonly form?: MaterialForm
  readonly polymer?: Polymer
  readonly moistureBp?: number
  /** Mass balance only: how much of the credit goes to this output. */
  readonly claimGrams?: number
}

export interface ClaimWanted {
  readonly scheme: string
  readonly model?: ClaimModel
  readonly percentBp?: number
}

export const outputGramsOf = ({ outputs }: Pick<CloseRun, 'outputs'>): number =>
  outputs.reduce((sum, output) => sum + output.massGrams, 0)

import type { Party } from '../../shared/domain/events/custody.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { HoldReason } from '../../shared/domain/events/quality.ts'
import type { CertificateFacts } from '../../shared/domain/events/registry.ts'
import type { Added } from '../../shared/domain/events/run.ts'
import type { ClaimWanted, OutputWanted } from '../../shared/domain/decide/closing.ts'
import type { ReportedPickup } from '../../shared/domain/decide/pickup.ts'
import type { ReceiptLine } from '../../shared/domain/decide/receive.ts'
import type { Draw } from '../../shared/domain/decide/run.ts'
import type { LossKind } from '../../shared/domain/material/material.ts'
import type { RUN_STEPS } from '../../shared/domain/material/stages.ts'

/** What a step comes to in a world: one command with everything in it, for a decider or for an HTTP request. */
export type Intent = { readonly org: string; readonly at: string } & Command

export type Reported = Pick<
  ReportedPickup,
  'form' | 'polymer' | 'netGrams' | 'scale' | 'pieces' | 'bags' | 'moistureBp' | 'position' | 'accuracyM'
>

export interface Closing {
  readonly outputs: readonly Omit<OutputWanted, 'batch'>[]
  readonly losses: Readonly<Partial<Record<Exclude<LossKind, 'transit'>, number>>>
  readonly energyWh?: number
  readonly claim?: ClaimWanted
}

export interface Charging {
  readonly draws: readonly Draw[]
  readonly added: readonly Added[]
}

export type ModelStep = (typeof RUN_STEPS)[number]

export type Instead =
  | { readonly of: 'PickupRecorded'; readonly reported: Reported }
  | { readonly of: 'ProductMade'; readonly name: string }
  | { readonly of: 'BatchInspected'; readonly value: number }

export type Command =
  | {
      readonly act: 'pickup'
      readonly site: string
      readonly reported: Reported
      /** SHA-256 of each. Only the engine remembers where else they were used: that stands beside the events. */
      readonly photos?: readonly string[]
    }
  | { readonly act: 'open'; readonly site: string; readonly step: ModelStep }
  | ({ readonly act: 'charge'; readonly run: string } & Charging)
  | ({ readonly act: 'close'; readonly run: string } & Closing)
  | ({ readonly act: 'process'; readonly site: string; readonly step: ModelStep } & Charging & Closing)
  | ({
      readonly act: 'product'
      readonly site: string
      readonly units: number
      readonly gramsPerUnit: number
    } & Charging)
  | { readonly act: 'void'; readonly run: string }
  | { readonly act: 'reopen'; readonly run: string }
  | { readonly act: 'ship'; readonly site: string; readonly to: Party; readonly batches: readonly string[] }
  | {
      readonly act: 'receive'
      readonly shipment: string
      readonly site: string
      readonly lines: readonly ReceiptLine[]
    }
  | { readonly act: 'inspect'; readonly batch: string; readonly value: number }
  | { readonly act: 'hold'; readonly batch: string; readonly reason: HoldReason }
  | { readonly act: 'release'; readonly batch: string; readonly hold?: string }
  | { readonly act: 'correct'; readonly event: DomainEvent; readonly instead?: Instead }
  | { readonly act: 'certify'; readonly facts: CertificateFacts }
  | { readonly act: 'close-period'; readonly site: string; readonly to: string }

export type CommandOf<Act extends Command['act']> = Extract<Command, { act: Act }>

import type { CheckResult } from './checks/rule.ts'
import type { Position } from './geodesy.ts'
import type { Leg, Step } from './journey.ts'
import type { LossKind, MaterialForm, Polymer } from './material.ts'
import type { OriginShare } from './origin.ts'

/**
 * Events: immutable facts in the past tense, with what, when, where, who and why. They are never edited; mistakes are
 * corrected by further events. State, passports and reports are folds of these.
 *
 * Nothing personal stands in an event. What is private is sealed: the event carries a salted commitment, the value is
 * stored beside it and can be erased without touching the history.
 */
export interface EventEnvelope<Type extends string, Data> {
  /** Version of the event's shape. */
  readonly v: 1
  readonly id: string
  readonly type: Type
  /** The batch or run in whose history the event is stored. */
  readonly home: string
  /** When it happened, and when we learned of it; UTC. */
  readonly occurredAt: string
  readonly recordedAt: string
  /** Who: the organisation, and the role of the key that was used. Never a person. */
  readonly org: string
  readonly role: string
  /** Where: a site of that organisation. */
  readonly site: string
  readonly data: Data
  /** Hash of the previous event of every batch and run that this one touches. Makes history a Merkle DAG. */
  readonly previous: readonly Link[]
}

export interface Link {
  readonly subject: string
  /** Hex of SHA-256(0x00 ‖ JCS(event)), which is also the event's leaf in the log. */
  readonly hash: string
}

export type PickupRecorded = EventEnvelope<
  'PickupRecorded',
  {
    readonly batch: string
    readonly form: MaterialForm
    readonly polymer: Polymer
    readonly massGrams: number
    readonly pieces?: number
    readonly placeId: string
    /** Where the place was taken from: the phone's position or, without one, the station's. */
    readonly placeBasis: 'position' | 'station'
    /** About 1 km. */
    readonly position: Position
    /** Commitments to what is private, by field name. */
    readonly sealed: Readonly<Record<string, string>>
  }
>

export type RunOpened = EventEnvelope<'RunOpened', { readonly run: string; readonly step: Step }>

export interface Charge {
  readonly batch: string
  readonly massGrams: number
}

export type RunCharged = EventEnvelope<
  'RunCharged',
  { readonly run: string; readonly charges: readonly Charge[]; readonly addedGrams: number }
>

export interface Output {
  readonly batch: string
  readonly form: MaterialForm
  readonly polymer: Polymer
  readonly massGrams: number
  readonly origins: readonly OriginShare[]
  readonly journey: readonly Leg[]
}

export type RunClosed = EventEnvelope<
  'RunClosed',
  {
    readonly run: string
    readonly step: Step
    readonly outputs: readonly Output[]
    readonly losses: Readonly<Partial<Record<LossKind, number>>>
    readonly unaccountedGrams: number
    readonly checks: readonly CheckResult[]
  }
>

export type ProductMade = EventEnvelope<
  'ProductMade',
  {
    readonly run: string
    readonly batch: string
    readonly name: string
    readonly units: number
    readonly gramsPerUnit: number
    readonly gtin?: string
    readonly lot?: string
  }
>

export type DomainEvent = PickupRecorded | RunOpened | RunCharged | RunClosed | ProductMade

/** An event as it is decided, before it is linked into the history of what it touches. */
export type UnlinkedEvent = DomainEvent extends infer E
  ? E extends DomainEvent
    ? Omit<E, 'previous'>
    : never
  : never

/** Every batch and run whose state an event changes, home first. */
export function subjectsOf(event: UnlinkedEvent): string[] {
  switch (event.type) {
    case 'PickupRecorded':
    case 'RunOpened':
      return [event.home]
    case 'RunCharged':
      return [event.home, ...event.data.charges.map((charge) => charge.batch)]
    case 'RunClosed':
      return [event.home, ...event.data.outputs.map((output) => output.batch)]
    case 'ProductMade':
      return [event.home, event.data.batch]
  }
}

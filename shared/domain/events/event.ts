import type { BatchReceived, BatchShipped } from './custody.ts'
import type { EventCorrected, Undo } from './correction.ts'
import type { PickupRecorded } from './pickup.ts'
import type { BatchHeld, BatchInspected, BatchReleased } from './quality.ts'
import type { ErasureBegun, PersonErased } from './privacy.ts'
import type { CertificateRegistered, PeriodClosed } from './registry.ts'
import type { ProductMade, RunCharged, RunClosed, RunOpened } from './run.ts'

/** All that can happen. */
export type DomainEvent =
  | PickupRecorded
  | RunOpened
  | RunCharged
  | RunClosed
  | ProductMade
  | BatchShipped
  | BatchReceived
  | BatchInspected
  | BatchHeld
  | BatchReleased
  | EventCorrected
  | CertificateRegistered
  | PeriodClosed
  | ErasureBegun
  | PersonErased

export type EventType = DomainEvent['type']
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>

/** An event as it is decided, before it is linked into the history of what it touches. */
export type UnlinkedEvent = DomainEvent extends infer E
  ? E extends DomainEvent
    ? Omit<E, 'previous'>
    : never
  : never

/** Every batch, run and so on whose state an event changes, home first, each once. */
export function subjectsOf(event: UnlinkedEvent): string[] {
  return [...new Set([event.home, ...othersOf(event)])]
}

function othersOf(event: UnlinkedEvent): readonly string[] {
  switch (event.type) {
    case 'RunCharged':
      return event.data.charges.map((charge) => charge.batch)
    case 'RunClosed':
      return event.data.outputs.map((output) => output.batch)
    case 'ProductMade':
      return [event.data.batch]
    case 'BatchShipped':
    case 'BatchReceived':
      return event.data.lines.map((line) => line.batch)
    case 'EventCorrected':
      return undoneSubjects(event.data.undo)
    case 'PickupRecorded':
    case 'RunOpened':
    case 'BatchInspected':
    case 'BatchHeld':
    case 'BatchReleased':
    case 'CertificateRegistered':
    case 'PeriodClosed':
    case 'ErasureBegun':
    case 'PersonErased':
      return []
  }
}

function undoneSubjects(undo: Undo): readonly string[] {
  switch (undo.of) {
    case 'RunCharged':
      return undo.returned.map((charge) => charge.batch)
    case 'RunClosed':
      return undo.outputs
    case 'ProductMade':
      return [undo.batch]
    case 'BatchShipped':
    case 'BatchReceived':
      return undo.lines.map((line) => line.batch)
    case 'PickupRecorded':
    case 'RunOpened':
    case 'BatchInspected':
    case 'CertificateRegistered':
      return []
  }
}

import type { EventType } from '../domain/events/event.ts'
import type { RunStep } from '../domain/material/stages.ts'
import type { Role } from '../domain/organisation.ts'
import { refuse, type Refused } from '../domain/refusal.ts'

/** Who may record what, for the rows of the route table and for corrections alike. An operator may all of it. */
export const COLLECTING = ['operator', 'collector', 'station'] as const satisfies readonly Role[]
export const PROCESSING = ['operator', 'station', 'recycler'] as const satisfies readonly Role[]
export const MAKING = ['operator', 'brand'] as const satisfies readonly Role[]
export const HANDLING = ['operator', 'station', 'recycler', 'brand'] as const satisfies readonly Role[]
export const CERTIFYING = ['operator'] as const satisfies readonly Role[]

/** Who may do a step: open, charge and close its runs, give them up and open them again, and correct any of that. */
export const STEP_ROLES: Readonly<Record<RunStep, readonly Role[]>> = {
  consolidation: PROCESSING,
  sorting: PROCESSING,
  cleaning: ['operator', 'recycler'],
  pelletizing: ['operator', 'recycler'],
  blending: ['operator', 'recycler'],
  manufacturing: MAKING,
}

/** Who may declare events wrong at all: a phone that many collectors share may not. */
export const CORRECTING = HANDLING

/**
 * Who may declare an event of a type wrong: whoever may make such an event. `step`: whoever may do the step of its run.
 * `nobody`: it is not corrected, and the decider says what is done instead.
 */
const CORRECTED_BY: Readonly<Record<EventType, readonly Role[] | 'step' | 'nobody'>> = {
  PickupRecorded: COLLECTING,
  RunOpened: 'step',
  RunCharged: 'step',
  RunClosed: 'step',
  ProductMade: MAKING,
  BatchShipped: HANDLING,
  BatchReceived: HANDLING,
  BatchInspected: HANDLING,
  CertificateRegistered: CERTIFYING,
  BatchHeld: 'nobody',
  BatchReleased: 'nobody',
  EventCorrected: 'nobody',
  PeriodClosed: 'nobody',
  ErasureBegun: 'nobody',
  PersonErased: 'nobody',
}

/** Refuses a role that may not do the step of a run, naming those that may. */
export function refuseStep(role: Role, step: RunStep): Refused | undefined {
  return refuseRole(role, STEP_ROLES[step], `${step} is done by`)
}

/** Refuses a role that may not correct events of a type, naming those that may; `step` is that of the event's run. */
export function refuseCorrection(role: Role, type: EventType, step?: RunStep): Refused | undefined {
  const by = CORRECTED_BY[type]
  if (by === 'nobody') return undefined
  if (by === 'step') return step && refuseStep(role, step)
  const may = CORRECTING.filter((corrector) => by.includes(corrector))
  return refuseRole(role, may, `${type} is corrected by`)
}

function refuseRole(role: Role, may: readonly Role[], what: string): Refused | undefined {
  if (may.includes(role)) return undefined
  return refuse('role-not-allowed', `This key has the role ${role}; ${what}: ${may.join(', ')}.`)
}

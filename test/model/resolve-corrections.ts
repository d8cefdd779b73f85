import type { EventOf } from '../../shared/domain/events/event.ts'
import { STEPS } from '../../shared/domain/lineage/journey.ts'
import type { CommandOf, Instead, Reported } from './intent.ts'
import { oneOf, pick, type Known } from './known.ts'
import { ORGANISATIONS, organisationOf } from './organisations.ts'
import { massOf, reportOf } from './resolve-pickup.ts'
import type { Step } from './steps.ts'

/** How far back a correction usually reaches: mistakes are mostly noticed soon, and only the newest can be taken back. */
const RECENT = 14

export function correct(
  step: Step,
  known: Known,
): (CommandOf<'correct'> & { readonly org: string }) | undefined {
  const recent = step.which % 4 === 0 ? known.events : known.events.slice(-RECENT)
  const correctable = recent.filter(({ type }) => step.wild || type !== 'EventCorrected')
  const event = pick(correctable, step.who)
  if (!event) return undefined
  const instead = insteadOf(step, event)
  return { act: 'correct', org: event.org, event, ...(instead && { instead }) }
}

function insteadOf(step: Step, event: Known['events'][number]): Instead | undefined {
  switch (event.type) {
    case 'PickupRecorded': {
      if (step.which % 3 === 0) return undefined
      const reported = step.which % 3 === 1 ? sameButMass(step, event) : reportOf(step)
      return { of: 'PickupRecorded', reported }
    }
    case 'ProductMade':
      return step.wild ? undefined : { of: 'ProductMade', name: `Case ${step.which}` }
    case 'BatchInspected':
      return step.which % 2 === 0 ? undefined : { of: 'BatchInspected', value: step.which % 10 }
    default:
      return step.wild ? { of: 'ProductMade', name: 'No product' } : undefined
  }
}

function sameButMass(step: Step, { data }: EventOf<'PickupRecorded'>): Reported {
  const { form, polymer, moistureBp, position, placeBasis, claims } = data
  return {
    form,
    polymer,
    netGrams: massOf(step.amount, step.which),
    ...(moistureBp !== undefined && { moistureBp }),
    ...(placeBasis === 'position' && { position }),
    ...(claims['OBP'] !== undefined && { accuracyM: 10 }),
  }
}

export function certify(step: Step): CommandOf<'certify'> & { readonly org: string } {
  const { id: org } = oneOf(ORGANISATIONS, step.who)
  const validTo = step.which % 3 === 0 ? '2026-08-20' : '2027-08-01'
  return {
    act: 'certify',
    org,
    facts: { ...factsFor(org), steps: step.wild ? STEPS.slice(0, 3) : STEPS, validTo },
  }
}

/** A certificate for all that an organisation does. */
export function factsFor(org: string): CommandOf<'certify'>['facts'] {
  return {
    scheme: 'OBP',
    number: 'OBP-1',
    body: 'Control Union',
    sites: organisationOf(org).sites.map(({ id }) => id),
    steps: STEPS,
    validFrom: '2026-01-01',
    validTo: '2027-08-01',
  }
}

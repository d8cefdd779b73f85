import { checkNet } from '../checks/weighing.ts'
import type { Weighing } from '../events/pickup.ts'
import type { MaterialForm } from '../material/material.ts'
import { bagsFactorOn, piecesFactorOn, weigh, type Weight } from '../material/weights.ts'
import { accept, refuse, refuseByRule, type Decision } from '../refusal.ts'
import type { ReportedPickup } from './pickup.ts'

export interface MassOfPickup {
  readonly massGrams: number
  readonly weighing: Weighing
}

/**
 * The net mass. A net mass that was given counts, and must agree with the containers where those were given too (R3);
 * without one it is gross less tare; without that, pieces or else bags times the factor of the day. Refuses
 * (`invalid-request`) what was neither weighed nor counted, and a count whose form has no factor then.
 */
export function massOfPickup(command: ReportedPickup): Decision<MassOfPickup> {
  const { netGrams, scale, form } = command
  if (scale) {
    const disagreement = netGrams === undefined ? undefined : checkNet({ netGrams, scale })
    if (disagreement?.verdict === 'fail') return refuseByRule(disagreement, '/massKg')
    const weighed = weigh(scale, form, '/tareKg')
    if (!weighed.ok) return weighed
    const weighing: Weighing = { basis: 'gross-tare', ...scale }
    return accept({ massGrams: netGrams ?? weighed.value.netGrams, weighing })
  }
  if (netGrams !== undefined) return accept({ massGrams: netGrams, weighing: { basis: 'net' } })
  return massOfCount(command)
}

/** What was only counted: by pieces where their form has a factor, else by bags that were not pressed. */
function massOfCount(command: ReportedPickup): Decision<MassOfPickup> {
  const { pieces, bags, isCompacted = false, form, occurredAt } = command
  const perPiece = pieces === undefined ? undefined : piecesFactorOn(form, occurredAt)
  if (pieces !== undefined && perPiece) {
    return massBy({ pieces, factorVersion: perPiece.version }, 'pieces', form)
  }
  const perBag = bags === undefined || isCompacted ? undefined : bagsFactorOn(form, occurredAt)
  if (bags !== undefined && perBag) return massBy({ bags, factorVersion: perBag.version }, 'bags', form)
  return refuse('invalid-request', `Give massKg, or grossKg and tareKg${whyNotCounted(command)}.`, '/massKg')
}

type Count = Extract<Weight, { readonly factorVersion: string }>

function massBy(count: Count, basis: 'pieces' | 'bags', form: MaterialForm): Decision<MassOfPickup> {
  const weighed = weigh(count, form, `/${basis}`)
  if (!weighed.ok) return weighed
  return accept({
    massGrams: weighed.value.netGrams,
    weighing: { basis, factorVersion: count.factorVersion },
  })
}

function whyNotCounted({ pieces, bags, isCompacted = false, form }: ReportedPickup): string {
  if (pieces === undefined && bags === undefined) return ', or pieces, or bags'
  if (bags !== undefined && isCompacted) return '; pressed bags have no factor, so they must be weighed'
  const counted = [pieces !== undefined && 'pieces', bags !== undefined && 'bags']
    .filter(Boolean)
    .join(' or ')
  return `; ${form} has no factor for ${counted}, so it must be weighed`
}

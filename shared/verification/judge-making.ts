import { loosestNeeded } from '../domain/decide/claim.ts'
import { makeOutputs } from '../domain/decide/output.ts'
import type { EventOf } from '../domain/events/event.ts'
import type { ProductFacts } from '../domain/events/run.ts'
import { drawClaims, isNoStronger } from '../domain/lineage/claims.ts'
import { isAdded, totalGrams } from '../domain/lineage/origin.ts'
import { ALL_BP, gramsOfUnits, milligramsOfUnits } from '../domain/material/mass.ts'
import type { Batch } from '../domain/state/batch.ts'
import type { Run } from '../domain/state/run.ts'
import type { Broken } from './fault.ts'
import { batchOf, broken, firstOf, memberFault, runOf, same, type Judge } from './world.ts'

/** A pickup begins its own batch. */
export const judgePickup: Judge<EventOf<'PickupRecorded'>> = ({ home, data }) =>
  data.batch === home ? undefined : broken('wrong-link', { subject: data.batch })

export const judgeOpened: Judge<EventOf<'RunOpened'>> = ({ home, data }) =>
  data.run === home ? undefined : broken('wrong-link', { subject: data.run })

/**
 * The end of a run: input = outputs + losses + unaccounted, to the gram, the input being all that it was charged with; every
 * output has the grams of each origin, the journey and what may be dry that the domain's apportionment gives in the order of
 * the outputs; and no more is claimed, and by no stricter model, than the pool allows. The certificates that claims rest on are
 * not in the lineage.
 */
export const judgeClosed: Judge<EventOf<'RunClosed'>> = (event, world) => {
  const { data } = event
  const run = runOf(world, data.run)
  if (!world.isOurs(data.run)) return undefined
  if (!run || run.status !== 'open') return broken('not-open', { subject: data.run })
  if (run.org !== event.org || run.site !== event.site || data.step !== run.step)
    return broken('wrong-custody', { subject: run.id })
  if (event.occurredAt < run.chargedUntil) return broken('time-order', { subject: run.id })
  return firstOf(
    () => unbalanced(run, event),
    () => outputFault(run, event),
    () => claimFault(run, event),
  )
}

function unbalanced(run: Run, { data }: EventOf<'RunClosed'>): Broken | undefined {
  const { inputGrams, losses, unaccountedGrams, outputs } = data
  const lost = Object.values(losses).reduce((sum, grams) => sum + grams, 0)
  const out = totalMass(outputs) + lost + unaccountedGrams
  if (inputGrams !== run.pool.massGrams)
    return broken('mass-not-balanced', { subject: run.id, stated: inputGrams, due: run.pool.massGrams })
  return out === inputGrams
    ? undefined
    : broken('mass-not-balanced', { subject: run.id, stated: out, due: inputGrams })
}

const totalMass = (parts: readonly { readonly massGrams: number }[]): number =>
  parts.reduce((sum, { massGrams }) => sum + massGrams, 0)

function outputFault(run: Run, event: EventOf<'RunClosed'>): Broken | undefined {
  const { occurredAt, data } = event
  const { outputs, losses, unaccountedGrams, energyWh, waterMl, certificates } = data
  const [first] = outputs
  if (!first) return undefined
  const due = makeOutputs(
    run,
    {
      occurredAt,
      outputs,
      losses,
      ...(energyWh !== undefined && { energyWh }),
      ...(waterMl !== undefined && { waterMl }),
    },
    unaccountedGrams,
    { model: first.model, byOutput: outputs.map(({ claims }) => claims), certificates, checks: [] },
  )
  return firstOf(
    ...outputs.map((output, index) => () => {
      const { origins, ...rest } = due[index] ?? first
      return (
        memberFault(output.batch, { origins: output.origins }, { origins }) ??
        memberFault(output.batch, output, { ...rest, origins })
      )
    }),
  )
}

function claimFault(run: Run, { data }: EventOf<'RunClosed'>): Broken | undefined {
  const { outputs, inputClaims } = data
  if (!same(inputClaims, run.pool.claims))
    return broken('claims-do-not-follow', { subject: run.id, stated: inputClaims, due: run.pool.claims })
  const available = drawClaims(run.pool.claims, totalMass(outputs), run.pool.massGrams)
  const schemes = [...new Set(outputs.flatMap(({ claims }) => Object.keys(claims)))]
  for (const scheme of schemes) {
    const claimed = outputs.reduce((sum, { claims }) => sum + (claims[scheme] ?? 0), 0)
    const due = available[scheme] ?? 0
    if (claimed > due) return broken('claims-do-not-follow', { subject: run.id, stated: claimed, due })
  }
  const needed = loosestNeeded(run, schemes)
  const tooStrict = outputs.find(({ model }) => !isNoStronger(model, needed))
  return (
    tooStrict &&
    broken('claims-do-not-follow', { subject: tooStrict.batch, stated: tooStrict.model, due: needed })
  )
}

/** A product lot weighs what its units weigh, and its stated recycled content is no more than the traced material in it. */
export const judgeProduct: Judge<EventOf<'ProductMade'>> = ({ home, org, data }, world) => {
  const run = runOf(world, data.run)
  const batch = batchOf(world, data.batch)
  if (data.run !== home || (run && run.step !== 'manufacturing'))
    return broken('wrong-stage', { subject: home })
  if (!batch) return world.isOurs(data.batch) ? broken('impossible-event') : undefined
  if (batch.run !== home || batch.product) return broken('impossible-event', { subject: batch.id })
  if (batch.custodian !== org) return broken('wrong-custody', { subject: batch.id })
  return productFault(batch, data)
}

export function productFault(batch: Batch, product: ProductFacts): Broken | undefined {
  const { units, gramsPerUnit, recycledShareBp = 0 } = product
  const due = gramsOfUnits(units, gramsPerUnit)
  if (due !== batch.massGrams)
    return broken('mass-not-balanced', { subject: batch.id, stated: batch.massGrams, due })
  const tracedGrams = totalGrams(batch.origins.filter((share) => !isAdded(share)))
  const needed = milligramsOfUnits(units, gramsPerUnit) * BigInt(recycledShareBp)
  return needed <= BigInt(tracedGrams) * 1000n * BigInt(ALL_BP)
    ? undefined
    : broken('claims-do-not-follow', { subject: batch.id, stated: recycledShareBp, due: tracedGrams })
}

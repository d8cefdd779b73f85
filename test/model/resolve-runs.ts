import { CLAIM_MODELS } from '../../shared/domain/lineage/claims.ts'
import { estimateKm } from '../../shared/domain/checks/haul.ts'
import type { Added } from '../../shared/domain/events/run.ts'
import type { Draw } from '../../shared/domain/decide/run.ts'
import { RUN_STEPS, STEP_RULES, type RunStep, type Stage } from '../../shared/domain/material/stages.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import type { Charging, Closing, CommandOf, ModelStep } from './intent.ts'
import { batchesOf, isFree, oneOf, pick, runsOf, type Known } from './known.ts'
import { ORGANISATIONS, organisationOf, siteIn } from './organisations.ts'
import type { Step } from './steps.ts'

type Resolved<Act extends 'open' | 'charge' | 'close' | 'process' | 'product'> = CommandOf<Act> & {
  readonly org: string
}

export function charge(step: Step, known: Known): Resolved<'charge'> | undefined {
  const run = pick(
    runsOf(known).filter(({ status }) => step.wild || status === 'open'),
    step.who,
  )
  if (!run) return undefined
  const stages = Object.keys(run.pool.stages)
  const charging = chargingOf(step, known, { ...run, stages }, run.site)
  return charging && { act: 'charge', org: run.org, run: run.id, ...charging }
}

export function close(step: Step, known: Known): Resolved<'close'> | undefined {
  const run = pick(
    runsOf(known).filter(({ status, pool }) => step.wild || (status === 'open' && pool.massGrams > 0)),
    step.who,
  )
  return run && { act: 'close', org: run.org, run: run.id, ...closingOf(step, run.pool.massGrams) }
}

/** Mostly a run that can be opened again, because all that it made is still there. */
export function reopen(
  step: Step,
  known: Known,
): (CommandOf<'reopen'> & { readonly org: string }) | undefined {
  const closed = runsOf(known).filter(({ status }) => step.wild || status === 'closed')
  const untouched = closed.filter(({ outputs }) => outputs.every(({ batch }) => isWhole(known, batch)))
  const run = pick(step.which % 3 > 0 && untouched.length > 0 ? untouched : closed, step.who)
  return run && { act: 'reopen', org: run.org, run: run.id }
}

function isWhole({ subjects }: Known, id: string): boolean {
  const batch = subjects.get(id)
  return batch?.kind === 'batch' && batch.status === 'active' && batch.remainingGrams === batch.massGrams
}

export function open(step: Step, known: Known): Resolved<'open'> {
  const { org, step: runStep } = fitting(step, known)
  return { act: 'open', org, site: siteAt(org, step.which), step: runStep }
}

export function process(step: Step, known: Known): Resolved<'process'> | undefined {
  const { org, step: runStep, stages } = fitting(step, known)
  const site = siteAt(org, step.which)
  const charging = chargingOf(step, known, { org, step: runStep, stages }, site)
  if (!charging) return undefined
  const closing = closingOf(step, gramsOf(charging))
  return { act: 'process', org, site, step: runStep, ...charging, ...closing }
}

export function product(step: Step, known: Known): Resolved<'product'> | undefined {
  const pellets = batchesOf(known).filter((batch) => batch.stage === 'pelletized' && isFree(known, batch))
  const org = pick(pellets, step.who)?.custodian ?? oneOf(ORGANISATIONS, step.who).id
  const site = siteAt(org, step.which)
  const charging = chargingOf(step, known, { org, step: 'manufacturing', stages: [] }, site)
  if (!charging) return undefined
  const gramsPerUnit = 1 + (step.which % 7) * 2.5
  const units = Math.max(1, Math.floor((gramsOf(charging) * Math.min(1, 0.5 + step.amount)) / gramsPerUnit))
  return { act: 'product', org, site, units, gramsPerUnit, ...charging }
}

const siteAt = (org: string, index: number): string => oneOf(organisationOf(org).sites, index).id

/** An organisation and a step that some of its batches could go into, so that lineages grow deep. */
function fitting(step: Step, known: Known): Into & { readonly step: ModelStep } {
  const batch = pick(
    batchesOf(known).filter((candidate) => isFree(known, candidate)),
    step.who,
  )
  const takers = RUN_STEPS.filter((candidate) => batch && STEP_RULES[candidate].takes.includes(batch.stage))
  const chosen = (step.wild ? undefined : pick(takers, step.which)) ?? oneOf(RUN_STEPS, step.which)
  const keeps = STEP_RULES[chosen].makes === 'same'
  const org = batch?.custodian ?? oneOf(ORGANISATIONS, step.who).id
  return { org, step: chosen, stages: keeps && batch ? [batch.stage] : [] }
}

interface Into {
  readonly org: string
  readonly step: RunStep
  /** Stages that are in it already; a step that keeps the stage takes no other. */
  readonly stages: readonly string[]
}

function chargingOf(step: Step, known: Known, into: Into, site: string): Charging | undefined {
  const all = batchesOf(known)
  const fits = (stage: Stage): boolean =>
    STEP_RULES[into.step].takes.includes(stage) &&
    (STEP_RULES[into.step].makes !== 'same' || into.stages.length === 0 || into.stages.includes(stage))
  const fitting = all.filter(
    (batch) => batch.custodian === into.org && isFree(known, batch) && fits(batch.stage),
  )
  const candidates = step.wild ? all : sameStage(fitting, into, step.which)
  const draws = new Map<string, Draw>()
  for (const { at, share } of step.parts) {
    const batch = pick(candidates, at)
    if (!batch) continue
    const massGrams = Math.max(1, Math.round(batch.remainingGrams * share))
    draws.set(batch.id, { batch: batch.id, massGrams, ...transportOf(step, batch, site) })
  }
  return draws.size === 0 ? undefined : { draws: [...draws.values()], added: addedOf(step, into.step) }
}

/** Some say how a charge came from another site, some do not; and some say so wrongly of what was there, or how far it was. */
function transportOf({ which, wild }: Step, { custodian, site }: Batch, to: string): Pick<Draw, 'transport'> {
  if (which % 3 === 0 || (site === to && !wild)) return {}
  const mode = which % 2 === 0 ? 'road' : 'sea'
  if (wild) return { transport: { mode, distanceKm: which % 500 } }
  const nearKm = estimateKm(siteIn(custodian, site), siteIn(custodian, to))
  return { transport: { mode, distanceKm: nearKm + (which % 100) } }
}

function sameStage(batches: readonly Batch[], { step }: Into, which: number): readonly Batch[] {
  if (STEP_RULES[step].makes !== 'same') return batches
  const stage = pick(batches, which)?.stage
  return batches.filter((batch) => batch.stage === stage)
}

function addedOf({ which, amount, wild }: Step, step: RunStep): Added[] {
  if (!(STEP_RULES[step].mayAdd || wild) || which % 2 === 0) return []
  const massGrams = 1 + Math.round(amount * 5_000)
  return [{ kind: which % 4 === 1 ? 'virgin' : 'other', massGrams, polymer: 'HDPE' }]
}

const gramsOf = ({ draws, added }: Charging): number =>
  [...draws, ...added].reduce((sum, { massGrams }) => sum + massGrams, 0)

/**
 * Up to four outputs that keep most of the input, some of the rest named as losses and some not accounted for; of all,
 * of some or of none of them the moisture is known.
 */
function closingOf({ parts, amount, which }: Step, inputGrams: number): Closing {
  const keptGrams = Math.round(inputGrams * (which % 10 === 0 ? 1 : 0.6 + 0.4 * Math.min(1, amount)))
  const weight = parts.reduce((sum, { share }) => sum + share + 0.01, 0)
  const masses = parts
    .map(({ share }) => Math.floor((keptGrams * (share + 0.01)) / weight))
    .filter((grams) => grams > 0)
  const outputs = masses.length > 0 ? masses : [Math.max(1, keptGrams)]
  const left = Math.max(0, inputGrams - outputs.reduce((sum, grams) => sum + grams, 0))
  const lost = Math.floor(left * (which % 3 === 0 ? 1 : 0.7))
  const [reject, moisture] = [Math.floor(lost / 2), lost - Math.floor(lost / 2)]
  return {
    outputs: outputs.map((massGrams, index) => ({
      massGrams,
      ...((which % 4 === 1 || (which % 4 === 2 && index === 0)) && { moistureBp: 50 + index }),
      ...(which % 6 === 5 && { claimGrams: Math.floor(massGrams / (1 + index)) }),
    })),
    losses: { ...(reject > 0 && { reject }), ...(moisture > 0 && { moisture }) },
    ...(which % 2 === 0 && { energyWh: which * 100 }),
    ...claimOf(which),
  }
}

function claimOf(which: number): Pick<Closing, 'claim'> {
  if (which % 6 === 5) return { claim: { scheme: 'OBP', model: 'mass-balance' } }
  const model = oneOf(CLAIM_MODELS, which)
  return which % 7 === 3 ? { claim: { scheme: 'OBP', model } } : {}
}

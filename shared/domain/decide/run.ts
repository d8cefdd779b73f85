import { checkDraw } from '../checks/draw.ts'
import { checkHaul, type Place } from '../checks/haul.ts'
import type { CheckResult } from '../checks/rule.ts'
import { STAGE_WORDS, STEP_WORDS } from '../checks/wording.ts'
import { chargeOf, heldSince, type Batch } from '../state/batch.ts'
import { recordsIn, type RunDocument } from '../events/documents.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import type { Haul } from '../lineage/activities.ts'
import type { Added, Charge } from '../events/run.ts'
import { addPools, EMPTY_POOL, presentIn, type Pool } from '../state/pool.ts'
import { accept, refuse, refuseByRule, type Decision, type Refused } from '../refusal.ts'
import type { Run } from '../state/run.ts'
import { STAGES, STEP_RULES, type RunStep } from '../material/stages.ts'
import { checkTime } from '../time.ts'
import { journeyOfDraw } from '../state/transfers.ts'
import { dryGramsOf } from '../material/weights.ts'
import { drawParts } from '../material/mixture.ts'
import { isHeld, usableBatch, type World } from '../state/world.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'

/** Opening a run and charging it. A run is charged in as many calls as it takes; see close.ts for its end. */
export interface OpenRun {
  readonly run: string
  readonly step: RunStep
  readonly site: string
  readonly occurredAt: string
}

export function openRun(command: OpenRun, actor: Actor): Decision<UnlinkedEvent[]> {
  const late = checkTime(command.occurredAt, actor.now)
  if (late) return late
  const { run, step } = command
  return accept([{ ...envelopeOf(run, 1, command, actor), type: 'RunOpened', data: { run, step } }])
}

/** What to draw, in grams; which grams exactly, is decided here. */
export interface Draw {
  readonly batch: string
  readonly massGrams: number
  /** How it gets to the run's site, where the batch lies at another. */
  readonly transport?: Haul
}

export interface ChargeRun {
  readonly occurredAt: string
  readonly draws: readonly Draw[]
  readonly added: readonly Added[]
  readonly documents?: readonly RunDocument[]
  /** The organisation's own sites, as far as it is known where they are: stated distances are compared with them. */
  readonly sites?: readonly Place[]
}

/**
 * Decides one call of charges. Each batch must be there, be this organisation's, be free to use, have that much left,
 * be of a stage that the step takes, and have been held since before. Guarantees that no batch gives more than it has.
 */
export function chargeRun(
  run: Run,
  command: ChargeRun,
  world: World,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const refused =
    checkTime(command.occurredAt, actor.now) ??
    refuseEarlier(command.occurredAt, run.occurredAt, `run ${run.id} was opened`) ??
    refuseClosed(run, world) ??
    refuseAdded(run, command.added)
  if (refused) return refused
  const drawn: { charge: Charge; from: Batch }[] = []
  const hauls: CheckResult[] = []
  for (const [index, draw] of command.draws.entries()) {
    const pointer = `/charges/${index}`
    if (command.draws.findIndex((other) => other.batch === draw.batch) !== index) {
      const detail = `Batch ${draw.batch} is charged twice; name it once with the sum.`
      return refuse('invalid-request', detail, pointer)
    }
    const from = usableBatch(world, draw.batch, actor.org, `${pointer}/batchId`)
    if (!from.ok) return from
    const wrong = refuseDraw(run, draw, from.value, command.occurredAt, pointer)
    if (wrong) return wrong
    const haul = haulOf(draw, from.value, run, command.sites ?? [])
    if (haul?.verdict === 'fail') return refuseByRule(haul, `${pointer}/transport/distanceKm`)
    if (haul) hauls.push(haul)
    drawn.push({ charge: chargeOf(from.value, draw.massGrams, draw.transport), from: from.value })
  }
  const pool = poolOf(run.site, drawn, command.added)
  const mixed = refuseMixedStages(run, addPools(run.pool, pool))
  if (mixed) return mixed
  const charges = drawn.map(({ charge }) => charge)
  const { occurredAt, documents = [] } = command
  const touching = drawn.map(({ from }) => from)
  return accept([
    {
      ...envelopeOf(
        run.id,
        run.version + 1,
        { site: run.site, occurredAt, touching, after: [{ countsFrom: run.opensFrom }, ...touching] },
        actor,
      ),
      type: 'RunCharged',
      data: {
        run: run.id,
        charges,
        added: command.added,
        pool,
        checks: eachOnce(hauls),
        ...recordsIn({ documents }),
      },
    },
  ])
}

function refuseClosed(run: Run, world: World): Refused | undefined {
  if (run.status !== 'open') {
    return refuse('run-not-open', `Run ${run.id} is ${run.status}; only an open run can be charged.`)
  }
  if (!isHeld(world, run.id)) return undefined
  const detail = `Run ${run.id} holds material that is held; whatever joined it would be held with it. ${run.closings > 0 ? 'Close it as it is, or have the hold released first.' : 'Close it as it is, or take the material back by correcting its charge.'}`
  return refuse('batch-held', detail)
}

function refuseAdded(run: Run, added: readonly Added[]): Refused | undefined {
  if (added.length === 0 || STEP_RULES[run.step].mayAdd) return undefined
  const detail = `Nothing can be added in ${run.step}; material without a traced origin joins in blending or in making a product.`
  return refuse('invalid-request', detail, '/added')
}

function refuseDraw(
  run: Run,
  draw: Draw,
  batch: Batch,
  occurredAt: string,
  pointer: string,
): Refused | undefined {
  const { takes, makes } = STEP_RULES[run.step]
  if (!takes.includes(batch.stage)) {
    const what = makes === 'same' ? 'leaves their stage as it is' : `makes ${makes} ones`
    const sentence = {
      en: `Batch ${batch.id} is ${batch.stage}; ${run.step} takes ${takes.join(' or ')} batches and ${what}. Stages never go backwards.`,
      zh: `批次 ${batch.id} 处于“${STAGE_WORDS[batch.stage].zh}”阶段；${STEP_WORDS[run.step].zh}只接受：${takes.map((stage) => STAGE_WORDS[stage].zh).join('、')}。阶段不可倒退。`,
    }
    return refuseByRule({ rule: 'R7', sentence }, `${pointer}/batchId`, 'wrong-stage')
  }
  const amounts = { batch: batch.id, remainingGrams: batch.remainingGrams, drawnGrams: draw.massGrams }
  const enough = checkDraw(amounts)
  if (enough.verdict === 'fail') return refuseByRule(enough, `${pointer}/massKg`, 'not-enough-mass')
  if (draw.transport && batch.site === run.site) {
    const detail = `Batch ${batch.id} lies at ${run.site}, where the run is, so it is not transported; leave transport out.`
    return refuse('invalid-request', detail, `${pointer}/transport`)
  }
  return refuseEarlier(occurredAt, heldSince(batch), `batch ${batch.id} came to be yours`)
}

/** R17 of a distance that is stated with a draw; undefined where none is, or a site is not known any more. */
function haulOf(
  { transport }: Draw,
  batch: Batch,
  run: Run,
  sites: readonly Place[],
): CheckResult | undefined {
  const at = (site: string): Place | undefined => sites.find(({ id }) => id === site)
  return transport && checkHaul(transport.distanceKm, { from: at(batch.site), to: at(run.site) })
}

/** Batches that came the same way, stated alike, are told of in one sentence. */
const eachOnce = (checks: readonly CheckResult[]): CheckResult[] => [
  ...new Map(checks.map((check) => [check.sentence.en, check])).values(),
]

/** Consolidation and blending leave the stage as it is, so there must be one. */
function refuseMixedStages(run: Run, pool: Pool): Refused | undefined {
  const stages = presentIn(pool.stages, STAGES)
  if (STEP_RULES[run.step].makes !== 'same' || stages.length < 2) return undefined
  const sentence = {
    en: `${run.step} leaves the stage as it is, so all that is charged must be of one stage; given: ${stages.join(' and ')}.`,
    zh: `${STEP_WORDS[run.step].zh}不改变阶段，投入物料须处于同一阶段；给出的有：${stages.map((stage) => STAGE_WORDS[stage].zh).join('、')}。`,
  }
  return refuseByRule({ rule: 'R7', sentence }, '/charges', 'wrong-stage')
}

/** What a call of charges brings to a run at a site, as one pool. Requires that each charge fits the batch that it is from. */
export function poolOf(
  site: string,
  drawn: readonly { readonly charge: Charge; readonly from: Batch }[],
  added: readonly Added[],
): Pool {
  const pools = [
    ...drawn.map(({ charge, from }) => poolOfCharge(site, charge, from)),
    ...added.map(poolOfAdded),
  ]
  return pools.reduce(addPools, EMPTY_POOL)
}

function poolOfCharge(site: string, charge: Charge, from: Batch): Pool {
  const { massGrams, origins, claims, dryAtMostGrams, transport } = charge
  const sourceForms = from.sources
    ? drawParts(from.sources, massGrams, from.massGrams)
    : { [from.sourceForm]: massGrams }
  const moved = from.site === site ? 'here' : (transport ?? 'unrecorded')
  return {
    massGrams,
    addedGrams: 0,
    origins,
    journey: journeyOfDraw(from, massGrams, moved),
    claims,
    stages: { [from.stage]: massGrams },
    forms: { [from.form]: massGrams },
    sourceForms,
    polymers: { [from.polymer]: massGrams },
    ...(from.mixture && { mixture: drawParts(from.mixture, massGrams, from.massGrams) }),
    models: { [from.model]: massGrams },
    ...(from.moistureBp === undefined
      ? { dryGrams: 0, moistureUnknownGrams: massGrams, unmeasuredForms: sourceForms }
      : { dryGrams: dryGramsOf(massGrams, from.moistureBp), moistureUnknownGrams: 0, unmeasuredForms: {} }),
    ...(dryAtMostGrams !== undefined && { dryAtMostGrams }),
  }
}

function poolOfAdded({ kind, massGrams, polymer }: Added): Pool {
  return {
    ...EMPTY_POOL,
    massGrams,
    addedGrams: massGrams,
    origins: [{ placeId: kind, period: '', grams: massGrams }],
    polymers: { [polymer]: massGrams },
    // New polymer comes dry; of anything else nobody knows.
    ...(kind === 'virgin'
      ? { dryGrams: massGrams }
      : { moistureUnknownGrams: massGrams, unmeasuredForms: { other: massGrams } }),
  }
}

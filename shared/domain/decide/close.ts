import type { Certificate } from '../state/certificate.ts'
import { checkDryMass } from '../checks/dry.ts'
import { checkEntryTime } from '../checks/entry.ts'
import { checkLosses, checkMoistureLoss, checkUnaccounted, NEEDS_DESTINATION } from '../checks/run.ts'
import { firstFailure, type CheckResult, type RuleId } from '../checks/rule.ts'
import { checkOverallYield, checkYield } from '../checks/yield.ts'
import { recordsIn, type Destinations } from '../events/documents.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { kg } from '../checks/wording.ts'
import { isAdded } from '../lineage/origin.ts'
import { LOSS_KINDS } from '../material/material.ts'
import { dryAtMostOf, type Pool } from '../state/pool.ts'
import { accept, refuse, refuseByRule, type Decision, type Refused } from '../refusal.ts'
import type { Run } from '../state/run.ts'
import { checkTime } from '../time.ts'
import { refuseMoisture } from '../material/weights.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'
import { decideClaims } from './claim.ts'
import { outputGramsOf, type CloseRun } from './closing.ts'
import { refuseUnlike, unlikeOutputs } from './likeness.ts'
import { makeOutputs, solePolymer } from './output.ts'
import { cameOutOf, collectedSideOf, driedGramsOf, inputSideOf, moistOf, outputSideOf } from './water.ts'

/**
 * Decides the end of a run. Guarantees for an accepted one: input = outputs + losses + unaccounted, unaccounted ≥ 0,
 * and no more dry mass than all moistures measured so far allow, now or upstream; the outputs' shares are drawn from the
 * pool, so no place and no scheme gains a gram.
 */
export function closeRun(
  run: Run,
  command: CloseRun,
  certificates: readonly Certificate[],
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const inputGrams = run.pool.massGrams
  const unlike = unlikeOutputs(command, run)
  const refused =
    checkTime(command.occurredAt, actor.now) ??
    refuseEarlier(command.occurredAt, run.chargedUntil, `run ${run.id} was last charged`) ??
    refuseUnclosable(run) ??
    refuseMoistures(command) ??
    refuseUnlike(unlike)
  if (refused) return refused
  const unaccountedGrams = inputGrams - outputGramsOf(command) - lossGramsOf(command)
  if (unaccountedGrams < 0) return refuseGain(command, run)

  const claims = decideClaims(run, command, certificates)
  if (!claims.ok) return claims
  const checks = [
    ...checksOf(run, command, unaccountedGrams),
    ...unlike.map(({ check }) => check),
    ...claims.value.checks,
    checkEntryTime({ occurredAt: command.occurredAt, recordedAt: actor.now }),
  ]
  const failure = firstFailure(checks)
  if (failure) return refuseByRule(failure, failure.rule === 'R9' ? outputsAt(run) : AT[failure.rule])
  const outputs = makeOutputs(run, command, unaccountedGrams, claims.value)
  return accept([
    {
      ...envelopeOf(
        run.id,
        run.version + 1,
        { site: run.site, occurredAt: command.occurredAt, after: [run] },
        actor,
      ),
      type: 'RunClosed',
      data: {
        run: run.id,
        step: run.step,
        inputGrams,
        inputClaims: run.pool.claims,
        outputs,
        losses: command.losses,
        unaccountedGrams,
        certificates: claims.value.certificates,
        ...(command.wasteDocument !== undefined && { wasteDocument: command.wasteDocument }),
        ...recordsIn({ ...command, destinationDocumentIds: destinationsOf(command) }),
        ...(command.energyWh !== undefined && { energyWh: command.energyWh }),
        ...(command.waterMl !== undefined && { waterMl: command.waterMl }),
        checks,
      },
    },
  ])
}

/** Where in a closing a rule finds its fault. */
const AT: Readonly<Partial<Record<RuleId, string>>> = { R10: '/losses', R11: '/claim' }

/** Of a product lot nobody names outputs: how much it is follows from its units. */
const outputsAt = ({ step }: Run): string => (step === 'manufacturing' ? '/units' : '/outputs')

const lossGramsOf = ({ losses }: CloseRun): number =>
  Object.values(losses).reduce((sum, grams) => sum + grams, 0)

function refuseUnclosable(run: Run): Refused | undefined {
  if (run.status !== 'open') return refuse('run-not-open', `Run ${run.id} is ${run.status} already.`)
  if (run.step === 'manufacturing' && run.closings > 0) {
    const detail = `Run ${run.id} made a product lot that was taken back; void it and make the product lot anew.`
    return refuse('run-not-open', detail)
  }
  if (run.pool.massGrams > 0) return undefined
  return refuse('run-not-charged', `Run ${run.id} was charged with nothing; charge it first, or void it.`)
}

function refuseMoistures({ outputs }: CloseRun): Refused | undefined {
  return outputs
    .map(({ moistureBp }, index) => refuseMoisture(moistureBp, `/outputs/${index}/moisturePct`))
    .find((refused) => refused !== undefined)
}

function refuseGain(command: CloseRun, run: Run): Refused {
  const out = outputGramsOf(command)
  const lost = lossGramsOf(command)
  const [input, made, gone, sum] = [kg(run.pool.massGrams), kg(out), kg(lost), kg(out + lost)]
  const sentence = {
    en: `${input.en} went in, but outputs of ${made.en} and losses of ${gone.en} make ${sum.en}; outputs and losses may not exceed the input.`,
    zh: `投入 ${input.zh}，而产出 ${made.zh}与损耗 ${gone.zh}合计 ${sum.zh}；产出与损耗之和不得超过投入。`,
  }
  return refuseByRule({ rule: 'R10', sentence }, outputsAt(run), 'outputs-exceed-inputs')
}

function checksOf(run: Run, command: CloseRun, unaccountedGrams: number): CheckResult[] {
  const { pool } = run
  const destinations = destinationsOf(command)
  const losses = LOSS_KINDS.flatMap((kind) => {
    const grams = command.losses[kind]
    if (grams === undefined) return []
    const destinationDocument = destinations[kind]
    return [{ kind, grams, ...(destinationDocument !== undefined && { destinationDocument }) }]
  })
  const yields = checkYield({
    step: run.step,
    source: sourceOf(pool),
    input: inputSideOf(run),
    output: outputSideOf(command),
    driedGrams: driedGramsOf(run, command),
  })
  return [
    checkUnaccounted(pool.massGrams, unaccountedGrams),
    checkLosses(losses),
    checkMoistureLoss({ ...moistOf(run), driedGrams: command.losses.moisture ?? 0 }),
    yields,
    checkDryMass(dryAtMostOf(pool), cameOutOf(run, command)),
    overallYield(run, command),
  ].filter((check) => check !== undefined)
}

/** Of each kind that was lost, where it went: its own document or, for waste that is carted away, that of all waste. */
function destinationsOf({ losses, wasteDocument, destinationDocumentIds = {} }: CloseRun): Destinations {
  const destinations = LOSS_KINDS.flatMap((kind) => {
    if ((losses[kind] ?? 0) === 0) return []
    const document = destinationDocumentIds[kind] ?? (NEEDS_DESTINATION.has(kind) ? wasteDocument : undefined)
    return document === undefined ? [] : [[kind, document] as const]
  })
  return Object.fromEntries(destinations)
}

function sourceOf(pool: Pool): Parameters<typeof checkYield>[0]['source'] {
  const polymer = solePolymer(pool)
  return { forms: pool.sourceForms, ...(polymer && { polymer }) }
}

/** From the beach to pellets: what the pool's material was when it was collected, beside what came out now. */
function overallYield({ step, pool }: Run, command: CloseRun): CheckResult | undefined {
  if (step !== 'pelletizing' || pool.origins.some(isAdded)) return undefined
  const sides = { collected: collectedSideOf(pool), pellets: outputSideOf(command) }
  return checkOverallYield({ source: sourceOf(pool), ...sides })
}

import { STAGE_AFTER, draw, type Batch, type Stage } from './batch.ts'
import { checkUnaccounted } from './checks/run.ts'
import type { Charge, Output, UnlinkedEvent } from './events.ts'
import { eventId } from './ids.ts'
import { drawJourney, mergeJourneys, type Leg } from './journey.ts'
import { kgFromGrams } from './mass.ts'
import { commonOr, type LossKind, type MaterialForm, type Polymer } from './material.ts'
import { drawShares, mergeShares, OTHER_MATERIAL, totalGrams, type OriginShare } from './origin.ts'
import type { Actor } from './pickup.ts'
import { accept, refuse, type Decision, type Refusal } from './refusal.ts'
import { checkTime } from './time.ts'

export const RUN_STEPS = ['sorting', 'cleaning', 'pelletizing'] as const
export type RunStep = (typeof RUN_STEPS)[number]
export type ProcessingStep = RunStep | 'manufacturing'

/** What each step takes, and the form its outputs have unless the caller says otherwise. Sorting may be skipped. */
export const STEP_RULES: Record<
  ProcessingStep,
  { readonly takes: readonly Stage[]; readonly makes?: MaterialForm }
> = {
  sorting: { takes: ['collected'] },
  cleaning: { takes: ['collected', 'sorted'], makes: 'flake' },
  pelletizing: { takes: ['cleaned'], makes: 'pellet' },
  manufacturing: { takes: ['pelletized'], makes: 'product' },
}

/** A whole run in one command: what went in, what came out, what was lost. Masses in grams. */
export interface ProcessBatches {
  readonly run: string
  readonly step: ProcessingStep
  readonly site: string
  readonly occurredAt: string
  readonly charges: readonly Charge[]
  /** Material without a traced origin that was added, 0 for all steps but manufacturing. */
  readonly addedGrams: number
  readonly outputs: readonly {
    readonly batch: string
    readonly massGrams: number
    readonly form?: MaterialForm
    readonly polymer?: Polymer
  }[]
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
}

type Refused = { ok: false; refusal: Refusal }

/**
 * Decides a one-shot run. `batches` holds what is known of the charged batches; one that is missing, or is another
 * organisation's, is refused as unknown, so that nobody learns what others have.
 *
 * Guarantees for an accepted run: charged + added = outputs + losses + unaccounted, unaccounted ≥ 0; no batch gives
 * more than it has; the outputs' origin shares are drawn from the inputs', so no place gains a gram.
 */
export function processBatches(
  command: ProcessBatches,
  batches: ReadonlyMap<string, Batch>,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const late = checkTime(command.occurredAt, actor.now)
  if (late) return late
  const drawn = drawAll(command, batches, actor.org)
  if (!drawn.ok) return drawn
  const inputGrams =
    totalGrams(drawn.value.map(({ charge }) => ({ grams: charge.massGrams }))) + command.addedGrams
  const unaccountedGrams = inputGrams - outputGramsOf(command) - lossGramsOf(command)
  if (unaccountedGrams < 0) return refuseGain(command, inputGrams)

  const envelope = {
    v: 1 as const,
    home: command.run,
    occurredAt: command.occurredAt,
    recordedAt: actor.now,
    org: actor.org,
    role: actor.role,
    site: command.site,
  }
  const { run, step, charges, addedGrams, losses } = command
  const outputs = makeOutputs(command, drawn.value, inputGrams, unaccountedGrams, actor.org)
  const checks = [checkUnaccounted(inputGrams, unaccountedGrams)]
  return accept([
    { ...envelope, id: eventId(run, 1), type: 'RunOpened', data: { run, step } },
    { ...envelope, id: eventId(run, 2), type: 'RunCharged', data: { run, charges, addedGrams } },
    {
      ...envelope,
      id: eventId(run, 3),
      type: 'RunClosed',
      data: { run, step, outputs, losses, unaccountedGrams, checks },
    },
  ])
}

interface Drawn {
  readonly charge: Charge
  readonly from: Batch
  readonly origins: OriginShare[]
  readonly journey: Leg[]
}

function drawAll(
  command: ProcessBatches,
  batches: ReadonlyMap<string, Batch>,
  org: string,
): Decision<Drawn[]> {
  const drawn: Drawn[] = []
  for (const [index, charge] of command.charges.entries()) {
    const pointer = `/charges/${index}`
    if (command.charges.findIndex((other) => other.batch === charge.batch) !== index) {
      return refuse(
        'invalid-request',
        `Batch ${charge.batch} is charged twice; name it once with the sum.`,
        pointer,
      )
    }
    const batch = batches.get(charge.batch)
    if (!batch || batch.custodian !== org) {
      return refuse('unknown-batch', `You hold no batch ${charge.batch}.`, `${pointer}/batchId`)
    }
    const refused = refuseCharge(command, charge, batch, pointer)
    if (refused) return refused
    const { origins, journey } = draw(batch, charge)
    drawn.push({ charge, from: batch, origins, journey })
  }
  return accept(drawn)
}

function refuseCharge(
  command: ProcessBatches,
  charge: Charge,
  batch: Batch,
  pointer: string,
): Refused | undefined {
  const { takes } = STEP_RULES[command.step]
  if (!takes.includes(batch.stage)) {
    const makes = STAGE_AFTER[command.step]
    const detail = `Batch ${batch.id} is ${batch.stage}; ${command.step} takes ${takes.join(' or ')} batches and makes ${makes} ones. Stages never go backwards.`
    return refuse('wrong-stage', detail, `${pointer}/batchId`)
  }
  if (charge.massGrams > batch.remainingGrams) {
    const detail = `Batch ${batch.id} has ${kgFromGrams(batch.remainingGrams)} kg left; ${kgFromGrams(charge.massGrams)} kg were to be drawn.`
    return refuse('not-enough-mass', detail, `${pointer}/massKg`)
  }
  if (command.occurredAt < batch.occurredAt) {
    const detail = `The run is dated ${command.occurredAt}, before batch ${batch.id} came to be at ${batch.occurredAt}.`
    return refuse('time-order', detail, '/occurredAt')
  }
  return undefined
}

const outputGramsOf = (command: ProcessBatches): number =>
  command.outputs.reduce((sum, output) => sum + output.massGrams, 0)

const lossGramsOf = (command: ProcessBatches): number =>
  Object.values(command.losses).reduce((sum, grams) => sum + grams, 0)

function refuseGain(command: ProcessBatches, inputGrams: number): Refused {
  const out = kgFromGrams(outputGramsOf(command))
  const lost = kgFromGrams(lossGramsOf(command))
  const detail = `${kgFromGrams(inputGrams)} kg went in, but outputs of ${out} kg and losses of ${lost} kg make ${kgFromGrams(outputGramsOf(command) + lossGramsOf(command))} kg; outputs and losses may not exceed the input.`
  return refuse('outputs-exceed-inputs', detail, '/outputs')
}

/** Every output draws its shares of origin and journey from one pool; what is left in the pool afterwards is the loss. */
function makeOutputs(
  command: ProcessBatches,
  drawn: readonly Drawn[],
  inputGrams: number,
  unaccountedGrams: number,
  org: string,
): Output[] {
  const added = { placeId: OTHER_MATERIAL, period: '', grams: command.addedGrams }
  let origins = mergeShares([...drawn.map((part) => part.origins), command.addedGrams > 0 ? [added] : []])
  const leg: Leg = {
    step: command.step,
    org,
    site: command.site,
    firstAt: command.occurredAt,
    lastAt: command.occurredAt,
    inputGrams,
    addedGrams: command.addedGrams,
    outputGrams: outputGramsOf(command),
    losses: command.losses,
    unaccountedGrams,
  }
  let journey = mergeJourneys([...drawn.map((part) => part.journey), [leg]])
  let journeyGrams = outputGramsOf(command)
  return command.outputs.map((output) => {
    const shares = drawShares(origins, output.massGrams)
    const legs = drawJourney(journey, output.massGrams, journeyGrams)
    origins = shares.rest
    journey = legs.rest
    journeyGrams -= output.massGrams
    const polymer =
      output.polymer ??
      commonOr(
        drawn.map(({ from }) => from.polymer),
        'mixed',
      )
    const form =
      output.form ??
      STEP_RULES[command.step].makes ??
      commonOr(
        drawn.map(({ from }) => from.form),
        'mixed',
      )
    return {
      batch: output.batch,
      massGrams: output.massGrams,
      form,
      polymer,
      origins: shares.drawn,
      journey: legs.drawn,
    }
  })
}

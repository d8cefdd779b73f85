import { activitiesOfRun } from '../lineage/activities.ts'
import type { Leg } from '../lineage/journey.ts'
import { drawJourney, mergeJourneys } from '../lineage/journey.ts'
import { passAfter } from '../lineage/passes.ts'
import type { Output } from '../events/run.ts'
import { FORMS, POLYMERS, type MaterialForm, type Polymer } from '../material/material.ts'
import { drawParts, shareMixture, takeNamed, type Mixture } from '../material/mixture.ts'
import { mostDryGrams, shareDry } from '../lineage/dry.ts'
import { drawShares } from '../lineage/origin.ts'
import { dryAtMostOf, heapOf, presentIn, type Pool } from '../state/pool.ts'
import type { Run } from '../state/run.ts'
import { STAGES, STEP_RULES, type Stage } from '../material/stages.ts'
import type { ClaimsDecided } from './claim.ts'
import { outputGramsOf, type CloseRun, type OutputWanted } from './closing.ts'

/**
 * Every output draws its shares of origin and journey, and of what may be dry, from one pool; what is left in it
 * afterwards is the loss.
 */
export function makeOutputs(
  run: Run,
  command: CloseRun,
  unaccountedGrams: number,
  claims: ClaimsDecided,
): Output[] {
  const outputGrams = outputGramsOf(command)
  let origins = run.pool.origins
  let journey = mergeJourneys([run.pool.journey, [legOf(run, command, outputGrams, unaccountedGrams)]])
  let journeyGrams = outputGrams
  const mixtures = mixturesOf(run, command)
  const dry = shareDry(dryAtMostOf(run.pool), command.outputs)
  return command.outputs.map((wanted, index) => {
    const { batch, massGrams, moistureBp } = wanted
    const shares = drawShares(origins, massGrams)
    const legs = drawJourney(journey, massGrams, journeyGrams)
    origins = shares.rest
    journey = legs.rest
    journeyGrams -= massGrams
    const mixture = mixtures[index]
    const [most, own] = [dry[index] ?? 0, mostDryGrams(wanted) ?? massGrams]
    return {
      batch,
      stage: stageOf(run),
      form: wanted.form ?? STEP_RULES[run.step].form ?? soleForm(run.pool) ?? 'mixed',
      sourceForm: soleSourceForm(run.pool) ?? 'mixed',
      ...sourcesOf(run.pool, massGrams),
      polymer: polymerOf(wanted, run),
      ...(mixture && { mixture }),
      massGrams,
      ...(moistureBp !== undefined && { moistureBp }),
      ...(most < own && { dryAtMostGrams: most }),
      origins: shares.drawn,
      journey: legs.drawn,
      model: claims.model,
      claims: claims.byOutput[index] ?? {},
    }
  })
}

/** By mass as it was charged: which form is lost more than others nobody knows. */
function sourcesOf({ sourceForms }: Pool, massGrams: number): Pick<Output, 'sources'> {
  const grams = presentIn(sourceForms, FORMS).map((form) => sourceForms[form] ?? 0)
  if (grams.length < 2) return {}
  const total = grams.reduce((sum, some) => sum + some, 0)
  return { sources: drawParts(sourceForms, massGrams, total) }
}

const polymerOf = ({ polymer }: OutputWanted, { pool }: Run): Polymer =>
  polymer ?? solePolymer(pool) ?? 'mixed'

/** What the mixed ones of some outputs may be of: all that went in, less what came out by its name. */
function mixturesOf(run: Run, { outputs }: CloseRun): (Mixture | undefined)[] {
  if (!TAKEN_APART_LATER.has(stageOf(run))) return []
  const named = outputs.map((wanted) => ({ polymer: polymerOf(wanted, run), massGrams: wanted.massGrams }))
  const { left } = takeNamed(
    heapOf(run.pool),
    named.filter(({ polymer }) => polymer !== 'mixed'),
  )
  const isMixed = named.some(({ polymer }) => polymer === 'mixed')
  const masses = named.map(({ polymer, massGrams }) => (polymer === 'mixed' ? massGrams : 0))
  return isMixed ? shareMixture(left, masses) : []
}

/** Stages of what sorting and cleaning take; nothing is taken apart after that. */
const TAKEN_APART_LATER: ReadonlySet<Stage> = new Set(['collected', 'sorted'])

function legOf(run: Run, command: CloseRun, outputGrams: number, unaccountedGrams: number): Leg {
  return {
    step: run.step,
    org: run.org,
    site: run.site,
    ...(STEP_RULES[run.step].makes === 'same' && passAfter(run.pool, stageOf(run))),
    firstAt: run.occurredAt,
    lastAt: command.occurredAt,
    inputGrams: run.pool.massGrams,
    addedGrams: run.pool.addedGrams,
    outputGrams,
    losses: command.losses,
    unaccountedGrams,
    ...activitiesOfRun(run.step, run.pool.massGrams, command),
  }
}

/** The stage of a run's outputs: its step's, or for steps that leave it as it is, that of what was charged. */
export function stageOf(run: Run): Stage {
  const { makes } = STEP_RULES[run.step]
  if (makes !== 'same') return makes
  const [stage] = presentIn(run.pool.stages, STAGES)
  if (stage === undefined) throw new RangeError(`run ${run.id} was charged with no batch`)
  return stage
}

/** The one form, collected form or polymer of all that was charged; undefined where there are several. */
export const soleForm = ({ forms }: Pool): MaterialForm | undefined => sole(presentIn(forms, FORMS))
const soleSourceForm = ({ sourceForms }: Pool): MaterialForm | undefined =>
  sole(presentIn(sourceForms, FORMS))
export const solePolymer = ({ polymers }: Pool): Polymer | undefined => sole(presentIn(polymers, POLYMERS))

const sole = <T>(values: readonly T[]): T | undefined => (values.length === 1 ? values[0] : undefined)

import type { Certificate } from '../state/certificate.ts'
import { certificateFor, checkCertificate } from '../checks/certificate.ts'
import { checkClaim, MODEL_NAMES } from '../checks/claim.ts'
import { worst, type CheckResult } from '../checks/rule.ts'
import {
  CLAIM_MODELS,
  drawClaims,
  isNoStronger,
  subtractClaims,
  weakestModel,
  type ClaimModel,
  type Claims,
} from '../lineage/claims.ts'
import { FORMS } from '../material/material.ts'
import { isAdded, totalGrams } from '../lineage/origin.ts'
import { sourceCount } from '../lineage/source.ts'
import { presentIn } from '../state/pool.ts'
import { accept, refuse, refuseByRule, type Decision } from '../refusal.ts'
import type { Run } from '../state/run.ts'
import { outputGramsOf, type CloseRun } from './closing.ts'

/**
 * What a run's outputs may claim. Certified content goes on only where a certificate covers the step at that site on
 * that day, and only under a chain-of-custody model (ISO 22095) that the mixture still allows.
 */
export interface ClaimsDecided {
  readonly model: ClaimModel
  readonly byOutput: readonly Claims[]
  readonly certificates: readonly string[]
  readonly checks: readonly CheckResult[]
}

export function decideClaims(
  run: Run,
  command: CloseRun,
  certificates: readonly Certificate[],
): Decision<ClaimsDecided> {
  const { claim } = command
  if (claim && run.pool.claims[claim.scheme] === undefined) {
    const none = {
      en: `Nothing that run ${run.id} was charged with is certified under ${claim.scheme}, so nothing can be claimed under it.`,
      zh: `加工 ${run.id} 投入的材料均未经 ${claim.scheme} 认证，因此不能作相应声明。`,
    }
    return refuseByRule({ rule: 'R11', sentence: none }, '/claim/scheme')
  }
  const covered = certifiedSchemes(run, command, certificates)
  if (!covered.ok) return covered
  const { schemes, checks } = covered.value
  const model = claim?.model ?? loosestNeeded(run, schemes)
  if (claim?.model && !isNoStronger(claim.model, loosestNeeded(run, schemes)))
    return refuseModel(run, claim.model, schemes)
  const byOutput = divide(run, command, schemes, model)
  if (!byOutput.ok) return byOutput
  const claimed = checkOutputs(run, command, schemes, model, byOutput.value)
  const { certificates: restsOn } = covered.value
  return accept({ model, byOutput: byOutput.value, certificates: restsOn, checks: [...checks, ...claimed] })
}

/** The schemes of the pool that a certificate covers here; one that was asked for and is not covered refuses the run. */
function certifiedSchemes(
  run: Run,
  { claim, occurredAt }: CloseRun,
  certificates: readonly Certificate[],
): Decision<{ schemes: string[]; certificates: string[]; checks: CheckResult[] }> {
  const schemes: string[] = []
  const restsOn = new Set<string>()
  const checks: CheckResult[] = []
  const forms = presentIn(run.pool.sourceForms, FORMS)
  for (const scheme of Object.keys(run.pool.claims)) {
    const events = forms.map((form) => ({ scheme, site: run.site, step: run.step, form, occurredAt }))
    const results = events.map((event) => checkCertificate(event, certificates))
    const verdict = worst(results)
    const told = results.find((result) => result.verdict === verdict)
    if (!told) continue
    if (verdict !== 'fail') {
      schemes.push(scheme)
      checks.push(told)
      const used = events.flatMap((event) => certificateFor(event, certificates) ?? [])
      for (const { id } of used) restsOn.add(id)
    } else if (claim?.scheme === scheme) {
      return refuseByRule(told, '/claim/scheme')
    } else {
      checks.push(dropped(told))
    }
  }
  return accept({ schemes, certificates: [...restsOn].sort(), checks })
}

/** Nobody asked for the claim, so the run may happen; what was certified is not any more, and an auditor is told why. */
function dropped({ rule, sentence }: CheckResult): CheckResult {
  return {
    rule,
    verdict: 'review',
    sentence: {
      en: `${sentence.en} The outputs are no longer certified.`,
      zh: `${sentence.zh}产出不再视为已认证。`,
    },
  }
}

/** The strictest model that the mixture still allows: that of the inputs, or a looser one for what was mixed here. */
export function loosestNeeded({ pool }: Pick<Run, 'pool'>, schemes: readonly string[]): ClaimModel {
  const uncertified =
    schemes.length === 0
      ? [pool.addedGrams]
      : schemes.map((scheme) => pool.massGrams - (pool.claims[scheme] ?? 0))
  return weakestModel([
    ...presentIn(pool.models, CLAIM_MODELS),
    ...(sourceCount(pool.journey, pool.origins) > 1 ? (['segregated'] as const) : []),
    ...(uncertified.some((grams) => grams > 0) ? (['controlled-blending'] as const) : []),
  ])
}

function refuseModel(run: Run, model: ClaimModel, schemes: readonly string[]): Decision<never> {
  const { pool } = run
  const claimGrams = Math.min(pool.massGrams, ...schemes.map((scheme) => pool.claims[scheme] ?? 0))
  const result = checkClaim({
    model,
    massGrams: pool.massGrams,
    claimGrams,
    sources: sourceCount(pool.journey, pool.origins),
    addedGrams: pool.addedGrams,
  })
  if (result.verdict === 'fail') return refuseByRule(result, '/claim/model')
  const weakest = weakestModel(presentIn(pool.models, CLAIM_MODELS))
  return refuseByRule(
    {
      rule: 'R11',
      sentence: {
        en: `What was asked for is ${MODEL_NAMES[model].en}, but inputs came under ${MODEL_NAMES[weakest].en}; what was mixed can never be claimed more strictly again.`,
        zh: `要求采用${MODEL_NAMES[model].zh}，但投入材料采用的是${MODEL_NAMES[weakest].zh}；已混合的材料不能再作更严格的声明。`,
      },
    },
    '/claim/model',
  )
}

/** Losses take claims with them in proportion; what is left is divided like mass or, under mass balance, as wanted. */
function divide(
  { pool }: Run,
  command: CloseRun,
  schemes: readonly string[],
  model: ClaimModel,
): Decision<Claims[]> {
  const outputGrams = outputGramsOf(command)
  const kept = Object.fromEntries(schemes.map((scheme) => [scheme, pool.claims[scheme] ?? 0]))
  const available = drawClaims(kept, outputGrams, pool.massGrams)
  if (command.outputs.some(({ claimGrams }) => claimGrams !== undefined)) {
    return attribute(command, available, model)
  }
  let left = available
  let leftGrams = outputGrams
  return accept(
    command.outputs.map(({ massGrams }) => {
      const part = drawClaims(left, massGrams, leftGrams)
      left = subtractClaims(left, part)
      leftGrams -= massGrams
      return part
    }),
  )
}

function attribute(command: CloseRun, available: Claims, model: ClaimModel): Decision<Claims[]> {
  const pointer = '/outputs'
  if (model !== 'mass-balance') {
    const detail = `Outputs say how much of the claim goes to each, which only mass balance allows; the model is ${model}.`
    return refuse('invalid-request', detail, pointer)
  }
  const [scheme = '', ...others] = command.claim ? [command.claim.scheme] : Object.keys(available)
  if (scheme === '' || others.length > 0) {
    const detail = 'Outputs say how much of the claim goes to each; say in `claim` under which scheme.'
    return refuse('invalid-request', detail, '/claim')
  }
  const creditGrams = available[scheme] ?? 0
  const wantedGrams = command.outputs.reduce((sum, output) => sum + (output.claimGrams ?? 0), 0)
  if (wantedGrams > creditGrams) {
    const result = checkClaim({
      model,
      massGrams: Math.max(wantedGrams, outputGramsOf(command)),
      claimGrams: creditGrams,
      attributedGrams: wantedGrams,
      sources: 1,
      addedGrams: 0,
    })
    return refuseByRule(result, pointer)
  }
  return accept(command.outputs.map(({ claimGrams = 0 }) => (claimGrams > 0 ? { [scheme]: claimGrams } : {})))
}

function checkOutputs(
  run: Run,
  { outputs, claim }: CloseRun,
  schemes: readonly string[],
  model: ClaimModel,
  byOutput: readonly Claims[],
): CheckResult[] {
  const addedGrams = totalGrams(run.pool.origins.filter(isAdded))
  const isAttributed = outputs.some(({ claimGrams }) => claimGrams !== undefined)
  return outputs.flatMap(({ massGrams }, index) =>
    schemes.flatMap((scheme) => {
      const claimGrams = byOutput[index]?.[scheme] ?? 0
      if (claimGrams === 0 && claim?.scheme !== scheme) return []
      const requested = claim?.scheme === scheme ? claim.percentBp : undefined
      return [
        checkClaim({
          model,
          massGrams,
          claimGrams,
          sources: sourceCount(run.pool.journey, run.pool.origins),
          addedGrams: Math.min(addedGrams, massGrams - claimGrams),
          // What was attributed by hand may be more than the output weighs, which no lot can claim.
          ...(isAttributed && { attributedGrams: claimGrams }),
          ...(requested !== undefined && { requestedPercentBp: requested }),
        }),
      ]
    }),
  )
}

import { basisPoints, compareShare } from '../material/mass.ts'
import type { Step } from '../lineage/journey.ts'
import type { Polymer } from '../material/material.ts'
import type { LocalName } from '../organisation.ts'
import { overallFlagBandOf, yieldBandOf, type SourceForms } from '../material/yields/band.ts'
import type { Band } from '../material/yields/table.ts'
import type { CheckResult } from './rule.ts'
import { kg, percent } from './wording.ts'

/** One side of a run: the dry mass of what has a known moisture, and the mass as weighed of what has none. */
export interface RunSide {
  readonly asWeighedGrams: number
  readonly dryGrams: number
  readonly moistureUnknownGrams: number
}

/** The material as it was collected, and its polymer where it is of one. */
export interface Source {
  readonly forms: SourceForms
  readonly polymer?: Polymer
}

/**
 * R9: nothing comes out that did not go in, and what comes out is within the usual band of the step and the form.
 * Compared dry where both sides' moisture is known, else as weighed, and the sentence says which. What is unknown hides
 * nothing either: it was at most wholly dry where it went in, and at least nothing where it came out, and where even so
 * more came out dry than went in, the run fails. Without a band only the first half applies. Nothing to check where
 * nothing went in or came out.
 */
export function checkYield(run: {
  readonly step: Step
  readonly source: Source
  readonly input: RunSide
  readonly output: RunSide
}): CheckResult | undefined {
  const band = yieldBandOf(run.step, run.source.forms, run.source.polymer)
  return refuteDry(run.input, run.output) ?? judge(compare(run.input, run.output), band, STEP_WORDS)
}

/** R9 over everything: from what was collected to the pellets it became, against the wider band that flags. */
export function checkOverallYield(chain: {
  readonly source: Source
  readonly collected: RunSide
  readonly pellets: RunSide
}): CheckResult | undefined {
  const band = overallFlagBandOf(chain.source.forms, chain.source.polymer)
  const { collected, pellets } = chain
  return refuteDry(collected, pellets) ?? judge(compare(collected, pellets), band, OVERALL_WORDS)
}

interface Words {
  readonly subject: LocalName
  readonly input: LocalName
}

const STEP_WORDS: Words = {
  subject: { en: 'This step', zh: '本工序' },
  input: { en: 'its input', zh: '投入' },
}
const OVERALL_WORDS: Words = {
  subject: { en: 'All steps from collection to pellets', zh: '从回收到造粒全程' },
  input: { en: 'what was collected', zh: '回收量' },
}

interface Comparison {
  readonly inGrams: number
  readonly outGrams: number
  readonly basis: LocalName
}

const isKnown = ({ moistureUnknownGrams }: RunSide): boolean => moistureUnknownGrams === 0

/** The failure of sides that no moisture of their unknown parts could explain; where all is known, {@link judge} has it. */
function refuteDry(input: RunSide, output: RunSide): CheckResult | undefined {
  const mostGrams = input.dryGrams + input.moistureUnknownGrams
  if (output.dryGrams <= mostGrams || (isKnown(input) && isKnown(output))) return undefined
  const [least, most] = [kg(output.dryGrams), kg(mostGrams)]
  const [unknownIn, unknownOut] = [kg(input.moistureUnknownGrams), kg(output.moistureUnknownGrams)]
  return {
    rule: 'R9',
    verdict: 'fail',
    sentence: {
      en: `On a dry basis at least ${least.en} came out of at most ${most.en}, even if the ${unknownIn.en} of unknown moisture that went in was all dry, and the ${unknownOut.en} that came out all water; nothing comes out that did not go in.`,
      zh: `按干基计，即使含水率未知的投入 ${unknownIn.zh}全为干料、含水率未知的产出 ${unknownOut.zh}全为水，投入至多 ${most.zh}，产出却至少有 ${least.zh}；产出不得多于投入。`,
    },
  }
}

function compare(input: RunSide, output: RunSide): Comparison {
  if (isKnown(input) && isKnown(output)) {
    const basis = { en: 'on a dry basis', zh: '按干基计' }
    return { inGrams: input.dryGrams, outGrams: output.dryGrams, basis }
  }
  const basis = { en: 'as weighed, as not all moistures are known', zh: '因含水率不全，按称重计' }
  return { inGrams: input.asWeighedGrams, outGrams: output.asWeighedGrams, basis }
}

function judge(compared: Comparison, band: Band | undefined, words: Words): CheckResult | undefined {
  const { inGrams, outGrams, basis } = compared
  const [input, output] = [kg(inGrams), kg(outGrams)]
  if (outGrams > inGrams) {
    return {
      rule: 'R9',
      verdict: 'fail',
      sentence: {
        en: `${output.en} came out of ${input.en} ${basis.en}; nothing comes out that did not go in.`,
        zh: `${basis.zh}，投入 ${input.zh}却产出 ${output.zh}；产出不得多于投入。`,
      },
    }
  }
  if (inGrams === 0) return undefined
  const low = band !== undefined && compareShare(outGrams, inGrams, band.lowBp) < 0
  const high = band !== undefined && compareShare(outGrams, inGrams, band.highBp) > 0
  const share = percent(basisPoints(outGrams, inGrams, high ? 'up' : 'down'))
  const usual = usualWords(band)
  return {
    rule: 'R9',
    verdict: low || high ? 'review' : 'pass',
    sentence: {
      en: `${words.subject.en} kept ${share} of ${words.input.en} ${basis.en} (${output.en} of ${input.en}); ${usual.en}.`,
      zh: `${basis.zh}，${words.subject.zh}得率为${words.input.zh}的 ${share}（${input.zh}得 ${output.zh}）；${usual.zh}。`,
    },
  }
}

function usualWords(band: Band | undefined): LocalName {
  if (!band) {
    return { en: 'there is no usual band for this step and form', zh: '该工序和形态没有通常范围' }
  }
  const [low, high] = [percent(band.lowBp), percent(band.highBp)]
  return { en: `${low} to ${high} is usual`, zh: `通常为 ${low} 至 ${high}` }
}

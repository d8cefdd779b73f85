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
 * Compared dry where both sides' moisture is known, else as weighed, less the water that is said to have dried off, and
 * the sentence says which; {@link checkDryMass} sees to what is unknown. Without a band only the first half applies.
 * Nothing to check where nothing went in or came out.
 */
export function checkYield(run: {
  readonly step: Step
  readonly source: Source
  readonly input: RunSide
  readonly output: RunSide
  /** Water that dried off, no more than R10 believes; counted only as weighed, since dry mass holds none. */
  readonly driedGrams?: number
}): CheckResult | undefined {
  const { source, input, output, driedGrams = 0 } = run
  const band = yieldBandOf(run.step, source.forms, source.polymer)
  return judge(compare(input, output, driedGrams), band, STEP_WORDS)
}

/**
 * R9 over everything: from what was collected to the pellets it became, against the wider band that flags. It refuses
 * nothing: what was collected is reckoned by shares of mass, though a part may have held more than its share of it.
 */
export function checkOverallYield(chain: {
  readonly source: Source
  readonly collected: RunSide
  readonly pellets: RunSide
}): CheckResult | undefined {
  const band = overallFlagBandOf(chain.source.forms, chain.source.polymer)
  const { collected, pellets } = chain
  const compared = compare(collected, pellets, 0)
  return compared.outGrams > compared.inGrams ? overShare(compared) : judge(compared, band, OVERALL_WORDS)
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

function compare(input: RunSide, output: RunSide, driedGrams: number): Comparison {
  if (isKnown(input) && isKnown(output)) {
    const basis = { en: 'on a dry basis', zh: '按干基计' }
    return { inGrams: input.dryGrams, outGrams: output.dryGrams, basis }
  }
  const dried = kg(driedGrams)
  const basis =
    driedGrams === 0
      ? { en: 'as weighed, as not all moistures are known', zh: '因含水率不全，按称重计' }
      : {
          en: `as weighed less ${dried.en} of water that dried off, as not all moistures are known`,
          zh: `因含水率不全，按称重扣除蒸发的水分 ${dried.zh}计`,
        }
  return { inGrams: input.asWeighedGrams - driedGrams, outGrams: output.asWeighedGrams, basis }
}

function overShare({ inGrams, outGrams, basis }: Comparison): CheckResult {
  const [input, output] = [kg(inGrams), kg(outGrams)]
  return {
    rule: 'R9',
    verdict: 'review',
    sentence: {
      en: `${output.en} of pellets came of ${input.en} that was collected, ${basis.en}; they took more than their share of it by mass, or water was lost on the road.`,
      zh: `${basis.zh}，产出颗粒 ${output.zh}，而按质量分摊的回收量为 ${input.zh}；颗粒所含多于其按质量应得的份额，或途中有水分流失。`,
    },
  }
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

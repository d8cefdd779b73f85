import type { ClaimModel } from '../lineage/claims.ts'
import { ALL_BP, basisPoints, compareShare } from '../material/mass.ts'
import type { LocalName } from '../organisation.ts'
import type { CheckResult } from './rule.ts'
import { kg, percent } from './wording.ts'

/** A lot and what is to be said of it. All grams are those of this lot. */
export interface LotClaim {
  readonly model: ClaimModel
  /** Of the whole lot, > 0. */
  readonly massGrams: number
  /** Certified under the scheme: contained in the lot or, under mass balance, credited to whoever sells it. */
  readonly claimGrams: number
  /** What `sourceCount` in lineage/source.ts makes of the lot. */
  readonly sources: number
  /** The part of the lot that was added without a traced origin, virgin material among it. */
  readonly addedGrams: number
  /** The share that is to be claimed; without it, as much as the model allows. */
  readonly requestedPercentBp?: number
  /** Mass balance: how much of the credit goes to this lot; without it, as much as was asked for, else all that fits. */
  readonly attributedGrams?: number
}

/**
 * The largest share that may be claimed of a lot, in basis points, rounded down; 0 where its model allows no claim.
 * Identity preserved and segregated: all or nothing, as nothing uncertified may be in the lot, and identity preserved
 * has one source. Controlled blending: the share contained. Mass balance: the share that credit was attributed for.
 */
export function allowedClaimBp(claim: LotClaim): number {
  const { model, massGrams, sources } = claim
  const whole = uncertifiedGrams(claim) === 0
  switch (model) {
    case 'identity-preserved':
      return whole && sources === 1 ? ALL_BP : 0
    case 'segregated':
      return whole ? ALL_BP : 0
    case 'controlled-blending':
      return basisPoints(massGrams - uncertifiedGrams(claim), massGrams, 'down')
    case 'mass-balance':
      return basisPoints(
        Math.min(claim.attributedGrams ?? massGrams, claim.claimGrams, massGrams),
        massGrams,
        'down',
      )
  }
}

/** R11: the claim is one that the lot's model allows. A failing sentence says how much is not certified. */
export function checkClaim(claim: LotClaim): CheckResult {
  const complaint = complaintOf(claim)
  if (complaint) return { rule: 'R11', verdict: 'fail', sentence: complaint }
  const allowed = percent(allowedClaimBp(claim))
  const asked = claim.requestedPercentBp === undefined ? undefined : percent(claim.requestedPercentBp)
  const name = MODEL_NAMES[claim.model]
  return {
    rule: 'R11',
    verdict: 'pass',
    sentence: {
      en: `${allowed} may be claimed under ${name.en}${asked === undefined ? '' : `; at least ${asked} was asked for`}.`,
      zh: `按${name.zh}可声明 ${allowed}${asked === undefined ? '' : `；要求至少 ${asked}`}。`,
    },
  }
}

/**
 * What may be said of a lot, e.g. of `{ en: 'ocean-bound plastic', zh: '近海塑料' }`. Nothing where the claim fails or
 * would come to 0 %. Only mass balance says what the product itself may lack, because only there it may lack it.
 * `write` says how a share in basis points is written where this is shown.
 */
export function claimStatement(
  claim: LotClaim,
  content: LocalName,
  write: (shareBp: number) => string = percent,
): LocalName | undefined {
  const allowed = allowedClaimBp(claim)
  const shareBp = Math.min(claim.requestedPercentBp ?? allowed, allowed)
  if (shareBp === 0 || complaintOf(claim)) return undefined
  const share = write(shareBp)
  const what = { en: `${share} ${content.en}`, zh: `${share} ${content.zh}` }
  switch (claim.model) {
    case 'identity-preserved':
      return {
        en: `${what.en} from one identified source, kept apart from all other material.`,
        zh: `${what.zh}，来自同一个可识别的来源，全程未与其他材料混合。`,
      }
    case 'segregated':
      return {
        en: `${what.en}, kept apart from uncertified material.`,
        zh: `${what.zh}，全程未与未认证材料混合。`,
      }
    case 'controlled-blending':
      return { en: `${what.en}, physically contained.`, zh: `${what.zh}，实际含于产品中。` }
    case 'mass-balance':
      return {
        en: `${what.en} attributed by mass balance; the product itself may contain less.`,
        zh: `按质量平衡法归入 ${what.zh}；产品本身的实际含量可能更低。`,
      }
  }
}

export const MODEL_NAMES: Readonly<Record<ClaimModel, LocalName>> = {
  'identity-preserved': { en: 'identity preservation', zh: '身份保持模式' },
  segregated: { en: 'segregation', zh: '隔离模式' },
  'controlled-blending': { en: 'controlled blending', zh: '受控混合模式' },
  'mass-balance': { en: 'mass balance', zh: '质量平衡模式' },
}

/** What is in the lot without being certified. What was added is never certified, whatever else is claimed. */
function uncertifiedGrams({ massGrams, claimGrams, addedGrams }: LotClaim): number {
  return Math.min(massGrams, Math.max(massGrams - claimGrams, addedGrams, 0))
}

/** Credit that goes to the lot: as said, else enough for what was asked, else all that fits. */
function attributed({ massGrams, claimGrams, requestedPercentBp, attributedGrams }: LotClaim): number {
  if (attributedGrams !== undefined) return attributedGrams
  if (requestedPercentBp === undefined) return Math.min(claimGrams, massGrams)
  const product = BigInt(massGrams) * BigInt(requestedPercentBp)
  return Number((product + BigInt(ALL_BP) - 1n) / BigInt(ALL_BP))
}

function complaintOf(claim: LotClaim): LocalName | undefined {
  const requested = claim.requestedPercentBp
  if (requested !== undefined && requested > ALL_BP) {
    return {
      en: `${percent(requested)} was asked for; a claim is at most ${percent(ALL_BP)}.`,
      zh: `要求声明 ${percent(requested)}；最多为 ${percent(ALL_BP)}。`,
    }
  }
  switch (claim.model) {
    case 'identity-preserved':
      return mixedComplaint(claim) ?? sourcesComplaint(claim)
    case 'segregated':
      return mixedComplaint(claim)
    case 'controlled-blending':
      return contentComplaint(claim)
    case 'mass-balance':
      return creditComplaint(claim)
  }
}

function mixedComplaint(claim: LotClaim): LocalName | undefined {
  const [uncertified, mass] = [kg(uncertifiedGrams(claim)), kg(claim.massGrams)]
  if (uncertifiedGrams(claim) === 0) return undefined
  const name = MODEL_NAMES[claim.model]
  return {
    en: `${uncertified.en} of ${mass.en} is not certified; under ${name.en} all of it has to be.`,
    zh: `${mass.zh}中有 ${uncertified.zh}未经认证；${name.zh}要求全部经过认证。`,
  }
}

function sourcesComplaint({ sources }: LotClaim): LocalName | undefined {
  if (sources === 1) return undefined
  return {
    en: `The lot is all certified but comes from ${sources} sources; identity preservation allows 1, segregation allows more.`,
    zh: `该批次全部经过认证，但有 ${sources} 个来源；身份保持模式只允许 1 个，隔离模式允许多个。`,
  }
}

function contentComplaint(claim: LotClaim): LocalName | undefined {
  const { massGrams, requestedPercentBp } = claim
  const containedGrams = massGrams - uncertifiedGrams(claim)
  if (requestedPercentBp === undefined || requestedPercentBp <= allowedClaimBp(claim)) return undefined
  const [uncertified, mass, contained] = [kg(massGrams - containedGrams), kg(massGrams), kg(containedGrams)]
  const [asked, allowed] = [percent(requestedPercentBp), percent(allowedClaimBp(claim))]
  return {
    en: `${asked} was asked for, but ${uncertified.en} of ${mass.en} is not certified; the ${contained.en} contained allow ${allowed}.`,
    zh: `要求声明 ${asked}，但 ${mass.zh}中有 ${uncertified.zh}未经认证；所含 ${contained.zh}最多允许 ${allowed}。`,
  }
}

function creditComplaint(claim: LotClaim): LocalName | undefined {
  const { massGrams, claimGrams, requestedPercentBp = 0 } = claim
  const wantedGrams = attributed(claim)
  const [wanted, mass, credited] = [kg(wantedGrams), kg(massGrams), kg(claimGrams)]
  if (wantedGrams > claimGrams) {
    const missing = kg(wantedGrams - claimGrams)
    return {
      en: `${wanted.en} would be attributed, but only ${credited.en} was credited; ${missing.en} is not certified.`,
      zh: `拟归入 ${wanted.zh}，但仅入账 ${credited.zh}；有 ${missing.zh}未经认证。`,
    }
  }
  if (wantedGrams > massGrams) {
    return {
      en: `${wanted.en} would be attributed to a lot of ${mass.en}; at most its own mass can be.`,
      zh: `拟向 ${mass.zh}的批次归入 ${wanted.zh}；不得超过其自身质量。`,
    }
  }
  if (compareShare(wantedGrams, massGrams, requestedPercentBp) >= 0) return undefined
  const [asked, allowed] = [percent(requestedPercentBp), percent(allowedClaimBp(claim))]
  return {
    en: `${asked} was asked for, but the ${wanted.en} attributed to ${mass.en} allow ${allowed}.`,
    zh: `要求声明 ${asked}，但向 ${mass.zh}归入的 ${wanted.zh}最多允许 ${allowed}。`,
  }
}

import { basisPoints, compareShare } from '../material/mass.ts'
import type { LocalName } from '../organisation.ts'
import type { CheckResult } from './rule.ts'
import { THRESHOLDS } from './thresholds.ts'
import { kg, listed, percent } from './wording.ts'

/** R16, the half between two parties: the receiver's own weight confirms the sender's. Requires sent > 0. */
export function checkReceivedMass(receipt: {
  readonly sentGrams: number
  readonly receivedGrams: number
}): CheckResult {
  const { sentGrams, receivedGrams } = receipt
  const limit = THRESHOLDS.receivedDifferenceBp
  const differenceGrams = Math.abs(receivedGrams - sentGrams)
  const over = compareShare(differenceGrams, sentGrams, limit) > 0
  const share = percent(basisPoints(differenceGrams, sentGrams, over ? 'up' : 'down'))
  const [sent, received, difference] = [kg(sentGrams), kg(receivedGrams), kg(differenceGrams)]
  return {
    rule: 'R16',
    verdict: over ? 'review' : 'pass',
    sentence: {
      en: `${sent.en} was sent and ${received.en} received, a difference of ${difference.en} (${share}); up to ${percent(limit)} is usual.`,
      zh: `发出 ${sent.zh}，收到 ${received.zh}，相差 ${difference.zh}（${share}）；通常不超过 ${percent(limit)}。`,
    },
  }
}

/** A load as its papers describe it, or as the receiver saw it; what was not looked at is left out. */
export interface LoadMarks {
  readonly manifestNumber?: string
  readonly plate?: string
  readonly seal?: string
  /** Where it was to go, and where it was received. */
  readonly site?: string
}

/**
 * R17: the load is the one that was sent, arrived where it was addressed to, and does not weigh more than its manifest
 * says, if it does. Marks are compared
 * without spaces, dots, hyphens and case (浙J·12345 is 浙J12345), and only where both sides have them; the sentence names
 * what differs but not the marks, as a plate can lead to a person.
 */
export function checkManifest(shipment: {
  readonly manifest: LoadMarks & { readonly massGrams?: number }
  readonly seen: LoadMarks & { readonly weighedGrams: number }
}): CheckResult {
  const { manifest, seen } = shipment
  const differing = MARKS.filter(({ mark }) => differs(manifest[mark], seen[mark])).map(({ name }) => name)
  const weighed = kg(seen.weighedGrams)
  const onPaper = manifest.massGrams === undefined ? undefined : kg(manifest.massGrams)
  const complaints: LocalName[] = []
  if (onPaper && seen.weighedGrams > (manifest.massGrams ?? 0)) {
    complaints.push({
      en: `the load weighs ${weighed.en}, more than the ${onPaper.en} of its manifest`,
      zh: `货物重 ${weighed.zh}，超过货运单的 ${onPaper.zh}`,
    })
  }
  if (differing.length > 0) {
    const names = listed(differing)
    complaints.push({
      en: `${names.en} seen on arrival ${differing.length === 1 ? 'is' : 'are'} not what was sent`,
      zh: `到货时的${names.zh}与发货时不符`,
    })
  }
  if (manifest.site !== undefined && seen.site !== undefined && manifest.site !== seen.site) {
    complaints.push({
      en: `it was addressed to ${manifest.site} and received at ${seen.site}`,
      zh: `发往地点为 ${manifest.site}，收货地点为 ${seen.site}`,
    })
  }
  if (complaints.length > 0) {
    const { en, zh } = listed(complaints)
    return {
      rule: 'R17',
      verdict: 'review',
      sentence: {
        en: `${en.charAt(0).toUpperCase()}${en.slice(1)}; papers and load usually match.`,
        zh: `${zh}；单据与货物通常相符。`,
      },
    }
  }
  return {
    rule: 'R17',
    verdict: 'pass',
    sentence: {
      en: `The load weighs ${weighed.en}, ${onPaper ? `within the ${onPaper.en} of its manifest, ` : ''}and what was looked at matches.`,
      zh: `货物重 ${weighed.zh}，${onPaper ? `未超过货运单的 ${onPaper.zh}，` : ''}所核对的标识相符。`,
    },
  }
}

const MARKS: readonly { readonly mark: Exclude<keyof LoadMarks, 'site'>; readonly name: LocalName }[] = [
  { mark: 'manifestNumber', name: { en: 'the manifest number', zh: '货运单号' } },
  { mark: 'plate', name: { en: 'the plate', zh: '车牌' } },
  { mark: 'seal', name: { en: 'the seal', zh: '封条号' } },
]

function differs(sent: string | undefined, seen: string | undefined): boolean {
  return sent !== undefined && seen !== undefined && plain(sent) !== plain(seen)
}

/** Only letters and digits, in one width and case. */
const plain = (mark: string): string =>
  mark
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()

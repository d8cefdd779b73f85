import { checkLedger, checkPeriod, type Movement } from '../checks/period.ts'
import type { CheckResult } from '../checks/rule.ts'
import { STAGE_WORDS } from '../checks/wording.ts'
import type { LocalName } from '../organisation.ts'
import { STAGES } from '../material/stages.ts'
import type { Balanced } from './balance.ts'
import { LINES, type Posting } from './lines.ts'

/**
 * R12 for a whole period: its length, and every ledger at every instant: the stock of each stage, what is in process,
 * what is on the road, and what may be claimed under each scheme. All that passed is told too, so that the close shows what was looked at.
 *
 * Deciders see to it that nothing counts before what it builds on (`after` in decide/actor.ts), so a failure here means
 * that they were wrong, or that somebody has meddled with the records: which is what an auditor wants to know.
 */
export function checkPeriodLedgers({ from, to, opening, bookings }: Balanced): CheckResult[] {
  const ledger = (
    of: LocalName,
    openingGrams: number,
    grams: (posting: Posting) => number,
  ): CheckResult[] => {
    const movements = bookings.flatMap((booking): Movement[] => {
      const deltaGrams = booking.postings.reduce((sum, posting) => sum + grams(posting), 0)
      return deltaGrams === 0 ? [] : [{ occurredAt: booking.at, deltaGrams }]
    })
    return openingGrams === 0 && movements.length === 0 ? [] : [checkLedger({ of, openingGrams, movements })]
  }
  const schemes = new Set([
    ...Object.keys(opening.claims),
    ...bookings.flatMap(({ postings }) => postings.flatMap(({ claims }) => Object.keys(claims))),
  ])
  return [
    checkPeriod({ from, to }),
    ...STAGES.flatMap((stage) =>
      ledger(materialAt(stage), opening.byStage[stage] ?? 0, (posting) =>
        posting.stage === stage ? LINES[posting.line].stock * posting.grams : 0,
      ),
    ),
    ...ledger(
      { en: 'what is in process', zh: '在制物料' },
      opening.inProcessGrams,
      ({ line, grams }) => LINES[line].process * grams,
    ),
    ...ledger(
      { en: 'what is on the road', zh: '在途物料' },
      opening.onTheRoadGrams,
      ({ line, grams }) => LINES[line].road * grams,
    ),
    ...[...schemes]
      .sort()
      .flatMap((scheme) =>
        ledger(
          { en: `what may be claimed under ${scheme}`, zh: `${scheme} 可声明量` },
          opening.claims[scheme] ?? 0,
          ({ line, claims }) => LINES[line].claims * (claims[scheme] ?? 0),
        ),
      ),
  ]
}

const materialAt = (stage: (typeof STAGES)[number]): LocalName => ({
  en: `${STAGE_WORDS[stage].en.toLowerCase()} material`,
  zh: `${STAGE_WORDS[stage].zh}物料`,
})

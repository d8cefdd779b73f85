import type { LocalName } from '../organisation.ts'

/** `fail` refuses the event; `review` is stored with it and shown to auditors. */
export type Verdict = 'pass' | 'review' | 'fail'

export const RULE_IDS = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
  'R18',
] as const
export type RuleId = (typeof RULE_IDS)[number]

/**
 * What a rule found: a verdict and one plain sentence that says what was given and what is usual or allowed. The
 * sentence is kept in events, so it never holds a person's name, an exact position or a vessel.
 */
export interface CheckResult {
  readonly rule: RuleId
  readonly verdict: Verdict
  readonly sentence: LocalName
}

/** Which rules passed and which are for an auditor to look at; of a rule that was applied more than once the gravest counts. */
export interface Checked {
  readonly passed: readonly RuleId[]
  readonly toReview: readonly RuleId[]
}

export const UNCHECKED: Checked = { passed: [], toReview: [] }

/** What results come to, together with what was found before. What failed never came to be, so it is not among them. */
export function checkedBy(
  results: readonly Pick<CheckResult, 'rule' | 'verdict'>[],
  before = UNCHECKED,
): Checked {
  const wanted = (verdict: Verdict): RuleId[] =>
    results.filter((result) => result.verdict === verdict).map(({ rule }) => rule)
  const reviewed = new Set([...before.toReview, ...wanted('review')])
  const passed = new Set([...before.passed, ...wanted('pass')])
  return {
    passed: RULE_IDS.filter((rule) => passed.has(rule) && !reviewed.has(rule)),
    toReview: RULE_IDS.filter((rule) => reviewed.has(rule)),
  }
}

/** The gravest verdict among the results; `pass` when there are none. */
export function worst(results: readonly CheckResult[]): Verdict {
  if (results.some(({ verdict }) => verdict === 'fail')) return 'fail'
  return results.some(({ verdict }) => verdict === 'review') ? 'review' : 'pass'
}

/** The first result that refuses the event. */
export function firstFailure(results: readonly CheckResult[]): CheckResult | undefined {
  return results.find(({ verdict }) => verdict === 'fail')
}

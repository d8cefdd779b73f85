import { checkForms, checkPolymers, type Unlike } from '../checks/likeness.ts'
import type { CheckResult } from '../checks/rule.ts'
import { refuseByRule } from '../refusal.ts'
import type { Run } from '../state/run.ts'
import type { Refused } from './actor.ts'
import type { CloseRun } from './closing.ts'

/** Refuses outputs that are called what did not go in; see {@link checkPolymers}. */
export function refuseUnlike(command: CloseRun, run: Run): Refused | undefined {
  const failed = unlikeOf(command, run).find(({ check }) => check.verdict === 'fail')
  return failed && refuseByRule(failed.check, failed.pointer, 'unlike-input')
}

/** What is for review: sorting found something else. */
export const likenessChecks = (command: CloseRun, run: Run): CheckResult[] =>
  unlikeOf(command, run).map(({ check }) => check)

function unlikeOf({ outputs }: CloseRun, { step, pool }: Run): Unlike[] {
  const { polymers, forms, addedGrams } = pool
  const likeness = { step, polymers, forms, addedGrams, outputs }
  return [...checkPolymers(likeness), ...checkForms(likeness)]
}

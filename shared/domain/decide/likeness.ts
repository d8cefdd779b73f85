import { checkForms, checkPolymers, type Unlike } from '../checks/likeness.ts'
import { refuseByRule, type Refused } from '../refusal.ts'
import { heapOf } from '../state/pool.ts'
import type { Run } from '../state/run.ts'
import type { CloseRun } from './closing.ts'

/** Outputs that are called what did not go in, to be refused or, where sorting found them, reviewed; see {@link checkPolymers}. */
export function unlikeOutputs({ outputs }: CloseRun, { step, pool }: Run): Unlike[] {
  const { polymers, forms, addedGrams } = pool
  const likeness = { step, polymers, heap: heapOf(pool), forms, addedGrams, outputs }
  return [...checkPolymers(likeness), ...checkForms(likeness)]
}

export function refuseUnlike(unlike: readonly Unlike[]): Refused | undefined {
  const failed = unlike.find(({ check }) => check.verdict === 'fail')
  return failed && refuseByRule(failed.check, failed.pointer, 'unlike-input')
}

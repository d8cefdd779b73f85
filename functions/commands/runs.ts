import { RUN_ID_PATTERN } from '../../shared/domain/ids.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import { loadOne } from '../adapters/ledger.ts'

/** The caller's own run with this id; undefined also for another organisation's. */
export async function ownRun(id: string | undefined, org: string): Promise<Run | undefined> {
  if (id === undefined || !RUN_ID_PATTERN.test(id)) return undefined
  const loaded = await loadOne(id)
  return loaded?.subject.kind === 'run' && loaded.subject.org === org ? loaded.subject : undefined
}

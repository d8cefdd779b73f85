import { eventId } from '../../shared/domain/ids.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import { readEvents } from '../adapters/history.ts'
import { takeHolds } from '../adapters/holds.ts'
import { loadMany, loadWorld } from '../adapters/ledger.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'

/**
 * What holds a run by way of what it was charged with, but for one charge if that is named. Read strongly. Whoever acts
 * on it must have read the run before, and write on condition of its revision: a hold that reaches one of the batches
 * meanwhile raises that, even where the run has the mark already.
 */
export async function holdsOfCharges(run: Run, without?: string): Promise<string[]> {
  const ids = run.chargeSequences.map((sequence) => eventId(run.id, sequence))
  const events = await readEvents(ids.filter((id) => id !== without))
  const charged = [...events.values()].flatMap(({ event }) =>
    event.type === 'RunCharged' ? event.data.charges.map(({ batch }) => batch) : [],
  )
  const { holds } = await loadWorld(charged)
  return [...new Set([...holds.values()].flat())].sort()
}

/**
 * Frees a run of holds that nothing in it has any more. A batch that was held and left the run may have marked it after
 * it left, because records of the stream come late and come again.
 */
export async function settleRun(id: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const [loaded] = await loadMany([id])
    if (loaded?.subject.kind !== 'run' || loaded.holds.length === 0) return
    const due = await holdsOfCharges(loaded.subject)
    const stale = loaded.holds.filter((hold) => !due.includes(hold))
    if (stale.length === 0 || (await takeHolds(id, stale, loaded.revision))) return
    await pauseBeforeRetry(attempt)
  }
  throw new Error(`${id} changed at each of ${MAX_TRIES} tries`)
}

const MAX_TRIES = 8

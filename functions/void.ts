import { eventId } from '../shared/domain/ids.ts'
import { refuse, type Decision } from '../shared/domain/refusal.ts'
import { actorOf, timeOf } from './acting.ts'
import { readEvents } from './adapters/history.ts'
import { created, notFound } from './answers.ts'
import { onceOf, type Executed } from './command.ts'
import { correct } from './correcting.ts'
import type { Handled } from './http.ts'
import type { Request } from './request.ts'
import { ownRun } from './runs.ts'
import { runOf, viewRun } from './views.ts'

/**
 * Gives up a run: every charge goes back to its batch, the latest first, and then the opening is taken back. Each is a
 * correction and a transaction of its own, recognised by the caller's key and the event it takes back. So a call that
 * is cut off, or meets a batch that must be dealt with first, has done a part that stands, and the same call again
 * goes on from there.
 */
export async function voidRun(request: Request<'voidRun'>): Promise<Handled> {
  const { body, caller, idempotencyKey, path } = request
  const run = await ownRun(path['id'], caller.org)
  if (!run) return notFound(`run ${path['id'] ?? ''}`)
  if (run.status === 'closed') {
    const detail = `Run ${run.id} is closed; to give it up, first reopen it by correcting its closing, ${run.closedBy ?? ''}.`
    return refuse('run-not-open', detail)
  }
  const now = new Date().toISOString()
  const actor = await actorOf(caller, now)
  const takeBack = async (sequence: number): Promise<Decision<Executed>> => {
    const id = eventId(run.id, sequence)
    const event = (await readEvents([id])).get(id)?.event
    if (!event) return refuse('not-found', `There is no event ${id}.`)
    return correct(
      {
        once: await onceOf({ org: caller.org, route: 'voidRun', idempotencyKey, target: id }),
        request: body,
        event,
        occurredAt: timeOf(body.occurredAt, now),
        reason: body.reason,
        answer: (after) => viewRun(runOf(after, run.id), []),
      },
      actor,
    )
  }
  for (const sequence of run.chargeSequences.toReversed()) {
    const returned = await takeBack(sequence)
    if (!returned.ok) return returned
  }
  const voided = await takeBack(1)
  return voided.ok ? created(voided.value) : voided
}

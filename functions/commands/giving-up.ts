import { refuseStep } from '../../shared/contract/roles.ts'
import { eventId } from '../../shared/domain/ids.ts'
import { refuse, type Decision } from '../../shared/domain/refusal.ts'
import { isHeld } from '../../shared/domain/state/world.ts'
import { actorOf } from './acting.ts'
import { readEvents } from '../adapters/history.ts'
import { loadFirstAnswer, type Once } from '../adapters/ledger.ts'
import { created, notFound } from '../http/answers.ts'
import { onceOf } from './command.ts'
import type { Executed } from './once.ts'
import { correct } from './correcting.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { ownRun } from './runs.ts'
import { runOf, viewRun } from '../views/views.ts'

type GivingUp = Pick<Request<'voidRun'>, 'body' | 'caller' | 'idempotencyKey' | 'header'>

/**
 * Gives up a run: every charge goes back to its batch, the latest first, and then the opening is taken back. Each is a
 * correction and a transaction of its own, recognised by the caller's key and the event it takes back. So a call that
 * is cut off, or meets a batch that must be dealt with first, has done a part that stands, and the same call again
 * goes on from there.
 */
export async function voidRun(request: Request<'voidRun'>): Promise<Handled> {
  const { caller, path, idempotencyKey, header } = request
  const run = await ownRun(path['id'], caller.org)
  if (!run) return notFound(`run ${path['id'] ?? ''}`)
  const mayNot = refuseStep(caller.role, run.step)
  if (mayNot) return mayNot
  if (run.status === 'closed') {
    const detail = `Run ${run.id} is closed; to give it up, first reopen it (POST /v1/runs/${run.id}/reopen).`
    return refuse('run-not-open', detail)
  }
  const onceFor = (target: string): Promise<Once> =>
    onceOf({ org: caller.org, route: 'voidRun', idempotencyKey, target })
  const opening = eventId(run.id, 1)
  if (run.status === 'void' && !(await loadFirstAnswer(await onceFor(opening)))) {
    return refuse('run-not-open', `Run ${run.id} is void already.`)
  }
  const events = [...run.chargeSequences.toReversed().map((sequence) => eventId(run.id, sequence)), opening]
  let last: Executed | undefined
  for (const id of events) {
    // What the caller last saw is compared once: from then on it is this call that changes the run.
    const seen = last === undefined ? header('if-match') : undefined
    const taken = await takeBack(run.id, id, await onceFor(id), { ...request, header: () => seen })
    if (!taken.ok) return taken
    last = taken.value
  }
  return last ? created(last) : notFound(`run ${run.id}`)
}

/**
 * Opens a closed run again: its closing is taken back, and what came out of it with it, unless that was used or shipped
 * since. The run keeps its charges and can be charged further and closed again.
 */
export async function reopenRun(request: Request<'reopenRun'>): Promise<Handled> {
  const { caller, idempotencyKey, path } = request
  const run = await ownRun(path['id'], caller.org)
  if (!run) return notFound(`run ${path['id'] ?? ''}`)
  const mayNot = refuseStep(caller.role, run.step)
  if (mayNot) return mayNot
  const once = await onceOf({ org: caller.org, route: 'reopenRun', idempotencyKey, target: run.id })
  const first = run.closedBy === undefined ? await loadFirstAnswer(once) : undefined
  if (run.closedBy === undefined && !first) {
    return refuse('run-not-closed', `Run ${run.id} is ${run.status}; only a closed run can be opened again.`)
  }
  const reopened = await takeBack(run.id, run.closedBy ?? eventId(run.id, run.version), once, request)
  return reopened.ok ? created(reopened.value) : reopened
}

/** One correction of one of the run's events. */
async function takeBack(
  run: string,
  id: string,
  once: Once,
  { body, caller, header }: GivingUp,
): Promise<Decision<Executed>> {
  const event = (await readEvents([id])).get(id)?.event
  if (!event) return refuse('not-found', `There is no event ${id}.`)
  return correct(
    {
      once,
      caller,
      request: body,
      event,
      occurredAt: body.occurredAt,
      reason: body.reason,
      ifMatch: header('if-match'),
      answer: (after) => viewRun(runOf(after, run), [], undefined, isHeld(after, run)),
    },
    await actorOf(caller),
  )
}

import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import type { erasureView } from '../shared/contract/answers/privacy.ts'
import { locationOf } from '../shared/contract/route.ts'
import { ERASURE_ROUTES } from '../shared/contract/routes/erasure.ts'
import { beginErasure } from '../shared/domain/decide/erase.ts'
import { ERASURE_ID_PATTERN, eventId } from '../shared/domain/ids.ts'
import { accept, refuse } from '../shared/domain/refusal.ts'
import type { Erasure } from '../shared/domain/state/erasure.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { seal } from '../shared/ledger/seal.ts'
import { readHistory } from './adapters/history.ts'
import { loadOne, NOTHING_LOADED } from './adapters/ledger.ts'
import { readOpened } from './adapters/openings.ts'
import { findPerson } from './adapters/people.ts'
import { execute, homeId } from './commands/command.ts'
import { erase } from './commands/erasing.ts'
import { created, json, notFound } from './http/answers.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { serve } from './http/http.ts'

/** Long enough for some thousand entries, shorter than any caller waits; what is left is done when it is sent again. */
const LONGEST_MS = 7_000

/** Erases people from what their organisation entered. What was erased can be had back from no event. */
export const handler = serve(ERASURE_ROUTES, {
  erasePerson: async ({ body, caller, idempotencyKey }) => {
    const deadline = Date.now() + LONGEST_MS
    const id = await homeId('erasure', { org: caller.org, route: 'erasePerson', idempotencyKey })
    const person = await findPerson(caller.org, body.person)
    const sealed = await seal({ person }, () => randomBytes(16).toString('hex'))
    const { reason } = body
    const begun = await execute({
      caller,
      once: { home: id },
      // Not whom: what is remembered of the request must not tell.
      request: { reason },
      openings: sealed.openings,
      load: async () => accept({ world: NOTHING_LOADED, extra: undefined }),
      decide: (_world, _extra, now) =>
        beginErasure(
          { erasure: id, reason, by: caller.by, sealed: sealed.commitments },
          { org: caller.org, role: caller.role, now },
        ),
      answer: (after) => viewErasure(ofKind(after, id, 'erasure')),
    })
    if (!begun.ok) return begun
    const known = await personOf(id)
    if (known !== undefined && known !== person) {
      const detail = 'This Idempotency-Key was used to erase somebody else. Use a new UUID for a new request.'
      return refuse('idempotency-key-reused', detail)
    }
    const erasure = await erase({ erasure: id, person: known, name: body.person, caller, deadline })
    const answer = JSON.stringify(viewErasure(erasure))
    const { replayed } = begun.value
    return created({ answer, replayed }, locationOf(ERASURE_ROUTES.erasePerson, id))
  },

  readErasure: async ({ path, caller }) => {
    const erasure = await ownErasure(path['id'], caller.org)
    return erasure ? json(200, viewErasure(erasure)) : notFound(`erasure ${path['id'] ?? ''}`)
  },

  readErasureEvents: async ({ path, query, caller }) => {
    const erasure = await ownErasure(path['id'], caller.org)
    if (!erasure) return notFound(`erasure ${path['id'] ?? ''}`)
    const after = readCursor(query.cursor, erasure.id, COUNT)
    if (!after.ok) return after
    const { events, nextAfter } = await readHistory(erasure.id, Number(after.value ?? 0), query.limit)
    return json(200, {
      items: events,
      ...(nextAfter !== undefined && { next: writeCursor(erasure.id, String(nextAfter)) }),
    })
  },
})

/** Whom an erasure is about, until it is done. */
async function personOf(erasure: string): Promise<string | undefined> {
  const { opened } = await readOpened(erasure, 0, 1)
  const begun = opened.find(({ event }) => event.id === eventId(erasure, 1))
  const value = begun?.openings['person']?.value
  return typeof value === 'string' ? value : undefined
}

async function ownErasure(id: string | undefined, org: string): Promise<Erasure | undefined> {
  if (id === undefined || !ERASURE_ID_PATTERN.test(id)) return undefined
  const subject = (await loadOne(id))?.subject
  return subject?.kind === 'erasure' && subject.org === org ? subject : undefined
}

function viewErasure(erasure: Erasure | undefined): z.output<typeof erasureView> {
  if (!erasure) throw new Error('an erasure is what this command is about')
  const { id, status, reason, by, entries, removed, recordedAt, doneAt } = erasure
  return {
    id,
    status,
    reason,
    by: { ...by },
    entries,
    removed: { ...removed },
    begunAt: recordedAt,
    ...(doneAt !== undefined && { doneAt }),
  }
}

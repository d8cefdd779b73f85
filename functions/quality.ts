import { randomBytes } from 'node:crypto'
import { QUALITY_ROUTES } from '../shared/contract/routes/quality.ts'
import { registerCertificate } from '../shared/domain/decide/certificate.ts'
import { hasRejected, holdBatch, inspectBatch, releaseBatch } from '../shared/domain/decide/quality.ts'
import type { Batch } from '../shared/domain/state/batch.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { accept, type Decision } from '../shared/domain/refusal.ts'
import { seal, type Sealed } from '../shared/ledger/seal.ts'
import { actorOf, timeOf } from './commands/acting.ts'
import { loadWorld, NOTHING_LOADED } from './adapters/ledger.ts'
import { findOrganisation, forgetLists } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { execute, homeId, onceOf, type Loaded } from './commands/command.ts'
import { refuseChanged } from './http/caching.ts'
import { serve } from './http/http.ts'
import { inspectionCommand } from './commands/lab.ts'
import { viewChanged } from './views/narrowed.ts'
import { batchOf, viewCertificate, type BatchView } from './views/views.ts'

/** Lab results, holds and releases, and the certificates that claims rest on. */
export const handler = serve(QUALITY_ROUTES, {
  inspectBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = readBatchId(path['id'] ?? '') ?? ''
    const actor = await actorOf(caller)
    const executed = await execute({
      caller,
      once: await onceOf({ org: caller.org, route: 'inspectBatch', idempotencyKey, target: batch }),
      request: body,
      load: async () => loadHeldBy(caller.org, path['id']),
      decide: (_world, current, now) => {
        const command = inspectionCommand(body, timeOf(body.occurredAt, now))
        return refuseChanged(header('if-match'), current) ?? inspectBatch(current, command, actor(now))
      },
      answer: (_, [event]) => {
        if (event?.type !== 'BatchInspected') return {}
        const { passed, results } = event.data
        return { id: event.id, batchId: batch, ...(passed !== undefined && { passed }), results }
      },
    })
    return executed.ok ? created(executed.value) : executed
  },

  holdBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = readBatchId(path['id'] ?? '') ?? ''
    const actor = await actorOf(caller)
    const { reason, note } = body
    const sealed = await sealNote(note)
    const executed = await execute({
      caller,
      once: await onceOf({ org: caller.org, route: 'holdBatch', idempotencyKey, target: batch }),
      request: body,
      openings: sealed.openings,
      load: async () => loadHeldBy(caller.org, path['id'], hasRejected),
      decide: (_world, current, now) => {
        const occurredAt = timeOf(body.occurredAt, now)
        const command = { occurredAt, reason, sealed: sealed.commitments }
        return refuseChanged(header('if-match'), current) ?? holdBatch(current, command, actor(now))
      },
      answer: (after, [event]) => ({
        holdId: event?.id ?? '',
        ...shownTo(caller.org, batchOf(after, batch), true),
      }),
    })
    return executed.ok ? created(executed.value) : executed
  },

  releaseBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = readBatchId(path['id'] ?? '') ?? ''
    const actor = await actorOf(caller)
    const { holdId, note } = body
    const sealed = await sealNote(note)
    const wanted = {
      ...(holdId !== undefined && { hold: holdId }),
      sealed: sealed.commitments,
    }
    const executed = await execute({
      caller,
      once: await onceOf({ org: caller.org, route: 'releaseBatch', idempotencyKey, target: batch }),
      request: body,
      openings: sealed.openings,
      load: async () => loadHeldBy(caller.org, path['id']),
      decide: (_world, current, now) => {
        const command = { ...wanted, occurredAt: timeOf(body.occurredAt, now) }
        return refuseChanged(header('if-match'), current) ?? releaseBatch(current, command, actor(now))
      },
      answer: (after, events) => {
        const released = events.flatMap((event) => (event.type === 'BatchReleased' ? [event.data.hold] : []))
        const still = (after.holds.get(batch) ?? []).filter((hold) => !released.includes(hold))
        return { released, ...shownTo(caller.org, batchOf(after, batch), still.length > 0) }
      },
    })
    return executed.ok ? created(executed.value) : executed
  },

  registerCertificate: async ({ body, caller, idempotencyKey }) => {
    const certificate = await homeId('certificate', {
      org: caller.org,
      route: 'registerCertificate',
      idempotencyKey,
    })
    const organisation = await findOrganisation(caller.org)
    const actor = await actorOf(caller)
    const { forms, url, ...facts } = body
    const executed = await execute({
      caller,
      once: { home: certificate },
      request: body,
      load: async () => accept({ world: NOTHING_LOADED, extra: undefined }),
      decide: (_world, _extra, now) =>
        registerCertificate(
          {
            certificate,
            facts: { ...facts, ...(forms && { forms }), ...(url !== undefined && { url }) },
            knownSites: organisation?.sites.map(({ id }) => id) ?? [],
          },
          actor(now),
        ),
      answer: (after) => viewCertificate(ofKind(after, certificate, 'certificate')),
    })
    if (!executed.ok) return executed
    forgetLists(caller.org)
    return created(executed.value)
  },
})

/**
 * A batch that the organisation has or once had, or still holds back: those may speak up about it, and so may others of
 * whom `also` is true.
 */
async function loadHeldBy(
  org: string,
  text = '',
  also: (batch: Batch, org: string) => boolean = () => false,
): Promise<Decision<Loaded<Batch>>> {
  const id = readBatchId(text)
  if (id === undefined) return notFound(`batch ${text}`)
  const world = await loadWorld([id])
  const batch = ofKind(world, id, 'batch')
  if (!batch) return notFound(`batch ${text}`)
  const isTheirs = batch.custodians.includes(org) || batch.ownHolds.some((hold) => hold.org === org)
  return isTheirs || also(batch, org) ? accept({ world, extra: batch }) : notFound(`batch ${text}`)
}

const sealNote = (note: string | undefined): Promise<Sealed> =>
  seal({ note }, () => randomBytes(16).toString('hex'))

/** Who only rejected a batch may hold it, and reads no more of it than before. */
const shownTo = (org: string, batch: Batch, held: boolean): { readonly batch?: BatchView } =>
  batch.custodians.includes(org) ? { batch: viewChanged(batch, held, org) } : {}

import { QUALITY_ROUTES } from '../shared/contract/routes/quality.ts'
import { registerCertificate } from '../shared/domain/decide/certificate.ts'
import { holdBatch, inspectBatch, releaseBatch } from '../shared/domain/decide/quality.ts'
import type { Batch } from '../shared/domain/state/batch.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { actorOf, timeOf } from './commands/acting.ts'
import { loadOne, loadWorld, NOTHING_LOADED } from './adapters/ledger.ts'
import { findOrganisation, forgetLists } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { execute, homeId, onceOf } from './commands/command.ts'
import { refuseChanged } from './http/caching.ts'
import { serve } from './http/http.ts'
import { inspectionCommand } from './commands/lab.ts'
import { batchOf, viewBatch, viewCertificate } from './views/views.ts'

/** Lab results, holds and releases, and the certificates that claims rest on. */
export const handler = serve(QUALITY_ROUTES, {
  inspectBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = await heldBy(path['id'], caller.org)
    if (!batch) return notFound(`batch ${path['id'] ?? ''}`)
    const actor = await actorOf(caller)
    const executed = await execute({
      once: await onceOf({ org: caller.org, route: 'inspectBatch', idempotencyKey, target: batch.id }),
      request: body,
      load: async () => ({ world: await loadWorld([batch.id]), extra: undefined }),
      decide: (world, _extra, now) => {
        const current = ofKind(world, batch.id, 'batch') ?? batch
        const command = inspectionCommand(body, timeOf(body.occurredAt, now))
        return refuseChanged(header('if-match'), current) ?? inspectBatch(current, command, actor(now))
      },
      answer: (_, [event]) => {
        if (event?.type !== 'BatchInspected') return {}
        const { passed, results } = event.data
        return { id: event.id, batchId: batch.id, ...(passed !== undefined && { passed }), results }
      },
    })
    return executed.ok ? created(executed.value) : executed
  },

  holdBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = await heldBy(path['id'], caller.org)
    if (!batch) return notFound(`batch ${path['id'] ?? ''}`)
    const actor = await actorOf(caller)
    const { reason, note } = body
    const executed = await execute({
      once: await onceOf({ org: caller.org, route: 'holdBatch', idempotencyKey, target: batch.id }),
      request: body,
      load: async () => ({ world: await loadWorld([batch.id]), extra: undefined }),
      decide: (world, _extra, now) => {
        const current = ofKind(world, batch.id, 'batch') ?? batch
        const occurredAt = timeOf(body.occurredAt, now)
        const command = { occurredAt, reason, ...(note !== undefined && { note }) }
        return refuseChanged(header('if-match'), current) ?? holdBatch(current, command, actor(now))
      },
      answer: (after, [event]) => ({
        holdId: event?.id ?? '',
        batch: viewBatch(batchOf(after, batch.id), undefined, true),
      }),
    })
    return executed.ok ? created(executed.value) : executed
  },

  releaseBatch: async ({ path, body, caller, idempotencyKey, header }) => {
    const batch = await heldBy(path['id'], caller.org)
    if (!batch) return notFound(`batch ${path['id'] ?? ''}`)
    const actor = await actorOf(caller)
    const { holdId, note } = body
    const wanted = {
      ...(holdId !== undefined && { hold: holdId }),
      ...(note !== undefined && { note }),
    }
    const executed = await execute({
      once: await onceOf({ org: caller.org, route: 'releaseBatch', idempotencyKey, target: batch.id }),
      request: body,
      load: async () => ({ world: await loadWorld([batch.id]), extra: undefined }),
      decide: (world, _extra, now) => {
        const current = ofKind(world, batch.id, 'batch') ?? batch
        const command = { ...wanted, occurredAt: timeOf(body.occurredAt, now) }
        return refuseChanged(header('if-match'), current) ?? releaseBatch(current, command, actor(now))
      },
      answer: (after, events) => {
        const released = events.flatMap((event) => (event.type === 'BatchReleased' ? [event.data.hold] : []))
        const still = (after.holds.get(batch.id) ?? []).filter((hold) => !released.includes(hold))
        return { released, batch: viewBatch(batchOf(after, batch.id), undefined, still.length > 0) }
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
      once: { home: certificate },
      request: body,
      load: async () => ({ world: NOTHING_LOADED, extra: undefined }),
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

/** A batch that the organisation has or once had, or still holds back: those may speak up about it. */
async function heldBy(text: string | undefined, org: string): Promise<Batch | undefined> {
  const id = readBatchId(text ?? '')
  const subject = id === undefined ? undefined : (await loadOne(id))?.subject
  if (subject?.kind !== 'batch') return undefined
  const isTheirs = subject.custodians.includes(org) || subject.ownHolds.some((hold) => hold.org === org)
  return isTheirs ? subject : undefined
}

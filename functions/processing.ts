import { PROCESSING_ROUTES } from '../shared/contract/routes/processing.ts'
import { processBatches } from '../shared/domain/decide/one-shot.ts'
import { makeProduct } from '../shared/domain/decide/product.ts'
import { chargeRun, openRun } from '../shared/domain/decide/run.ts'
import { closeRun } from '../shared/domain/decide/close.ts'
import { gramsFromKg } from '../shared/domain/material/mass.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { actorOf, findSite, timeOf } from './commands/acting.ts'
import { loadWorld, NOTHING_LOADED } from './adapters/ledger.ts'
import { findCertificates } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { addedOf, closingOf, drawsOf, productOf, takenOf } from './commands/charging.ts'
import { execute, homeId, onceOf, outputId, type CommandKey } from './commands/command.ts'
import { refuseChanged } from './http/caching.ts'
import { reopenRun, voidRun } from './commands/giving-up.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { ownRun } from './commands/runs.ts'
import { batchOf, viewBatch, viewRunIn } from './views/views.ts'

/** Runs, in one call or in many, and product lots. */
export const handler = serve(PROCESSING_ROUTES, {
  processBatches: async (request) => {
    const { body, caller, idempotencyKey } = request
    const site = await findSite(caller.org, body.siteId)
    if (!site.ok) return site
    const run = await homeId('run', { org: caller.org, route: 'processBatches', idempotencyKey })
    const actor = await actorOf(caller)
    const opening = (now: string) => ({
      run,
      step: body.step,
      site: site.value.id,
      occurredAt: timeOf(body.occurredAt, now),
    })
    const { outputs } = body
    if (outputs === undefined) {
      const executed = await execute({
        once: { home: run },
        request: body,
        load: async () => ({ world: NOTHING_LOADED, extra: undefined }),
        decide: (_world, _extra, now) => openRun(opening(now), actor(now)),
        answer: (after, events) => viewRunIn(after, run, events),
      })
      return executed.ok ? created(executed.value, `/v1/runs/${run}`) : executed
    }
    const [closing, certificates] = await Promise.all([
      closingOf({ ...body, outputs }, run, 0),
      findCertificates(caller.org),
    ])
    const command = { ...closing, draws: drawsOf(body.charges), added: addedOf(body.added) }
    const executed = await execute({
      once: { home: run },
      request: body,
      load: async () => ({
        world: await loadWorld(command.draws.map(({ batch }) => batch)),
        extra: undefined,
      }),
      decide: (world, _extra, now) =>
        processBatches({ ...command, ...opening(now) }, world, certificates, actor(now)),
      answer: (after, events) => viewRunIn(after, run, events),
    })
    return executed.ok ? created(executed.value, `/v1/runs/${run}`) : executed
  },

  chargeRun: async (request) => {
    const { body, caller, header } = request
    const run = await ownRun(request.path['id'], caller.org)
    if (!run) return notFound(`run ${request.path['id'] ?? ''}`)
    const actor = await actorOf(caller)
    const command = { draws: drawsOf(body.charges), added: addedOf(body.added) }
    const executed = await execute({
      once: await onceOf(keyOf('chargeRun', request, run.id)),
      request: body,
      load: async () => ({
        world: await loadWorld([run.id, ...command.draws.map(({ batch }) => batch)]),
        extra: undefined,
      }),
      decide: (world, _extra, now) => {
        const current = ofKind(world, run.id, 'run') ?? run
        const charge = { ...command, occurredAt: timeOf(body.occurredAt, now) }
        return refuseChanged(header('if-match'), current) ?? chargeRun(current, charge, world, actor(now))
      },
      answer: (after, events) => viewRunIn(after, run.id, events),
    })
    return executed.ok ? created(executed.value) : executed
  },

  closeRun: async (request) => {
    const { body, caller, header } = request
    const run = await ownRun(request.path['id'], caller.org)
    if (!run) return notFound(`run ${request.path['id'] ?? ''}`)
    const [actor, certificates] = await Promise.all([actorOf(caller), findCertificates(caller.org)])
    const executed = await execute({
      once: await onceOf(keyOf('closeRun', request, run.id)),
      request: body,
      load: async () => {
        const world = await loadWorld([run.id])
        const closings = ofKind(world, run.id, 'run')?.closings ?? run.closings
        return { world, extra: await closingOf(body, run.id, closings) }
      },
      decide: (world, closing, now) => {
        const current = ofKind(world, run.id, 'run') ?? run
        const command = { ...closing, occurredAt: timeOf(body.occurredAt, now) }
        return (
          refuseChanged(header('if-match'), current) ?? closeRun(current, command, certificates, actor(now))
        )
      },
      answer: (after, events) => viewRunIn(after, run.id, events),
    })
    return executed.ok ? created(executed.value) : executed
  },

  voidRun,
  reopenRun,

  makeProduct: async ({ body, caller, idempotencyKey }) => {
    const site = await findSite(caller.org, body.siteId)
    if (!site.ok) return site
    const run = await homeId('run', { org: caller.org, route: 'makeProduct', idempotencyKey })
    const batch = await outputId(run, 0, 0)
    const [actor, certificates] = await Promise.all([actorOf(caller), findCertificates(caller.org)])
    const command = {
      run,
      batch,
      site: site.value.id,
      product: productOf(body),
      draws: drawsOf(body.charges),
      added: [...addedOf(body.added), ...otherMaterial(body)],
      ...takenOf(body),
    }
    const executed = await execute({
      once: { home: run },
      request: body,
      load: async () => ({
        world: await loadWorld(command.draws.map((draw) => draw.batch)),
        extra: undefined,
      }),
      decide: (world, _extra, now) => {
        const occurredAt = timeOf(body.occurredAt, now)
        return makeProduct({ ...command, occurredAt }, world, certificates, actor(now))
      },
      answer: (after, events) => viewBatch(batchOf(after, batch), events.flatMap(checksOf)),
    })
    return executed.ok ? created(executed.value, `/v1/batches/${batch}`) : executed
  },
})

function otherMaterial({ otherMaterialKg }: Request<'makeProduct'>['body']): ReturnType<typeof addedOf> {
  return otherMaterialKg > 0
    ? [{ kind: 'other', massGrams: gramsFromKg(otherMaterialKg), polymer: 'unknown' }]
    : []
}

function keyOf(
  route: 'chargeRun' | 'closeRun',
  { caller, idempotencyKey }: { readonly caller: { readonly org: string }; readonly idempotencyKey: string },
  target: string,
): CommandKey {
  return { org: caller.org, route, idempotencyKey, target }
}

import { locationOf } from '../shared/contract/route.ts'
import { PROCESSING_ROUTES } from '../shared/contract/routes/processing.ts'
import { processBatches } from '../shared/domain/decide/one-shot.ts'
import { makeProduct } from '../shared/domain/decide/product.ts'
import { chargeRun, openRun, type Draw } from '../shared/domain/decide/run.ts'
import { closeRun } from '../shared/domain/decide/close.ts'
import { RUN_ID_PATTERN } from '../shared/domain/ids.ts'
import { gramsFromKg } from '../shared/domain/material/mass.ts'
import { accept, type Decision } from '../shared/domain/refusal.ts'
import type { Run } from '../shared/domain/state/run.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { actorOf, findOpenSite, timeOf } from './commands/acting.ts'
import { loadWorld } from './adapters/ledger.ts'
import { findCertificates } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { addedOf, closingOf, drawsOf, productOf, takenOf } from './commands/charging.ts'
import { execute, homeId, onceOf, outputId, type CommandKey, type Loaded } from './commands/command.ts'
import { refuseChanged } from './http/caching.ts'
import { reopenRun, voidRun } from './commands/giving-up.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { batchOf, viewBatch, viewRunIn } from './views/views.ts'

/** Runs, in one call or in many, and product lots. */
export const handler = serve(PROCESSING_ROUTES, {
  processBatches: async (request) => {
    const { body, caller, idempotencyKey } = request
    const run = await homeId('run', { org: caller.org, route: 'processBatches', idempotencyKey })
    const actor = await actorOf(caller)
    const opening = (site: string, now: string) => ({
      run,
      step: body.step,
      site,
      occurredAt: timeOf(body.occurredAt, now),
    })
    const { outputs } = body
    if (outputs === undefined) {
      const executed = await execute({
        once: { home: run },
        request: body,
        load: async () => loadAt(caller.org, body, []),
        decide: (_world, site, now) => openRun(opening(site, now), actor(now)),
        answer: (after, events) => viewRunIn(after, run, events),
      })
      return executed.ok
        ? created(executed.value, locationOf(PROCESSING_ROUTES.processBatches, run))
        : executed
    }
    const [closing, certificates] = await Promise.all([
      closingOf({ ...body, outputs }, run, 0),
      findCertificates(caller.org),
    ])
    const command = { ...closing, draws: drawsOf(body.charges), added: addedOf(body.added) }
    const executed = await execute({
      once: { home: run },
      request: body,
      load: async () => loadAt(caller.org, body, command.draws),
      decide: (world, site, now) =>
        processBatches({ ...command, ...opening(site, now) }, world, certificates, actor(now)),
      answer: (after, events) => viewRunIn(after, run, events),
    })
    return executed.ok ? created(executed.value, locationOf(PROCESSING_ROUTES.processBatches, run)) : executed
  },

  chargeRun: async (request) => {
    const { body, caller, header } = request
    const run = request.path['id'] ?? ''
    const actor = await actorOf(caller)
    const command = { draws: drawsOf(body.charges), added: addedOf(body.added) }
    const executed = await execute({
      once: await onceOf(keyOf('chargeRun', request, run)),
      request: body,
      load: async () => loadOwnRun(caller.org, run, command.draws),
      decide: (world, current, now) => {
        const charge = { ...command, occurredAt: timeOf(body.occurredAt, now) }
        return refuseChanged(header('if-match'), current) ?? chargeRun(current, charge, world, actor(now))
      },
      answer: (after, events) => viewRunIn(after, run, events),
    })
    return executed.ok ? created(executed.value) : executed
  },

  closeRun: async (request) => {
    const { body, caller, header } = request
    const run = request.path['id'] ?? ''
    const [actor, certificates] = await Promise.all([actorOf(caller), findCertificates(caller.org)])
    const executed = await execute({
      once: await onceOf(keyOf('closeRun', request, run)),
      request: body,
      load: async () => {
        const loaded = await loadOwnRun(caller.org, run)
        if (!loaded.ok) return loaded
        const { world, extra: current } = loaded.value
        return accept({ world, extra: { current, closing: await closingOf(body, run, current.closings) } })
      },
      decide: (_world, { current, closing }, now) => {
        const command = { ...closing, occurredAt: timeOf(body.occurredAt, now) }
        return (
          refuseChanged(header('if-match'), current) ?? closeRun(current, command, certificates, actor(now))
        )
      },
      answer: (after, events) => viewRunIn(after, run, events),
    })
    return executed.ok ? created(executed.value) : executed
  },

  voidRun,
  reopenRun,

  makeProduct: async ({ body, caller, idempotencyKey }) => {
    const run = await homeId('run', { org: caller.org, route: 'makeProduct', idempotencyKey })
    const batch = await outputId(run, 0, 0)
    const [actor, certificates] = await Promise.all([actorOf(caller), findCertificates(caller.org)])
    const command = {
      run,
      batch,
      product: productOf(body),
      draws: drawsOf(body.charges),
      added: [...addedOf(body.added), ...otherMaterial(body)],
      ...takenOf(body),
    }
    const executed = await execute({
      once: { home: run },
      request: body,
      load: async () => loadAt(caller.org, body, command.draws),
      decide: (world, site, now) => {
        const occurredAt = timeOf(body.occurredAt, now)
        return makeProduct({ ...command, site, occurredAt }, world, certificates, actor(now))
      },
      answer: (after, events) => viewBatch(batchOf(after, batch), events.flatMap(checksOf)),
    })
    return executed.ok ? created(executed.value, locationOf(PROCESSING_ROUTES.makeProduct, batch)) : executed
  },
})

/** The batches to be drawn from, and the caller's site where that is done. */
async function loadAt(
  org: string,
  { siteId, occurredAt }: { readonly siteId: string; readonly occurredAt?: string | undefined },
  draws: readonly Draw[],
): Promise<Decision<Loaded<string>>> {
  const site = await findOpenSite(org, siteId, occurredAt)
  if (!site.ok) return site
  return accept({ world: await loadWorld(draws.map(({ batch }) => batch)), extra: site.value.id })
}

/** The caller's own run, with the batches to be drawn from; another organisation's is not there. */
async function loadOwnRun(
  org: string,
  id: string,
  draws: readonly Draw[] = [],
): Promise<Decision<Loaded<Run>>> {
  if (!RUN_ID_PATTERN.test(id)) return notFound(`run ${id}`)
  const world = await loadWorld([id, ...draws.map(({ batch }) => batch)])
  const run = ofKind(world, id, 'run')
  return run?.org === org ? accept({ world, extra: run }) : notFound(`run ${id}`)
}

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

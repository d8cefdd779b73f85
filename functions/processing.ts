import type { CommandKey } from '../shared/contract/command-key.ts'
import { locationOf } from '../shared/contract/route.ts'
import { refuseStep } from '../shared/contract/roles.ts'
import { PROCESSING_ROUTES } from '../shared/contract/routes/processing.ts'
import { processBatches } from '../shared/domain/decide/one-shot.ts'
import { identified, makeProduct } from '../shared/domain/decide/product.ts'
import { chargeRun, openRun, type Draw } from '../shared/domain/decide/run.ts'
import type { Caller } from '../shared/domain/identity/caller.ts'
import { closeRun } from '../shared/domain/decide/close.ts'
import { RUN_ID_PATTERN } from '../shared/domain/ids.ts'
import { gramsFromKg } from '../shared/domain/material/mass.ts'
import { accept, type Decision } from '../shared/domain/refusal.ts'
import type { Certificate } from '../shared/domain/state/certificate.ts'
import type { Site } from '../shared/domain/organisation.ts'
import type { Run } from '../shared/domain/state/run.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { actorOf, findOpenSite, findSites, timeOf } from './commands/acting.ts'
import { readGtinHolding } from './adapters/gtin-holdings.ts'
import { findGtinLot } from './adapters/gtin-lots.ts'
import { loadWorld } from './adapters/ledger.ts'
import { findCertificates } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { addedOf, closingOf, drawsOf, productOf, recordsOf, takenOf } from './commands/charging.ts'
import { execute, homeId, onceOf, outputId, type Loaded } from './commands/command.ts'
import { refuseChanged } from './http/caching.ts'
import { reopenRun, voidRun } from './commands/giving-up.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { batchOf, viewBatch, viewRunIn } from './views/views.ts'

/** Runs, in one call or in many, and product lots. */
export const handler = serve(PROCESSING_ROUTES, {
  processBatches: async (request) => {
    const { body, caller, idempotencyKey } = request
    const mayNot = refuseStep(caller.role, body.step)
    if (mayNot) return mayNot
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
        caller,
        once: { home: run },
        request: body,
        load: async () => loadAt(caller.org, body, []),
        decide: (_world, { site }, now) => openRun(opening(site, now), actor(now)),
        answer: (after, events) => viewRunIn(after, run, events),
      })
      return executed.ok
        ? created(executed.value, locationOf(PROCESSING_ROUTES.processBatches, run))
        : executed
    }
    const closing = await closingOf({ ...body, outputs }, run, 0)
    const command = { ...closing, draws: drawsOf(body.charges), added: addedOf(body.added) }
    const executed = await execute({
      caller,
      once: { home: run },
      request: body,
      load: async (isRetry) => certified(caller.org, isRetry, loadAt(caller.org, body, command.draws)),
      decide: (world, { of: { site, sites }, certificates }, now) =>
        processBatches({ ...command, sites, ...opening(site, now) }, world, certificates, actor(now)),
      answer: (after, events) => viewRunIn(after, run, events),
    })
    return executed.ok ? created(executed.value, locationOf(PROCESSING_ROUTES.processBatches, run)) : executed
  },

  chargeRun: async (request) => {
    const { body, caller, header } = request
    const run = request.path['id'] ?? ''
    const [actor, sites] = await Promise.all([actorOf(caller), findSites(caller.org)])
    const { documents } = recordsOf({ documents: body.documents })
    const command = {
      draws: drawsOf(body.charges),
      added: addedOf(body.added),
      sites,
      ...(documents && { documents }),
    }
    const executed = await execute({
      caller,
      once: await onceOf(keyOf('chargeRun', request, run)),
      request: body,
      load: async () => loadOwnRun(caller, run, command.draws),
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
    const actor = await actorOf(caller)
    const executed = await execute({
      caller,
      once: await onceOf(keyOf('closeRun', request, run)),
      request: body,
      load: async (isRetry) => {
        const loaded = await certified(caller.org, isRetry, loadOwnRun(caller, run))
        if (!loaded.ok) return loaded
        const { of: current, certificates } = loaded.value.extra
        const closing = await closingOf(body, run, current.closings)
        return accept({ world: loaded.value.world, extra: { current, closing, certificates } })
      },
      decide: (_world, { current, closing, certificates }, now) => {
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
    const actor = await actorOf(caller)
    const command = {
      run,
      batch,
      product: identified(productOf(body), batch),
      draws: drawsOf(body.charges),
      added: [...addedOf(body.added), ...otherMaterial(body)],
      ...takenOf(body),
    }
    const executed = await execute({
      caller,
      once: { home: run },
      request: body,
      load: async (isRetry) => {
        const { gtin, lot } = command.product
        const [found, held] =
          gtin !== undefined && lot !== undefined
            ? await Promise.all([findGtinLot(gtin, lot), readGtinHolding(gtin)])
            : []
        const loaded = await certified(caller.org, isRetry, loadAt(caller.org, body, command.draws))
        if (!loaded.ok) return loaded
        const { world, extra } = loaded.value
        return accept({ world, extra: { ...extra, isTaken: found !== undefined, holding: held?.holding } })
      },
      holding: ({ holding }) => holding,
      decide: (world, { of: { site, sites }, certificates, isTaken, holding }, now) => {
        const occurredAt = timeOf(body.occurredAt, now)
        const made = { ...command, isTaken, holding, site, sites, occurredAt }
        return makeProduct(made, world, certificates, actor(now))
      },
      answer: (after, events) => viewBatch(batchOf(after, batch), events.flatMap(checksOf)),
    })
    return executed.ok ? created(executed.value, locationOf(PROCESSING_ROUTES.makeProduct, batch)) : executed
  },
})

/** The batches to be drawn from, and the caller's site where that is done, with the others that they may come from. */
async function loadAt(
  org: string,
  { siteId, occurredAt }: { readonly siteId: string; readonly occurredAt?: string | undefined },
  draws: readonly Draw[],
): Promise<Decision<Loaded<{ readonly site: string; readonly sites: readonly Site[] }>>> {
  const site = await findOpenSite(org, siteId, occurredAt)
  if (!site.ok) return site
  const world = await loadWorld(draws.map(({ batch }) => batch))
  return accept({ world, extra: { site: site.value.id, sites: await findSites(org) } })
}

/** What was loaded, with the certificates that claims can rest on; see adapters/tallies.ts for why afresh. */
async function certified<Extra>(
  org: string,
  afresh: boolean,
  loading: Promise<Decision<Loaded<Extra>>>,
): Promise<Decision<Loaded<{ readonly of: Extra; readonly certificates: readonly Certificate[] }>>> {
  const [loaded, certificates] = await Promise.all([loading, findCertificates(org, afresh)])
  if (!loaded.ok) return loaded
  const { world, extra } = loaded.value
  return accept({ world, extra: { of: extra, certificates } })
}

/** The caller's own run, if its role may do that step, with the batches to be drawn from; another's is not there. */
async function loadOwnRun(
  { org, role }: Caller,
  id: string,
  draws: readonly Draw[] = [],
): Promise<Decision<Loaded<Run>>> {
  if (!RUN_ID_PATTERN.test(id)) return notFound(`run ${id}`)
  const world = await loadWorld([id, ...draws.map(({ batch }) => batch)])
  const run = ofKind(world, id, 'run')
  if (run?.org !== org) return notFound(`run ${id}`)
  return refuseStep(role, run.step) ?? accept({ world, extra: run })
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

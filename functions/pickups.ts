import { randomBytes } from 'node:crypto'
import { locationOf } from '../shared/contract/route.ts'
import { PICKUP_ROUTES } from '../shared/contract/routes/pickups.ts'
import { NATURAL_EARTH } from '../shared/domain/geo/coast/natural-earth.ts'
import { recordPickup } from '../shared/domain/decide/pickup.ts'
import type { UnlinkedEvent } from '../shared/domain/events/event.ts'
import { accept } from '../shared/domain/refusal.ts'
import { seal, type Sealed } from '../shared/ledger/seal.ts'
import { actorOf, findOpenSite, timeOf } from './commands/acting.ts'
import { NOTHING_LOADED } from './adapters/ledger.ts'
import { claimPhotos, earlierUsesAt, readPhotoUses, type KnownPhotos } from './adapters/photo-uses.ts'
import { findCertificates } from './adapters/registry.ts'
import type { Claim } from './adapters/transaction.ts'
import { created } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { execute, homeId } from './commands/command.ts'
import { serve } from './http/http.ts'
import { capturesOf, reportedPickup } from './commands/reported.ts'
import type { Request } from './http/request.ts'
import { batchOf, viewBatch } from './views/views.ts'

/**
 * `POST /v1/pickups`: one transaction of two items, and no read but what is kept of the caller. A photo adds one item,
 * and all photos together one read, so that the same one is noticed when it comes again.
 */
export const handler = serve(PICKUP_ROUTES, {
  recordPickup: async ({ body, caller, idempotencyKey }) => {
    const batch = await homeId('batch', { org: caller.org, route: 'recordPickup', idempotencyKey })
    const [actor, certificates, sealed] = await Promise.all([
      actorOf(caller),
      findCertificates(caller.org),
      sealPrivate(body),
    ])
    const hashes = (body.photos ?? []).map(({ sha256 }) => sha256)
    const executed = await execute({
      once: { home: batch },
      request: body,
      openings: sealed.openings,
      load: async () => {
        const site = await findOpenSite(caller.org, body.siteId, body.occurredAt)
        if (!site.ok) return site
        const uses = await readPhotoUses(hashes)
        return accept({ world: NOTHING_LOADED, extra: { site: site.value, uses } })
      },
      decide: (_world, { site, uses }, now) =>
        recordPickup(
          {
            batch,
            sealed: sealed.commitments,
            ...reportedPickup(body, {
              occurredAt: timeOf(body.occurredAt, now),
              site,
              collector: body.collector,
              weigher: body.weigher,
              isFromVessel: body.vessel !== undefined,
              photos: capturesOf(body.photos),
              earlierUses: earlierUsesAt(uses, { org: caller.org, site: site.id, batch }),
            }),
          },
          { coastline: NATURAL_EARTH, certificates },
          actor(now),
        ),
      claims: ({ uses }, events) => photoClaims(hashes, uses, events),
      answer: (after, events) => viewBatch(batchOf(after, batch), events.flatMap(checksOf)),
    })
    return executed.ok ? created(executed.value, locationOf(PICKUP_ROUTES.recordPickup, batch)) : executed
  },
})

function photoClaims(
  hashes: readonly string[],
  photos: KnownPhotos,
  events: readonly UnlinkedEvent[],
): Claim[] {
  const recorded = events.find((event) => event.type === 'PickupRecorded')
  if (!recorded) return []
  const { org, site, occurredAt, data } = recorded
  return claimPhotos(hashes, photos, { org, batch: data.batch, site, massGrams: data.massGrams, occurredAt })
}

type Body = Request<'recordPickup'>['body']

/** What must not be in the history: where exactly, who, with which boat, which photos. */
async function sealPrivate({ position, collector, weigher, vessel, photos }: Body): Promise<Sealed> {
  return seal({ position, collector, weigher, vessel, photos }, () => randomBytes(16).toString('hex'))
}

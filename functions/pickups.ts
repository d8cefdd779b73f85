import { randomBytes } from 'node:crypto'
import { locationOf } from '../shared/contract/route.ts'
import { PICKUP_ROUTES } from '../shared/contract/routes/pickups.ts'
import { NATURAL_EARTH } from '../shared/domain/geo/coast/natural-earth.ts'
import { recordPickup } from '../shared/domain/decide/pickup.ts'
import type { UnlinkedEvent } from '../shared/domain/events/event.ts'
import type { Caller } from '../shared/domain/identity/caller.ts'
import { accept, pointedInto } from '../shared/domain/refusal.ts'
import { seal, type Sealed } from '../shared/ledger/seal.ts'
import { actorOf, findOpenSite, timeOf } from './commands/acting.ts'
import { NOTHING_LOADED } from './adapters/ledger.ts'
import { peopleOf } from './adapters/people.ts'
import { claimPhotos, earlierUsesAt, readPhotoUses, type KnownPhotos } from './adapters/photo-uses.ts'
import { hashesOf } from './adapters/photos.ts'
import { findCertificates } from './adapters/registry.ts'
import type { Claim } from './adapters/transaction.ts'
import { created } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { execute, homeId } from './commands/command.ts'
import { readSignedPickup, type SignedText } from './commands/signed.ts'
import { serve, type Handled } from './http/http.ts'
import { capturesOf, reportedPickup } from './commands/reported.ts'
import type { Request } from './http/request.ts'
import { batchOf, viewBatch } from './views/views.ts'

/**
 * `POST /v1/pickups`: one transaction of two items, and no read but what is kept of the caller. A claim adds one item,
 * see adapters/tallies.ts. Each file of a photo adds one, and all together one read, so that the same one is noticed when it
 * comes again. `POST /v1/signed-pickups` is the same with what a device has signed, which is kept as evidence.
 */
export const handler = serve(PICKUP_ROUTES, {
  recordPickup: ({ body, caller, idempotencyKey }) => record({ body, caller, idempotencyKey, request: body }),

  recordSignedPickup: async ({ body, idempotencyKey }) => {
    const read = await readSignedPickup(body.entry, idempotencyKey)
    return read.ok ? record({ ...read.value, idempotencyKey, request: body }) : read
  },
})

interface Recording {
  readonly body: Body
  readonly caller: Caller
  readonly idempotencyKey: string
  /** What has to be the same when it is sent again. */
  readonly request: unknown
  /** As a device has signed it. */
  readonly signed?: SignedText
}

/** One id is one pickup, whether it comes signed or not: a phone may be enrolled between two sendings. */
async function record({ body, caller, idempotencyKey, request, signed }: Recording): Promise<Handled> {
  const batch = await homeId('batch', { org: caller.org, route: 'recordPickup', idempotencyKey })
  const [actor, sealed, people] = await Promise.all([
    actorOf(caller),
    sealPrivate(body, signed?.entry),
    peopleOf(caller.org, { person: body.collector ?? deviceOf(caller), weigher: body.weigher }),
  ])
  const hashes = hashesOf(body.photos ?? [])
  const executed = await execute({
    caller,
    once: { home: batch },
    request,
    openings: sealed.openings,
    people,
    load: async (isRetry) => {
      const refused = signed?.refuse(new Date().toISOString())
      if (refused) return refused
      const site = await findOpenSite(
        caller.org,
        body.siteId,
        body.occurredAt ?? signed?.capturedAt,
        signed ? `${IN_ENTRY}/siteId` : '/siteId',
      )
      if (!site.ok) return site
      const [certificates, uses] = await Promise.all([
        findCertificates(caller.org, isRetry),
        readPhotoUses(hashes),
      ])
      return accept({ world: NOTHING_LOADED, extra: { site: site.value, certificates, uses } })
    },
    decide: (_world, { site, certificates, uses }, now) => {
      const reported = reportedPickup(body, {
        occurredAt: timeOf(body.occurredAt ?? signed?.capturedAt, now),
        site,
        collector: body.collector,
        weigher: body.weigher,
        isFromVessel: body.vessel !== undefined,
        photos: capturesOf(body.photos),
        earlierUses: earlierUsesAt(uses, { org: caller.org, site: site.id, batch }),
      })
      const rules = { coastline: NATURAL_EARTH, certificates }
      const decided = recordPickup({ batch, sealed: sealed.commitments, ...reported }, rules, actor(now))
      return signed ? pointedInto(decided, IN_ENTRY) : decided
    },
    claims: ({ uses }, events) => photoClaims(hashes, uses, events),
    answer: (after, events) => viewBatch(batchOf(after, batch), events.flatMap(checksOf)),
  })
  return executed.ok ? created(executed.value, locationOf(PICKUP_ROUTES.recordPickup, batch)) : executed
}

/** Where an entry names nobody, whose phone it came from is who collected it. */
const deviceOf = ({ by }: Caller): string | undefined => (by.kind === 'device' ? by.id : undefined)

/** Where the pickup stands in what a device signs. */
const IN_ENTRY = '/pickup'

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

/**
 * What must not be in the history: where exactly, who, with which boat, which photos; and the entry as it was signed,
 * which says all of it, and by which device.
 */
async function sealPrivate(
  { position, collector, weigher, vessel, photos }: Body,
  entry: string | undefined,
): Promise<Sealed> {
  return seal({ position, collector, weigher, vessel, photos, entry }, () => randomBytes(16).toString('hex'))
}

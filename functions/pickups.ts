import { randomBytes } from 'node:crypto'
import { PICKUP_ROUTES } from '../shared/contract/routes/pickups.ts'
import { wgs84FromGcj02, type Position } from '../shared/domain/geodesy.ts'
import { gramsFromKg } from '../shared/domain/mass.ts'
import { recordPickup, type Actor } from '../shared/domain/pickup.ts'
import { seal, type Sealed } from '../shared/ledger/seal.ts'
import { jsonText } from './answers.ts'
import { execute, homeId } from './command.ts'
import { serve } from './http.ts'
import type { Request } from './request.ts'
import { findSite } from './sites.ts'
import { batchIn, viewBatch } from './views.ts'

/** `POST /v1/pickups`: one transaction of two items, and no read but the caller's key and organisation. */
export const handler = serve(PICKUP_ROUTES, {
  recordPickup: async ({ body, caller, idempotencyKey }) => {
    const site = await findSite(caller.org, body.siteId)
    if (!site.ok) return site
    const batch = await homeId('batch', caller.org, 'recordPickup', idempotencyKey)
    const actor: Actor = { ...caller, now: new Date().toISOString() }
    const position = body.position && wgs84Of(body.position)
    const { commitments, openings } = await sealPrivate(body)
    const executed = await execute({
      home: batch,
      request: body,
      needs: [],
      openings,
      decide: () =>
        recordPickup(
          {
            batch,
            form: body.form,
            polymer: body.polymer,
            massGrams: gramsFromKg(body.massKg),
            ...(body.pieces !== undefined && { pieces: body.pieces }),
            occurredAt: body.occurredAt === undefined ? actor.now : new Date(body.occurredAt).toISOString(),
            ...(position && { position }),
            site: site.value,
            sealed: commitments,
          },
          actor,
        ),
      answer: (after) => viewBatch(batchIn(after, batch)),
    })
    if (!executed.ok) return executed
    const { answer, replayed } = executed.value
    return jsonText(201, answer, {
      location: `/v1/batches/${batch}`,
      'idempotent-replayed': String(replayed),
    })
  },
})

type Body = Request<'recordPickup'>['body']

function wgs84Of({ lat, lon, crs }: NonNullable<Body['position']>): Position {
  return crs === 'GCJ02' ? wgs84FromGcj02({ lat, lon }) : { lat, lon }
}

/** What must not be in the history: where exactly, who, with which boat, which photos. */
async function sealPrivate({ position, collector, vessel, photos }: Body): Promise<Sealed> {
  return seal({ position, collector, vessel, photos }, () => randomBytes(16).toString('hex'))
}

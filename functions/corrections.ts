import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import { refuseCorrection } from '../shared/contract/roles.ts'
import { CORRECTION_ROUTES } from '../shared/contract/routes/corrections.ts'
import type { correctionBody } from '../shared/contract/requests/corrections.ts'
import type { Instead } from '../shared/domain/decide/correct.ts'
import { factsOfPickup } from '../shared/domain/decide/pickup.ts'
import { identified } from '../shared/domain/decide/product.ts'
import type { DomainEvent } from '../shared/domain/events/event.ts'
import type { PickupFacts } from '../shared/domain/events/pickup.ts'
import type { Coastline } from '../shared/domain/geo/coast/coastline.ts'
import { EVENT_ID_PATTERN } from '../shared/domain/ids.ts'
import type { RunStep } from '../shared/domain/material/stages.ts'
import { isAnythingErased } from '../shared/domain/privacy/sealed.ts'
import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'
import { seal } from '../shared/ledger/seal.ts'
import { actorOf, findSite } from './commands/acting.ts'
import { readGtinHolding } from './adapters/gtin-holdings.ts'
import { findGtinLot } from './adapters/gtin-lots.ts'
import { readEvents } from './adapters/history.ts'
import { readSealedPickup, type KnownPickup, type SealedPickup } from './adapters/openings.ts'
import { earlierUsesAt } from './adapters/photo-uses.ts'
import { hashesOf } from './adapters/photos.ts'
import { findCertificates, forgetLists } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { onceOf } from './commands/command.ts'
import { correct, type Said } from './commands/correcting.ts'
import { serve } from './http/http.ts'
import { inspectionCommand } from './commands/lab.ts'
import { ownRun } from './commands/runs.ts'
import { capturesOf, reportedPickup } from './commands/reported.ts'

/** `POST /v1/events/{id}/corrections`: an organisation declares an event of its own wrong. */
export const handler = serve(CORRECTION_ROUTES, {
  correctEvent: async ({ path, body, caller, idempotencyKey, header }) => {
    const event = await ownEvent(path['id'], caller.org)
    if (!event) return notFound(`event ${path['id'] ?? ''}`)
    const mayNot = refuseCorrection(caller.role, event.type, await stepOf(event))
    if (mayNot) return mayNot
    const actor = await actorOf(caller, ...(event.type === 'BatchReceived' ? [event.data.from.org] : []))
    const { instead } = body
    const anew = instead?.type === 'PickupRecorded' ? instead : undefined
    const sealed = await seal({ position: anew?.position ?? undefined }, () =>
      randomBytes(16).toString('hex'),
    )
    const before = anew ? await readSealedPickup(event.id) : NOTHING_SEALED
    const { person } = before.people
    const isErased = person === undefined && isAnythingErased(event, before.known)
    const executed = await correct(
      {
        once: await onceOf({ org: caller.org, route: 'correctEvent', idempotencyKey, target: event.id }),
        caller,
        request: body,
        event,
        occurredAt: body.occurredAt,
        reason: body.reason,
        ifMatch: header('if-match'),
        said:
          instead &&
          ((history, isRetry) => saidInstead(instead, event, { before: before.told, history, isRetry })),
        sealed: sealed.commitments,
        // Who collected it was erased: where they were is not told anew.
        openings: isErased ? {} : sealed.openings,
        people: person === undefined ? {} : { person },
        answer: (_, [correction]) => ({
          id: correction?.id,
          corrects: event.id,
          type: event.type,
          recordedAt: correction?.recordedAt,
        }),
      },
      actor,
    )
    if (!executed.ok) return executed
    if (event.type === 'CertificateRegistered') forgetLists(caller.org)
    return created(executed.value)
  },
})

/** Only who recorded an event can declare it wrong; to others it is not there. */
async function ownEvent(id: string | undefined, org: string): Promise<DomainEvent | undefined> {
  if (id === undefined || !EVENT_ID_PATTERN.test(id)) return undefined
  const event = (await readEvents([id])).get(id)?.event
  return event?.org === org ? event : undefined
}

/** The step of the run that an event is about; undefined where it is about none. */
async function stepOf(event: DomainEvent): Promise<RunStep | undefined> {
  if (event.type === 'RunOpened' || event.type === 'RunClosed') return event.data.step
  return event.type === 'RunCharged' ? (await ownRun(event.data.run, event.org))?.step : undefined
}

type InsteadBody = NonNullable<z.output<typeof correctionBody>['instead']>

/** What was sealed in the event to be corrected, its history, and whether an earlier try was refused by a tally. */
interface Known {
  readonly before: SealedPickup
  readonly history: readonly DomainEvent[]
  readonly isRetry: boolean
}

/** Told apart by the decider; a body of another type than the event's is refused there. */
async function saidInstead(body: InsteadBody, event: DomainEvent, known: Known): Promise<Decision<Said>> {
  switch (body.type) {
    case 'ProductMade': {
      const { name, gtin, lot } = body
      const called = { name, ...(gtin && { gtin }), ...(lot && { lot }) }
      const batch = event.type === 'ProductMade' ? event.data.batch : ''
      const [isTaken, held] = await Promise.all([
        isTakenFrom(batch, called),
        gtin === undefined ? undefined : readGtinHolding(gtin),
      ])
      const facts = { ...called, isTaken, holding: held?.holding }
      const instead = (): Decision<Instead> => accept({ of: 'ProductMade', facts })
      return accept({ photos: [], instead, holding: held?.holding })
    }
    case 'BatchInspected': {
      const facts = inspectionCommand(body, event.occurredAt)
      return accept({ photos: [], instead: () => accept({ of: 'BatchInspected', facts }) })
    }
    case 'PickupRecorded':
      return pickupInstead(body, event, known)
  }
}

/** Whether another lot has the GTIN and lot number that a product lot is to have. */
async function isTakenFrom(
  batch: string,
  called: Readonly<Partial<Record<'gtin' | 'lot', string>>>,
): Promise<boolean> {
  const { gtin, lot } = identified(called, batch)
  const found = gtin !== undefined && lot !== undefined ? await findGtinLot(gtin, lot) : undefined
  return found !== undefined && found.batch !== batch
}

/**
 * A pickup said anew is judged as on entry: by the photos, the collector and the weigher that it had then, which are
 * sealed beside its event. What was erased is not judged, and the check says so.
 */
async function pickupInstead(
  body: Extract<InsteadBody, { type: 'PickupRecorded' }>,
  event: DomainEvent,
  { before, history, isRetry }: Known,
): Promise<Decision<Said>> {
  const { org } = event
  const { position: given, ...fields } = body
  const position = given === undefined ? await standingPosition(event, history) : accept(given ?? undefined)
  if (!position.ok) return position
  const [site, certificates, coastline] = await Promise.all([
    findSite(org, event.site),
    findCertificates(org, isRetry),
    readCoastline(),
  ])
  if (!site.ok) return site
  const { collector, weigher, photos = [] } = before
  const wereErased = before.photos === undefined && hasSealed(event, 'photos')
  return accept({
    photos: hashesOf(photos),
    instead: (uses, actor) => {
      const reported = reportedPickup(
        { ...fields, position: position.value },
        {
          occurredAt: event.occurredAt,
          site: site.value,
          collector,
          weigher,
          isFromVessel: hasSealed(event, 'vessel'),
          photos: wereErased ? 'erased' : capturesOf(photos),
          earlierUses: earlierUsesAt(uses, { org, site: event.site, batch: event.home }),
        },
      )
      const facts = factsOfPickup(reported, { coastline, certificates }, actor)
      return facts.ok ? accept({ of: 'PickupRecorded', facts: facts.value }) : facts
    },
  })
}

/** It lies beside the bundle: most corrections are of no pickup. */
async function readCoastline(): Promise<Coastline> {
  const { NATURAL_EARTH } = await import('../shared/domain/geo/coast/natural-earth.ts')
  return NATURAL_EARTH
}

/**
 * The position that a pickup has, for a correction that says none: its own, or that of the latest correction that gave
 * one. Nobody can read it back to repeat it, so leaving it out leaves it as it is.
 */
async function standingPosition(
  event: DomainEvent,
  history: readonly DomainEvent[],
): Promise<Decision<SealedPickup['position']>> {
  const sayings = history.flatMap((later) =>
    later.id === event.id || (later.type === 'EventCorrected' && later.data.event === event.id)
      ? [later]
      : [],
  )
  const last = sayings.findLast(
    (saying) => placeBasisIn(saying) === 'station' || hasSealed(saying, 'position'),
  )
  if (!last || placeBasisIn(last) === 'station') return accept(undefined)
  const { position } = (await readSealedPickup(last.id)).told
  if (position) return accept(position)
  const detail = `The position of ${event.id} was erased, so it cannot be judged anew: give it again, or null if none is known.`
  return refuse('invalid-request', detail, '/instead/position')
}

function placeBasisIn({ type, data }: DomainEvent): PickupFacts['placeBasis'] | undefined {
  if (type === 'PickupRecorded') return data.placeBasis
  return type === 'EventCorrected' && data.undo.of === 'PickupRecorded'
    ? data.undo.instead?.placeBasis
    : undefined
}
const NOTHING_SEALED: KnownPickup = { told: {}, known: [], people: {} }

const hasSealed = (event: DomainEvent, field: string): boolean =>
  'sealed' in event.data && event.data.sealed[field] !== undefined

import type { Certificate } from '../../../../shared/domain/state/certificate.ts'
import type { Batch } from '../../../../shared/domain/state/batch.ts'
import { NATURAL_EARTH } from '../../../../shared/domain/geo/coast/natural-earth.ts'
import type { Actor } from '../../../../shared/domain/decide/actor.ts'
import { closeRun } from '../../../../shared/domain/decide/close.ts'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import { correctEvent, type Instead } from '../../../../shared/domain/decide/correct.ts'
import { processBatches, type ProcessBatches } from '../../../../shared/domain/decide/one-shot.ts'
import { factsOfPickup, recordPickup, type RecordPickup } from '../../../../shared/domain/decide/pickup.ts'
import { receiveShipment, type ReceiveShipment } from '../../../../shared/domain/decide/receive.ts'
import { chargeRun, openRun, type ChargeRun, type OpenRun } from '../../../../shared/domain/decide/run.ts'
import { shipBatches, type ShipBatches } from '../../../../shared/domain/decide/ship.ts'
import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../../../shared/domain/events/event.ts'
import { fold, type Subject } from '../../../../shared/domain/state/fold.ts'
import { STEPS } from '../../../../shared/domain/lineage/journey.ts'
import { refuse, type Decision } from '../../../../shared/domain/refusal.ts'
import { massBalance, type MassBalance } from '../../../../shared/domain/report/balance.ts'
import { bookingOf } from '../../../../shared/domain/report/booking.ts'
import { arrange } from '../../../../shared/domain/report/closed.ts'
import type { Place } from '../../../../shared/domain/report/lines.ts'
import { EMPTY_STOCK, stockAfter } from '../../../../shared/domain/report/stock.ts'
import type { Run } from '../../../../shared/domain/state/run.ts'
import { ofKind } from '../../../../shared/domain/state/world.ts'
import { pickupCommand, runCommand, SITE, stored, worldOf } from '../scenario.ts'

/** Two organisations with two sites each, all that happened to them, and their books. */
export const COOP = { org: 'coop', sites: ['quay', 'plant'] } as const
export const MILL = { org: 'mill', sites: ['gate', 'hall'] } as const
export const ORGS = [COOP, MILL] as const
export const PLACES: readonly Place[] = ORGS.flatMap(({ org, sites }) => sites.map((site) => ({ org, site })))

export const QUAY: Place = { org: 'coop', site: 'quay' }
export const PLANT: Place = { org: 'coop', site: 'plant' }
export const GATE: Place = { org: 'mill', site: 'gate' }

/** OBP at all sites and steps, all year. */
export const CERTIFICATES: readonly Certificate[] = ORGS.map(({ org, sites }) => ({
  kind: 'certificate',
  id: `C-${org}`,
  org,
  scheme: 'OBP',
  number: '7-1',
  body: 'Control Union',
  sites,
  steps: STEPS,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  recordedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  head: '',
}))

export interface Books {
  readonly subjects: ReadonlyMap<string, Subject>
  readonly events: readonly DomainEvent[]
}

export const NO_BOOKS: Books = { subjects: new Map(), events: [] }

export type Act = (books: Books) => Decision<UnlinkedEvent[]>

/** Appends what was decided, or throws what it was refused with. */
export function done(books: Books, act: Act): Books {
  const decision = act(books)
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}, ${decision.refusal.detail}`)
  return appended(books, decision.value)
}

export function appended({ subjects, events }: Books, decided: readonly UnlinkedEvent[]): Books {
  const hashed = stored(decided)
  return { subjects: fold(subjects, hashed), events: [...events, ...hashed.map(({ event }) => event)] }
}

export const given = (...acts: readonly Act[]): Books => acts.reduce(done, NO_BOOKS)

/** Where what is picked up is ocean-bound for certain, and so certified. */
export const CERTIFIED = { position: { lat: 28.45, lon: 121.88 }, accuracyM: 10 } as const

/** The nth hour of August 2026. */
export const hour = (n: number): string => new Date(Date.UTC(2026, 7, 1, n)).toISOString()

/** Who acts, at once: what happened at an hour is recorded in that hour, unless said otherwise; all sites may be closed. */
export const actor = (org: string, now: string, closedUntil?: string): Actor => ({
  org,
  role: 'operator',
  now,
  closes: closedUntil === undefined ? [] : PLACES.map((place) => ({ ...place, until: closedUntil })),
})

const certificatesOf = (org: string): Certificate[] =>
  CERTIFICATES.filter((certificate) => certificate.org === org)

type At<T> = Partial<T> & { readonly occurredAt: string }

export const pickup =
  ({ org, site }: Place, changes: At<RecordPickup>, by = actor(org, changes.occurredAt)): Act =>
  () =>
    recordPickup(
      pickupCommand({ site: { ...SITE, id: site }, ...changes }),
      { coastline: NATURAL_EARTH, certificates: certificatesOf(org) },
      by,
    )

export const oneShot =
  ({ org, site }: Place, changes: At<ProcessBatches>, by = actor(org, changes.occurredAt)): Act =>
  ({ subjects }) =>
    processBatches(runCommand({ site, ...changes }), worldOf(subjects), certificatesOf(org), by)

export const open =
  ({ org, site }: Place, changes: At<OpenRun>, by = actor(org, changes.occurredAt)): Act =>
  () =>
    openRun({ run: 'RAAAAAAAAAAAA', step: 'cleaning', site, ...changes }, by)

export const charge =
  (org: string, run: string, command: At<ChargeRun>, by = actor(org, command.occurredAt)): Act =>
  ({ subjects }) =>
    onRun({ subjects }, run, (found) =>
      chargeRun(found, { draws: [], added: [], ...command }, worldOf(subjects), by),
    )

export const close =
  (org: string, run: string, command: At<CloseRun>, by = actor(org, command.occurredAt)): Act =>
  ({ subjects }) =>
    onRun({ subjects }, run, (found) =>
      closeRun(found, { outputs: [], losses: {}, ...command }, certificatesOf(org), by),
    )

const onRun = (
  { subjects }: Pick<Books, 'subjects'>,
  id: string,
  decide: (run: Run) => Decision<UnlinkedEvent[]>,
): Decision<UnlinkedEvent[]> => {
  const run = ofKind(worldOf(subjects), id, 'run')
  return run ? decide(run) : refuse('not-found', `There is no run ${id}.`)
}

export const ship =
  ({ org, site }: Place, changes: At<ShipBatches>, by = actor(org, changes.occurredAt)): Act =>
  ({ subjects }) =>
    shipBatches(
      {
        shipment: 'SAAAAAAAAAAAA',
        site,
        to: { org: GATE.org, site: GATE.site },
        batches: ['BAAAAAAAAAAAA'],
        manifest: { number: 'M-1' },
        transport: { mode: 'road', distanceKm: 100, basis: 'estimated' },
        sealed: {},
        ...changes,
      },
      worldOf(subjects),
      by,
    )

export const receive =
  (
    { org, site }: Place,
    shipment: string,
    changes: At<ReceiveShipment>,
    by = actor(org, changes.occurredAt),
  ): Act =>
  ({ subjects }) => {
    const found = ofKind(worldOf(subjects), shipment, 'shipment')
    if (!found) return refuse('not-found', `There is no shipment ${shipment}.`)
    const command = { site, lines: [], seen: {}, sealed: {}, ...changes }
    return receiveShipment(found, command, worldOf(subjects), by)
  }

/** Declares the first event of a type wrong, or the one with this id; a pickup may be said anew with another mass. */
export const correct =
  (
    what: string,
    { occurredAt, netGrams }: { readonly occurredAt: string; readonly netGrams?: number },
    by?: Actor,
  ): Act =>
  (books) => {
    const event = books.events.find(({ id, type }) => id === what || type === what)
    if (!event) return refuse('not-found', `There is no event ${what}.`)
    const acting = by ?? actor(event.org, occurredAt)
    const instead = netGrams === undefined ? undefined : saidAnew(event, netGrams, acting)
    return correctEvent(
      {
        event,
        occurredAt,
        ...(instead && { instead }),
        sealed: {},
        histories: historiesOf(books),
      },
      worldOf(books.subjects),
      acting,
    )
  }

function saidAnew(event: DomainEvent, netGrams: number, by: Actor): Instead | undefined {
  const {
    batch: _,
    sealed: __,
    ...reported
  } = pickupCommand({
    netGrams,
    occurredAt: event.occurredAt,
    site: { ...SITE, id: event.site },
    ...(event.type === 'PickupRecorded' && event.data.claims['OBP'] !== undefined && CERTIFIED),
  })
  const certificates = certificatesOf(event.org)
  const facts = factsOfPickup(reported, { coastline: NATURAL_EARTH, certificates }, by)
  return facts.ok ? { of: 'PickupRecorded', facts: facts.value } : undefined
}

function historiesOf({ events }: Books): Map<string, DomainEvent[]> {
  const histories = new Map<string, DomainEvent[]>()
  for (const event of events) {
    for (const subject of subjectsOf(event))
      histories.set(subject, [...(histories.get(subject) ?? []), event])
  }
  return histories
}

/** The balance of a place from the beginning of its books. */
export function balanceOf({ events }: Books, place: Place, from: string, to: string): MassBalance {
  const bookings = events.map((event) => bookingOf(event, place))
  const { before, within } = arrange(bookings, [], { from, to })
  return massBalance({ ...place, from, to, opening: stockAfter(EMPTY_STOCK, before), bookings: within })
}

export const batchesIn = ({ subjects }: Pick<Books, 'subjects'>): Batch[] =>
  [...subjects.values()].filter((subject) => subject.kind === 'batch')

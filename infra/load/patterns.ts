import * as keys from '../../functions/adapters/keys.ts'
import type { Place } from '../cost/measured.ts'

/**
 * What each kind of work touches in the database: the keys are made by keys.ts itself, the units are what items of that
 * kind take. A test holds both against what the adapters really send (test/infra/load/patterns.test.ts).
 */
export interface Touch {
  readonly place: Place
  readonly pk: string
  readonly writes?: number
  readonly reads?: number
}

/** The key design under load: that of keys.ts, or another to see what would become of it. */
export const KEYS = {
  stateKey: keys.stateKey,
  historyKey: keys.historyKey,
  passportKey: keys.passportKey,
  onceKey: keys.onceKey,
  photoUseKey: keys.photoUseKey,
  gtinLotKey: keys.gtinLotKey,
  organisationKey: keys.organisationKey,
  identityKey: keys.identityKey,
  siteIndexPk: keys.siteIndexPk,
  journalPk: keys.journalPk,
  personPk: keys.personPk,
} as const
export type Keys = typeof KEYS

/** Indexes whose entries come in the order of their sort keys: their newest end takes all writes, and no split halves it. */
export const ASCENDING: ReadonlySet<Place> = new Set(['bySite', 'byPerson', 'byWeigher'])

/** Write units of items, twice their kilobytes where a transaction writes them. */
const UNITS = {
  pickupEvent: 6.5,
  pickupEventWithPhoto: 7.7,
  state: 2,
  photoUse: 2,
  link: 2,
  index: 1,
  passport: 1,
  mark: 2,
  once: 2,
  chargeEvent: 8,
  runState: 6,
} as const

export interface Where {
  readonly org: string
  readonly site: string
}

export interface Pickup extends Where {
  readonly batch: string
  readonly person: string
  readonly weigher: string
  /** Hashes of its files. */
  readonly photos: readonly string[]
}

export function pickupTouches(k: Keys, { org, site, batch, person, weigher, photos }: Pickup): Touch[] {
  const event = photos.length > 0 ? UNITS.pickupEventWithPhoto : UNITS.pickupEvent
  return [
    { place: 'table', pk: k.historyKey(batch, 1).pk, writes: event },
    { place: 'table', pk: k.stateKey(batch).pk, writes: UNITS.state },
    ...photos.map((hash): Touch => ({
      place: 'table',
      pk: k.photoUseKey(hash).pk,
      writes: UNITS.photoUse,
      reads: 1,
    })),
    { place: 'bySite', pk: k.journalPk(org, site), writes: UNITS.index },
    { place: 'bySite', pk: k.siteIndexPk(org, site), writes: UNITS.index },
    { place: 'byPerson', pk: k.personPk(person), writes: UNITS.index },
    { place: 'byWeigher', pk: k.personPk(weigher), writes: UNITS.index },
  ]
}

export interface ChargeCall extends Where {
  readonly run: string
  readonly command: string
  readonly batches: readonly { readonly id: string; readonly lay: Where }[]
}

/** A call that draws batches into a run. Each is in the journal of the site where it lay, if that is not the run's. */
export function chargeTouches(k: Keys, { org, site, run, command, batches }: ChargeCall): Touch[] {
  return [
    { place: 'table', pk: k.onceKey(command).pk, writes: UNITS.once },
    { place: 'table', pk: k.historyKey(run, 2).pk, writes: UNITS.chargeEvent },
    { place: 'table', pk: k.stateKey(run).pk, writes: UNITS.runState, reads: 1 },
    { place: 'bySite', pk: k.journalPk(org, site), writes: UNITS.index },
    ...batches.flatMap(({ id, lay }): Touch[] => [
      { place: 'table', pk: k.stateKey(id).pk, writes: UNITS.state, reads: 1 },
      { place: 'table', pk: k.historyKey(id, 2).pk, writes: UNITS.link },
      { place: 'bySite', pk: k.journalPk(lay.org, lay.site), writes: UNITS.index },
      // Its entry in the list of its site stays as it is, which costs nothing.
      { place: 'bySite', pk: k.siteIndexPk(lay.org, lay.site) },
    ]),
  ]
}

export const passportTouches = (k: Keys, batch: string): Touch[] => [
  { place: 'table', pk: k.passportKey(batch).pk, writes: UNITS.passport },
]

/** A hold that reaches a batch, and its passport made anew. */
export const markTouches = (k: Keys, batch: string): Touch[] => [
  { place: 'table', pk: k.stateKey(batch).pk, writes: UNITS.mark },
  ...passportTouches(k, batch),
]

export const scanTouches = (k: Keys, batch: string): Touch[] => [
  { place: 'table', pk: k.passportKey(batch).pk, reads: 0.5 },
]

export const resolveTouches = (k: Keys, gtin: string, lot: string): Touch[] => [
  { place: 'table', pk: k.gtinLotKey(gtin, lot).pk, reads: 0.5 },
]

/** Whoever calls once in a while: nothing of them is kept, and their use is noted. */
export const callerTouches = (k: Keys, ref: string): Touch[] => [
  { place: 'table', pk: k.identityKey('key', ref).pk, reads: 1, writes: 1 },
]

import { idFromBytes } from '../../shared/domain/ids.ts'
import { zipf, type Chance } from './chance.ts'
import type { HeatMeter } from './heat.ts'
import {
  callerTouches,
  chargeTouches,
  markTouches,
  passportTouches,
  pickupTouches,
  resolveTouches,
  scanTouches,
  type Keys,
  type Where,
} from './patterns.ts'
import type { Scenario } from './scenarios.ts'
import { STREAM } from './limits.ts'

/** Drives some seconds of a load through the keys, and counts what they touch. */

const CHARGES_PER_CALL = 40
const FILES_PER_PICKUP = 2
const WEIGHERS_AT_A_SITE = 2
/** Products that are scanned on a day like any other, each code of the same brand's three. */
const PRODUCTS = 10_000
const GTINS = ['06901234567892', '06901234567809', '06901234567816']

export interface Driven {
  readonly scenario: Scenario
  /** Scans per second that no cache answered. */
  readonly misses: number
  /** Batches per second that a hold reaches. */
  readonly marks: number
}

export function drive(
  { scenario, misses, marks }: Driven,
  { keys, chance, seconds, meter }: { keys: Keys; chance: Chance; seconds: number; meter: HeatMeter },
): void {
  const world = worldOf(scenario, chance)
  const products = Array.from({ length: scenario.isOneProduct ? 1 : PRODUCTS }, world.newBatch)
  const held = world.newBatch()
  const times = (mean: number, each: () => void): void => {
    for (let left = chance.count(mean); left > 0; left--) each()
  }
  for (let second = 0; second < seconds; second++) {
    meter.nextSecond()
    times(scenario.pickups, () => meter.count(aPickup(keys, world)))
    times(scenario.chargeCalls, () => meter.count(aChargeCall(keys, world)))
    times(misses, () => {
      const product = products[Math.floor(chance.next() * products.length)] ?? ''
      const gtin = GTINS[scenario.isOneProduct ? 0 : Math.floor(chance.next() * GTINS.length)] ?? ''
      meter.count([...resolveTouches(keys, gtin, product), ...scanTouches(keys, product)])
    })
    times(marks, () => meter.count(markTouches(keys, world.newBatch())))
    // Each call of the projector looks the hold up that it carries on.
    meter.count([
      { place: 'table', pk: keys.historyKey(held, 2).pk, reads: Math.ceil(marks / STREAM.recordsPerCall) },
    ])
  }
}

interface World {
  readonly somewhere: () => Where
  readonly atAPlant: () => Where
  readonly newBatch: () => string
  readonly newRun: () => string
  readonly newHash: () => string
  readonly oneOf: (count: number) => number
  readonly peopleAtASite: number
}

function worldOf({ sites }: Scenario, chance: Chance): World {
  const organisation = zipf(sites.organisations)
  const site = zipf(sites.sitesEach)
  return {
    somewhere: () => ({ org: `coop-${organisation(chance)}`, site: `harbour-${site(chance)}` }),
    atAPlant: () => ({ org: `coop-${organisation(chance)}`, site: 'plant' }),
    newBatch: () => idFromBytes('batch', chance.bytes(ID_BYTES)),
    newRun: () => idFromBytes('run', chance.bytes(ID_BYTES)),
    newHash: () => Buffer.from(chance.bytes(HASH_BYTES)).toString('hex'),
    oneOf: (count) => Math.floor(chance.next() * count),
    peopleAtASite: sites.peopleAtASite,
  }
}

const ID_BYTES = 8
const HASH_BYTES = 16

function aPickup(keys: Keys, world: World) {
  const { org, site } = world.somewhere()
  const batch = world.newBatch()
  const person = `${org} ${site} ${world.oneOf(world.peopleAtASite)}`
  return [
    ...callerTouches(keys, person),
    ...pickupTouches(keys, {
      org,
      site,
      batch,
      person,
      weigher: `${org} ${site} weigher ${world.oneOf(WEIGHERS_AT_A_SITE)}`,
      photos: Array.from({ length: FILES_PER_PICKUP }, world.newHash),
    }),
    ...passportTouches(keys, batch),
  ]
}

/** What one call draws came from one harbour, in one lot of pickups. */
function aChargeCall(keys: Keys, world: World) {
  const lay = world.somewhere()
  const batches = Array.from({ length: CHARGES_PER_CALL }, () => ({ id: world.newBatch(), lay }))
  return [
    ...chargeTouches(keys, { ...world.atAPlant(), run: world.newRun(), command: world.newHash(), batches }),
    ...batches.flatMap(({ id }) => passportTouches(keys, id)),
  ]
}

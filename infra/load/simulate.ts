import { LAMBDA, LOG_SHAPE, PHOTO } from '../cost/assumptions.ts'
import type { Measured } from '../cost/measured.ts'
import { chanceFrom, zipfShare } from './chance.ts'
import { checksOf, type Check } from './checks.ts'
import { drive } from './drive.ts'
import { heatMeter, type Heat } from './heat.ts'
import { KEPT_SECONDS, partitionsFor, STREAM } from './limits.ts'
import { KEYS, type Keys } from './patterns.ts'
import { scenariosAt, type Scenario } from './scenarios.ts'
import type { Place } from '../cost/measured.ts'

/** Everything that a load asks for per second, beside what is counted key by key. */
export interface Strain {
  readonly scenario: Scenario
  readonly heat: Readonly<Record<Place, Heat>>
  readonly apiCalls: number
  readonly concurrent: number
  readonly shards: number
  readonly events: number
  /** Reads of the record of the largest organisation, and what one of them takes. */
  readonly organisationReads: number
  readonly organisationUnits: number
  /** Reads of all that it has closed, and what one of them takes. */
  readonly closesReads: number
  readonly closesUnits: number
  /** Of what is to be projected, and how much all lanes together can. */
  readonly projected: number
  readonly projectable: number
  readonly marks: number
  readonly logLagHours: number
  readonly logPerSecond: number
}

export interface Simulated {
  readonly strain: Strain
  readonly checks: readonly Check[]
}

export interface Options {
  readonly factor: number
  readonly seed: number
  readonly seconds: number
  readonly measured: Measured
  readonly keys?: Keys
}

export const simulate = ({ factor, seed, ...options }: Options): Simulated[] =>
  scenariosAt(factor).map((scenario, at) => simulateOne(scenario, { ...options, seed: seed + at }))

/** Caches of the CDN that ask for the same page: edge locations, times the headers and languages that make a page another. */
const CDN_CACHES = 100 * 10
const PAGE_SECONDS = 2

function simulateOne(
  scenario: Scenario,
  { seed, seconds, measured, keys = KEYS }: Omit<Options, 'factor'>,
): Simulated {
  const times = timesFrom(measured)
  const misses = scenario.isOneProduct ? Math.min(scenario.scans, CDN_CACHES / PAGE_SECONDS) : scenario.scans
  const before = roughShards(scenario)
  const marks = Math.min(scenario.descendants, perSecondOf(before, times.mark))
  const meter = heatMeter()
  drive({ scenario, misses, marks }, { keys, chance: chanceFrom(seed), seconds, meter })
  const heat = { table: meter.of('table'), ...indexesOf(meter) }
  const shards = heat.table.partitions
  const projected = scenario.pickups + scenario.chargeCalls * CHARGES_PER_CALL + marks
  const projector = callsOf(projected / shards)
  const pickupCalls = scenario.pickups * (1 + PHOTO.files)
  const authorized = pickupCalls + scenario.chargeCalls
  const apiCalls = authorized + misses * 2
  const concurrent =
    authorized * times.authorizer +
    scenario.pickups * times.pickup +
    scenario.chargeCalls * times.chargeCall +
    misses * (times.scan + times.resolve) +
    projector.calls * shards * (projector.records * times.passport + times.requests)
  const organisationUnits = unitsOfOrganisation(scenario.sites.sitesEach)
  const events = scenario.pickups + scenario.chargeCalls
  const reads = organisationReads(scenario, {
    authorized,
    authorizers: authorized * times.authorizer,
    functions: scenario.pickups * times.pickup,
    projectorCalls: projector.calls * shards,
    recordsPerCall: projector.records,
  })
  const strain: Strain = {
    scenario,
    heat,
    apiCalls,
    concurrent,
    shards,
    events,
    organisationUnits,
    organisationReads: reads.record,
    closesReads: reads.closes,
    closesUnits: unitsOfCloses(scenario.sites.sitesEach),
    projected,
    projectable: perSecondOf(shards, times.passport),
    marks,
    logPerSecond: LOG_PER_SECOND,
    logLagHours: lagHours(scenario, events),
  }
  return { strain, checks: checksOf(strain) }
}

const CHARGES_PER_CALL = 40
const LOG_PER_SECOND = LOG_SHAPE.mostCommitsPerSecond * LOG_SHAPE.mostLeaves

function indexesOf(meter: { readonly of: (place: Place) => Heat }): Record<Exclude<Place, 'table'>, Heat> {
  return { bySite: meter.of('bySite'), byPerson: meter.of('byPerson'), byWeigher: meter.of('byWeigher') }
}

/** Seconds on Lambda: CPU time here, made longer by the share of a processor there, and requests. */
function timesFrom({ work }: Measured) {
  const seconds = (cpuMs: number, requests: number): number =>
    (cpuMs * LAMBDA.slowdown + requests * LAMBDA.requestMs) / 1_000
  const { pickupWithPhoto, charge, scan, resolve, passportOfMany } = work
  return {
    authorizer: seconds(LAMBDA.authorizerCpuMs, 2),
    pickup: seconds(pickupWithPhoto.cpuMs, pickupWithPhoto.requests),
    chargeCall: seconds(charge.cpuMs * CHARGES_PER_CALL, charge.requests * CHARGES_PER_CALL),
    scan: seconds(scan.cpuMs, scan.requests),
    resolve: seconds(resolve.cpuMs, resolve.requests),
    // Of many in a call, 25 are written at once.
    passport: seconds(passportOfMany.cpuMs, 1 / STREAM.marksAtOnce),
    mark: seconds(passportOfMany.cpuMs, 2 / STREAM.marksAtOnce),
    requests: seconds(0, 1),
  }
}

/** What all lanes of so many shards get done in a second. */
const perSecondOf = (shards: number, each: number): number => (shards * STREAM.lanesPerShard) / each

/** Shards there are before a recall begins: as the other work has it. */
const roughShards = ({ pickups }: Scenario): number => partitionsFor(pickups * WRITES_A_PICKUP, 0)
const WRITES_A_PICKUP = 20

/** Of one shard: it is asked a few times a second, and what it has is handed to its lanes. */
function callsOf(recordsPerSecond: number): { calls: number; records: number } {
  const asked = STREAM.pollsPerSecond * STREAM.lanesPerShard
  const calls = Math.max(recordsPerSecond / STREAM.recordsPerCall, Math.min(recordsPerSecond, asked))
  return { calls, records: calls === 0 ? 0 : recordsPerSecond / calls }
}

/** A record holds all sites of an organisation, and is read whole even where one attribute is wanted. */
const SITE_BYTES = 140
const ORGANISATION_BYTES = 300
const READ_BYTES = 4_096
export const unitsOfOrganisation = (sites: number): number =>
  Math.ceil((ORGANISATION_BYTES + SITE_BYTES * sites) / READ_BYTES)

/** Each site closes its books every month, and whoever records anything reads all that its organisation ever closed. */
const CLOSE_BYTES = 700
const MONTHS_CLOSED = 12
export const unitsOfCloses = (sites: number): number =>
  Math.ceil((CLOSE_BYTES * MONTHS_CLOSED * sites) / READ_BYTES)

/** Instances of functions, as many as work at once; each reads what it does not keep, and not more often than it is asked. */
function organisationReads(
  { sites, pickups }: Scenario,
  busy: {
    readonly authorized: number
    readonly authorizers: number
    readonly functions: number
    readonly projectorCalls: number
    readonly recordsPerCall: number
  },
): { record: number; closes: number } {
  const share = zipfShare(sites.organisations, 0)
  const asked = (calls: number, instances: number, keptSeconds: number): number =>
    Math.min(calls * share, Math.max(1, instances) / keptSeconds)
  const byFunctions = asked(pickups, busy.functions, KEPT_SECONDS.organisation)
  return {
    closes: byFunctions,
    record:
      byFunctions +
      asked(busy.authorized, busy.authorizers, KEPT_SECONDS.caller) +
      busy.projectorCalls * (1 - (1 - share) ** busy.recordsPerCall),
  }
}

/**
 * How long the log is behind at worst, while the load rises evenly to its peak and falls again: what has come in by then
 * and was not appended, by how much is appended in an hour.
 */
export function lagHours({ hours }: Pick<Scenario, 'hours'>, peakPerSecond: number): number {
  let [backlog, worst] = [0, 0]
  const steps = 600
  const seconds = (hours * 3_600) / steps
  for (let step = 0; step < steps; step++) {
    const height = 1 - Math.abs((2 * (step + 0.5)) / steps - 1)
    backlog = Math.max(0, backlog + (peakPerSecond * height - LOG_PER_SECOND) * seconds)
    worst = Math.max(worst, backlog)
  }
  return worst / LOG_PER_SECOND / 3_600
}

import { LOG_SHAPE, OTHER_CALL, PHOTO, type Month } from './assumptions.ts'
import type { Fixed } from './fixed.ts'
import type { Measured, Work } from './measured.ts'
import {
  call,
  GB,
  logged,
  passport,
  perCommitAt,
  photos,
  plus,
  resolved,
  scaled,
  scanCached,
  scanUncached,
  worked,
  type Front,
  type Quantities,
} from './quantities.ts'

/** What a month takes, by what it is for. Pure. */

/** A row of what is printed: quantities and what they are for. */
export interface Row {
  readonly label: string
  readonly quantities: Quantities
}

const SECONDS_A_MONTH = (365 / 12) * 86_400
const PER_CALL = 40
/** As infra/aws/stream.ts hands over at most. */
const RECORDS_PER_CALL = 50
export const MILLION = 1_000_000

/** What a million of each takes. */
export function perMillion(front: Front, measured: Measured): Row[] {
  const { work } = measured
  const alone = passport(work.passportAlone, 1)
  const row = (label: string, each: Quantities): Row => ({ label, quantities: scaled(each, MILLION) })
  return [
    row('pickups', plus(worked(front, measured, work.pickup), alone)),
    row(
      'pickups with a photo',
      plus(worked(front, measured, work.pickupWithPhoto), photos(front, measured), alone),
    ),
    row('charges of a run', plus(worked(front, measured, work.charge), alone)),
    row('shipments with receipt', plus(worked(front, measured, work.shipment), scaled(alone, 2))),
    row('product lots', plus(worked(front, measured, work.product), scaled(alone, 2))),
    row('scans, answered by the CDN', scanCached(front, measured)),
    row('scans, answered by us', scanUncached(front, measured)),
    row('the same of a Digital Link', plus(resolved(front, measured), scanUncached(front, measured))),
    row('events logged, 1 a transaction', logged(1)),
    row(`events logged, ${LOG_SHAPE.mostLeaves} a transaction`, logged(LOG_SHAPE.mostLeaves)),
  ]
}

/** Events recorded in a month: a call that charges is one, whatever it charges. */
export const eventsOf = ({ pickups, charges, runs, shipments, products }: Month): number =>
  pickups + charges / PER_CALL + 2 * runs + 2 * shipments + products

/** Rows of a month; what is stored is what has been stored since it began. */
export function rowsOf(month: Month, front: Front, measured: Measured, fixed: Fixed): Row[] {
  const { pickups, photoShare, charges, runs, shipments, products, scans, cachedShare } = month
  const { work } = measured
  const withPhoto = pickups * photoShare
  const reaching = scans * (1 - cachedShare)
  const events = eventsOf(month)
  const eventsPerSecond = events / SECONDS_A_MONTH
  // Each commit of the log takes what came in its window, passports as many as came with it.
  const perCall = Math.max(1, Math.min(RECORDS_PER_CALL, Math.floor(eventsPerSecond / month.shards)))
  const ofPassport = perCall === 1 ? work.passportAlone : work.passportOfMany
  const changes = pickups + charges + runs + 2 * shipments + 2 * products
  return [
    {
      label: 'pickups',
      quantities: plus(
        scaled(worked(front, measured, work.pickup), pickups - withPhoto),
        scaled(worked(front, measured, work.pickupWithPhoto), withPhoto),
        scaled(photos(front, measured), withPhoto),
      ),
    },
    {
      label: 'runs, shipments, products',
      quantities: plus(
        scaled(worked(front, measured, work.charge), charges),
        scaled(worked(front, measured, work.run), runs),
        scaled(worked(front, measured, work.shipment), shipments),
        scaled(worked(front, measured, work.product), products),
      ),
    },
    { label: 'passports', quantities: scaled(passport(ofPassport, perCall), changes) },
    {
      label: 'scans',
      quantities: plus(
        scaled(scanCached(front, measured), scans - reaching),
        scaled(scanUncached(front, measured), reaching),
        scaled(resolved(front, measured), reaching * month.digitalLinkShare),
      ),
    },
    {
      label: 'log',
      quantities: scaled(logged(perCommitAt({ eventsPerSecond, shards: month.shards })), events),
    },
    { label: 'log compared daily', quantities: compared(month, measured, events) },
    {
      label: 'other calls, sign-in',
      quantities: plus(
        scaled(
          plus(call(front, measured, OTHER_CALL.cpuMs, OTHER_CALL.requests), {
            readUnits: OTHER_CALL.readUnits,
          }),
          month.otherCalls,
        ),
        { signedInUsers: month.signedInUsers },
      ),
    },
    { label: 'stored: table, recovery', quantities: stored(month, measured, events) },
    {
      label: 'stored: photos',
      quantities: { objectGbMonths: (withPhoto * PHOTO.bytes * month.monthsStored) / GB },
    },
    { label: 'idle', quantities: idle(fixed) },
  ]
}

/** Each comparison reads the whole table, a unit for each 4 KB. Its time on Lambda is not counted. */
const READ_BYTES = 4_096
const compared = (month: Month, measured: Measured, events: number): Quantities => ({
  readUnits: (LOG_SHAPE.comparisons * (stored(month, measured, events).recoveryGbMonths * GB)) / READ_BYTES,
})

/** Recovery keeps the table, not its indexes. */
function stored(
  month: Month,
  { work }: Measured,
  events: number,
): { readonly tableGbMonths: number; readonly recoveryGbMonths: number } {
  const { pickups, photoShare, charges, runs, shipments, products, monthsStored } = month
  const each: [number, Pick<Work, 'tableBytes' | 'indexBytes'>][] = [
    [pickups * (1 - photoShare), work.pickup],
    [pickups * photoShare, work.pickupWithPhoto],
    [charges, work.charge],
    [runs, work.run],
    [shipments, work.shipment],
    [products, work.product],
    [pickups + runs + products, { tableBytes: work.passportAlone.tableBytes, indexBytes: 0 }],
    [events, { tableBytes: LOG_SHAPE.leafBytes, indexBytes: 0 }],
  ]
  const sum = (what: 'tableBytes' | 'indexBytes'): number =>
    each.reduce((bytes, [count, work]) => bytes + count * work[what], 0)
  const tableGb = (sum('tableBytes') * monthsStored) / GB
  return {
    tableGbMonths: tableGb + (sum('indexBytes') * monthsStored) / GB,
    recoveryGbMonths: tableGb,
  }
}

/** What a stage costs that nobody uses. */
export const idle = (fixed: Fixed): Quantities => ({
  firewalls: fixed.firewalls,
  firewallRules: fixed.firewallRules,
  kmsKeys: fixed.kmsKeys,
  alarms: fixed.alarms,
  dashboards: fixed.dashboards,
  metrics: fixed.metrics,
})

import { MAX_SITES } from '../../shared/domain/identity/standing.ts'
import { PARTICIPANTS, TODAY, times } from '../cost/assumptions.ts'

/** The loads that are driven, each at its worst moment. All rates are per second. */
export interface Scenario {
  readonly name: string
  readonly what: string
  readonly pickups: number
  readonly chargeCalls: number
  readonly scans: number
  /** Whether all scan one product. */
  readonly isOneProduct: boolean
  /** Batches that a hold is to reach. */
  readonly descendants: number
  /** For how long it rises and falls again, for what queues up meanwhile. */
  readonly hours: number
  readonly sites: Sites
}

export interface Sites {
  readonly organisations: number
  readonly sitesEach: number
  readonly peopleAtASite: number
}

/** Blue Cycle works in 25 regions (field report of July 2025), each taken as one co-op with two harbours. */
const ORGANISATIONS = 25
const SITES_EACH = 2

const DAYS = 365 / 12
const HOUR = 3_600
/** Boats come in before breakfast and before dark: of a day's pickups, so many in the busiest hour. */
const BUSIEST_HOUR = 0.15
const SCANNED_IN_BUSIEST_HOUR = 0.08
const WORKING_HOURS = 8
const PER_CALL = 40
/** After a typhoon everybody comes in within so many hours, most in the middle: twice the average. */
const STORM_HOURS = 6
const STORM_PEAK = 2
const ONE_PRODUCT_SCANS = 20
const DESCENDANTS = 1_000

/**
 * The co-ops stay the same and grow, to as many sites as an organisation may have: were there a thousand times as many
 * organisations, no key of one would be hotter than today.
 */
export function scenariosAt(factor: number): Scenario[] {
  const month = times(TODAY, factor)
  const sites: Sites = {
    organisations: ORGANISATIONS,
    sitesEach: Math.min(MAX_SITES, SITES_EACH * factor),
    peopleAtASite: Math.ceil(
      (PARTICIPANTS * factor) / (ORGANISATIONS * Math.min(MAX_SITES, SITES_EACH * factor)),
    ),
  }
  const day = {
    pickups: ((month.pickups / DAYS) * BUSIEST_HOUR) / HOUR,
    chargeCalls: month.charges / DAYS / WORKING_HOURS / HOUR / PER_CALL,
    scans: ((month.scans / DAYS) * SCANNED_IN_BUSIEST_HOUR) / HOUR,
    isOneProduct: false,
    descendants: 0,
    hours: 2,
    sites,
  }
  return [
    { ...day, name: 'harbours', what: 'the busiest hour of an ordinary day' },
    {
      ...day,
      name: 'typhoon',
      what: `everybody comes in within ${STORM_HOURS} hours of the storm: its busiest minute`,
      pickups: ((PARTICIPANTS * factor) / (STORM_HOURS * HOUR)) * STORM_PEAK,
      hours: STORM_HOURS,
    },
    {
      ...day,
      name: 'recall',
      what: 'the same ordinary hour, and a hold on what very much was made of',
      descendants: DESCENDANTS * factor,
    },
    {
      ...day,
      name: 'television',
      what: 'the same ordinary hour, and one product on everybody’s screen',
      scans: ONE_PRODUCT_SCANS * factor,
      isOneProduct: true,
    },
  ]
}

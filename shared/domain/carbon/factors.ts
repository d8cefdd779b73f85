import type { Polymer } from '../material.ts'

/**
 * Emission factors as data. A table never changes once accounts were made with it: what is found wrong or out of date
 * becomes a new table, with its own version and the date from which it holds.
 */

/** What is counted, in the order in which it is shown. */
export const CARBON_ITEMS = ['energy', 'water', 'transport-road', 'transport-sea'] as const
export type CarbonItem = (typeof CARBON_ITEMS)[number]

/** Units of activity. A gram-kilometre is a gram carried one kilometre: a tonne-kilometre is a million of them. */
export const ACTIVITY_UNITS = {
  energy: 'Wh',
  water: 'mL',
  'transport-road': 'g·km',
  'transport-sea': 'g·km',
} as const satisfies Record<CarbonItem, string>

/** Whether the figure was read in the source that is named, or is an estimate that nobody should lean on. */
export type Basis = 'source' | 'estimate'

export interface Factor {
  /** Millionths of a gram of CO2 equivalent per unit of activity, a whole number, so that all sums are exact. */
  readonly microgramsPerUnit: number
  /** The same as people write it. */
  readonly written: string
  readonly source: string
  readonly basis: Basis
}

/** What a kilogram of virgin polymer has emitted when it leaves the factory gate. */
export interface VirginFactor {
  readonly gramsCo2ePerKg: number
  readonly source: string
  readonly basis: Basis
}

export interface FactorTable {
  readonly version: string
  /** The first day (UTC, `YYYY-MM-DD`) on which it is used. */
  readonly validFrom: string
  /** An item without a factor is shown and not counted. */
  readonly factors: Readonly<Partial<Record<CarbonItem, Factor>>>
  readonly virgin: Readonly<Partial<Record<Polymer, VirginFactor>>>
}

const PLASTICS_EUROPE = 'PlasticsEurope 2008, as given in PMC2873020, table 3'
const read = (gramsCo2ePerKg: number): VirginFactor => ({
  gramsCo2ePerKg,
  source: PLASTICS_EUROPE,
  basis: 'source',
})

export const FACTOR_TABLES: readonly FactorTable[] = [
  {
    version: '1',
    // The grid factor is that of 2022. Nothing is accounted for before that.
    validFrom: '2022-01-01',
    factors: {
      energy: {
        microgramsPerUnit: 536_600,
        written: '0.5366 kg CO2 per kWh',
        source:
          'China national grid average 2022, Ministry of Ecology and Environment, 26 December 2024, read in a summary on dhirubhai.net; no factor for Zhejiang was found',
        basis: 'source',
      },
      // No factor that fits Zhejiang could be cited. At some 26 L per tonne of plastic it would hardly show.
      'transport-road': {
        microgramsPerUnit: 90,
        written: '0.09 kg CO2e per t·km',
        source: 'Common range for lorries, 0.06 to 0.12 kg per t·km, middle taken; not checked',
        basis: 'estimate',
      },
      'transport-sea': {
        microgramsPerUnit: 2_000,
        written: '2 kg CO2e per t·km',
        source:
          'Small collecting boats: 0.1 kg CO2e per kg over the 50 km from Dachen to Jiaojiang; not measured',
        basis: 'estimate',
      },
    },
    virgin: {
      PET: read(3_400),
      HDPE: read(1_900),
      LDPE: read(2_100),
      PP: read(2_000),
      PS: read(3_400),
      PA6: {
        gramsCo2ePerKg: 6_700,
        source: 'Common range 6.7 to 9.1 kg per kg, lowest taken; not checked',
        basis: 'estimate',
      },
    },
  },
]

/**
 * The table in force on the day (UTC) of an ISO 8601 time: the latest one that is valid from that day or earlier.
 * Undefined before the first.
 */
export function factorTableOn(
  time: string,
  tables: readonly FactorTable[] = FACTOR_TABLES,
): FactorTable | undefined {
  const day = time.slice(0, 'YYYY-MM-DD'.length)
  return tables
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .at(-1)
}

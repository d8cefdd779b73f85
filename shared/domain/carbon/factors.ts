import type { Polymer } from '../material/material.ts'
import type { LocalName } from '../organisation.ts'

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
  readonly written: LocalName
  readonly source: LocalName
  readonly basis: Basis
}

/** What a kilogram of virgin polymer has emitted when it leaves the factory gate. */
export interface VirginFactor {
  readonly gramsCo2ePerKg: number
  readonly source: LocalName
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

const PLASTICS_EUROPE = {
  en: 'PlasticsEurope 2008, as given in PMC2873020, table 3',
  zh: 'PlasticsEurope 2008，引自 PMC2873020 表 3',
}
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
        written: { en: '0.5366 kg CO₂ per kWh', zh: '0.5366 千克 CO₂/千瓦时' },
        source: {
          en: 'China national grid average 2022, Ministry of Ecology and Environment, 26 December 2024, read in a summary on dhirubhai.net; no factor for Zhejiang was found',
          zh: '2022 年全国电力平均二氧化碳排放因子，生态环境部 2024 年 12 月 26 日发布，引自 dhirubhai.net 的摘要；未查到浙江省因子',
        },
        basis: 'source',
      },
      // No factor that fits Zhejiang could be cited. At some 26 L per tonne of plastic it would hardly show.
      'transport-road': {
        microgramsPerUnit: 90,
        written: { en: '0.09 kg CO₂e per t·km', zh: '0.09 千克 CO₂e/吨公里' },
        source: {
          en: 'Common range for lorries, 0.06 to 0.12 kg per t·km, middle taken; not checked',
          zh: '货车常见范围每吨公里 0.06 至 0.12 千克，取中值；未经核实',
        },
        basis: 'estimate',
      },
      'transport-sea': {
        microgramsPerUnit: 2_000,
        written: { en: '2 kg CO₂e per t·km', zh: '2 千克 CO₂e/吨公里' },
        source: {
          en: 'Small collecting boats: 0.1 kg CO₂e per kg over the 50 km from Dachen to Jiaojiang; not measured',
          zh: '小型收集船：大陈至椒江 50 公里，每千克约 0.1 千克 CO₂e；未经实测',
        },
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
        source: {
          en: 'Common range 6.7 to 9.1 kg per kg, lowest taken; not checked',
          zh: '常见范围每千克 6.7 至 9.1 千克，取最低值；未经核实',
        },
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

import { STEPS } from '../../shared/domain/lineage/journey.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'

/**
 * The demo story: twelve pickups around Dachen, Shitang and Ruoshan after a summer storm become 12,000 phone cases.
 * Places are real, the co-op and its figures are made up; masses keep within the usual yields of rigid HDPE, on a dry
 * basis too.
 */
export const DEMO_ORGANISATION: Organisation = {
  id: 'demo-coop',
  name: { en: 'Tidemark Demo Co-op', zh: '潮痕示范合作社' },
  contact: 'ask@demo-coop.example',
  isHost: true,
  sites: [
    site('dachen', 'station', '大陈岛回收站', 'Dachen Island station', 28.45, 121.88),
    site('shitang', 'station', '石塘回收站', 'Shitang station', 28.27, 121.61),
    site('ruoshan', 'station', '箬山回收站', 'Ruoshan station', 28.26, 121.6),
    site('jiaojiang', 'plant', '椒江分拣仓', 'Jiaojiang sorting warehouse', 28.68, 121.45),
    site('huzhou', 'plant', '湖州再生造粒厂', 'Huzhou pelletizing plant', 30.87, 120.1),
    site('taizhou-moulding', 'factory', '台州注塑厂', 'Taizhou moulding works', 28.66, 121.42),
  ],
}

/** Another co-op, so that one can see that nobody sees or touches another's affairs. */
export const OTHER_ORGANISATION: Organisation = {
  id: 'zhoushan-coop',
  name: { en: 'Zhoushan Demo Co-op', zh: '舟山示范合作社' },
  sites: [site('shenjiamen', 'station', '沈家门回收站', 'Shenjiamen station', 29.95, 122.3)],
}

function site(
  id: string,
  kind: Organisation['sites'][number]['kind'],
  zh: string,
  en: string,
  lat: number,
  lon: number,
): Organisation['sites'][number] {
  return { id, kind, name: { en, zh }, lat, lon }
}

interface StoryPickup {
  readonly siteId: keyof typeof TO_SORTING
  readonly form: 'crate' | 'float'
  readonly massKg: number
  readonly at: string
  readonly lat: number
  readonly lon: number
  /** Taken aboard at sea, by a boat of this number (made up). */
  readonly vessel?: string
}

const pickup = (
  siteId: StoryPickup['siteId'],
  form: StoryPickup['form'],
  massKg: number,
  at: string,
  lat: number,
  lon: number,
  vessel?: string,
): StoryPickup => ({ siteId, form, massKg, at, lat, lon, ...(vessel !== undefined && { vessel }) })

const BOAT = 'DEMO-10086'

/** 486.0 kg in all, of which a boat took 153.0 kg aboard at sea; the rest lay on the beaches. */
export const PICKUPS: readonly StoryPickup[] = [
  pickup('dachen', 'float', 52.4, '2026-07-29T01:10:00.000Z', 28.4412, 121.9936, BOAT),
  pickup('dachen', 'crate', 41.8, '2026-07-30T00:35:00.000Z', 28.4977, 121.8903),
  pickup('shitang', 'crate', 38.6, '2026-07-30T22:50:00.000Z', 28.2716, 121.6154),
  pickup('ruoshan', 'float', 29.9, '2026-08-01T02:20:00.000Z', 28.2612, 121.6018),
  pickup('shitang', 'float', 46.3, '2026-08-02T01:05:00.000Z', 28.2749, 121.6207),
  pickup('dachen', 'float', 61.2, '2026-08-04T23:40:00.000Z', 28.5107, 122.0218, BOAT),
  pickup('ruoshan', 'crate', 33.7, '2026-08-06T00:15:00.000Z', 28.2583, 121.5977),
  pickup('shitang', 'crate', 44.1, '2026-08-07T03:30:00.000Z', 28.2681, 121.6119),
  pickup('dachen', 'crate', 35.5, '2026-08-09T00:55:00.000Z', 28.5012, 121.8921),
  pickup('shitang', 'float', 39.4, '2026-08-11T01:45:00.000Z', 28.2304, 121.7082, BOAT),
  pickup('ruoshan', 'float', 31.6, '2026-08-13T02:10:00.000Z', 28.2597, 121.6041),
  pickup('shitang', 'crate', 31.5, '2026-08-15T00:25:00.000Z', 28.2702, 121.6098),
]

/** So that the story's product may claim something. Scheme and figures are as usual, number and body are made up. */
export const CERTIFICATE = {
  scheme: 'OBP',
  number: 'DEMO-2026-01',
  body: 'Demo certification body',
  sites: DEMO_ORGANISATION.sites.map(({ id }) => id),
  steps: STEPS,
  validFrom: '2026-01-01',
  validTo: '2028-12-31',
} as const

/** How material gets from site to site: from the island by boat, and the rest by lorry. */
export const TO_SORTING = {
  dachen: { mode: 'sea', distanceKm: 50 },
  shitang: { mode: 'road', distanceKm: 62 },
  ruoshan: { mode: 'road', distanceKm: 63 },
} as const
export const TO_CLEANING = { mode: 'road', distanceKm: 350 } as const
export const TO_MOULDING = { mode: 'road', distanceKm: 350 } as const

export const SORTING = {
  step: 'sorting',
  siteId: 'jiaojiang',
  occurredAt: '2026-08-19T06:00:00.000Z',
  outputs: [{ massKg: 427.7, moisturePct: 9 }],
  losses: { reject: 58.3 },
  wasteDocument: 'DEMO-WASTE-0819',
  energyKWh: 12.5,
} as const

export const CLEANING = {
  step: 'cleaning',
  siteId: 'huzhou',
  occurredAt: '2026-08-24T08:30:00.000Z',
  outputs: [{ massKg: 321, moisturePct: 0.6 }],
  losses: { 'wash-loss': 70.1, moisture: 36.6 },
  energyKWh: 128.4,
  waterM3: 1.2,
} as const

export const PELLETIZING = {
  step: 'pelletizing',
  siteId: 'huzhou',
  occurredAt: '2026-08-26T09:00:00.000Z',
  outputs: [{ massKg: 309.6, moisturePct: 0 }],
  losses: { purge: 9.6, moisture: 1.8 },
  energyKWh: 176.6,
} as const

/** Figures of a usual moulding grade of recycled HDPE; the laboratory is made up. */
export const INSPECTION = {
  sample: 'DEMO-S-0826',
  lab: 'Demo laboratory',
  occurredAt: '2026-08-28T02:00:00.000Z',
  results: [
    { parameter: 'MFI', method: 'ISO 1133-1', value: 5.6, unit: 'g/10 min', lowest: 4, highest: 8 },
    { parameter: 'density', method: 'ISO 1183-1', value: 0.957, unit: 'g/cm³', lowest: 0.95, highest: 0.97 },
    { parameter: 'ash', method: 'ISO 3451-1', value: 1.1, unit: '%', highest: 3 },
  ],
} as const

/** 22.4 g of pellets and 5.6 g of virgin HDPE in each case of 28 g. */
export const PRODUCT = {
  siteId: 'taizhou-moulding',
  name: 'Phone case "Dachen" / 手机壳「大陈」',
  occurredAt: '2026-09-10T07:00:00.000Z',
  units: 12_000,
  gramsPerUnit: 28,
  pelletsKg: 268.8,
  added: [{ kind: 'virgin', massKg: 67.2, polymer: 'HDPE' }],
  claim: { scheme: 'OBP', percent: 80 },
  energyKWh: 235,
} as const

import { RULE_IDS } from '../../../shared/domain/checks/rule.ts'
import { FOUND } from '../../../shared/domain/geo/coast/found.ts'
import {
  MAX_CERTIFICATES,
  MAX_TRANSFERS,
  type Passport,
  type PassportCarbon,
  type PassportLeg,
  type PassportOrigin,
} from '../../../shared/domain/passport/passport.ts'
import { PLACES } from '../../../shared/domain/geo/places.ts'

const name = (en: string, zh: string) => ({ en, zh })

function origin(index: number, grams: number): PassportOrigin {
  const place = PLACES[index]
  if (!place) throw new RangeError(`no place ${index}`)
  return {
    placeId: place.id,
    found: 'near-coast',
    name: place.name,
    lat: place.lat,
    lon: place.lon,
    from: '2026-07',
    to: '2026-08',
    grams,
  }
}

const leg = (
  step: PassportLeg['step'],
  site: string,
  inputGrams: number,
  losses: PassportLeg['losses'],
): PassportLeg => ({
  step,
  sites: [name(site, `${site}厂`)],
  moreSites: 0,
  firstAt: '2026-07-04T02:00:00Z',
  lastAt: '2026-08-19T09:00:00Z',
  inputGrams,
  addedGrams: 0,
  outputGrams: inputGrams - Object.values(losses).reduce((sum, loss) => sum + loss, 0),
  losses,
  unaccountedGrams: 0,
})

/** 12,000 phone cases, four fifths of them from three places near Taizhou. */
export const PRODUCT: Passport = {
  v: 4,
  id: 'B7K3M9QXT2ABC',
  stage: 'product',
  status: 'active',
  form: 'product',
  polymer: 'HDPE',
  massGrams: 336_000,
  occurredAt: '2026-09-18T06:00:00Z',
  product: { name: 'Harbour phone case', units: 12_000, gramsPerUnit: 28, lot: 'H2609-A' },
  madeBy: name('Lantern Goods', '灯塔日用'),
  contact: 'ask@lantern.example',
  site: { id: 'ningbo', ...name('Ningbo moulding hall', '宁波注塑车间') },
  origins: [origin(1, 121_344), origin(3, 82_656), origin(4, 64_800)],
  otherOrigins: [],
  otherMaterialGrams: 67_200,
  virginGrams: 0,
  holds: [],
  moreHolds: 0,
  certified: { model: 'controlled-blending', claims: {} },
  certificates: [],
  checked: { passed: ['R7', 'R9', 'R10', 'R14'], toReview: [] },
  transfers: [],
  earlierTransfers: 0,
  inspections: { count: 0 },
  revision: 2,
  journey: [
    leg('collection', 'Shitang', 421_953, {}),
    leg('sorting', 'Jiaojiang', 421_953, { reject: 50_617 }),
    leg('cleaning', 'Huzhou', 371_336, { 'wash-loss': 60_862, moisture: 31_777 }),
    leg('pelletizing', 'Huzhou', 278_697, { purge: 8_335, moisture: 1_562 }),
    { ...leg('manufacturing', 'Ningbo', 336_000, {}), addedGrams: 67_200 },
  ],
  version: 2,
  head: '9f2c4a7be01d83556f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60',
  updatedAt: '2026-09-20T08:30:00Z',
}

const { product: _product, ...MATERIAL }: Passport = PRODUCT

/** The same, from the open sea, the coast, inland, and a station that noted no position. */
export const MIXED: Passport = {
  ...PRODUCT,
  origins: [
    { ...origin(1, 121_344), found: 'sea' },
    { ...origin(3, 82_656), found: 'near-coast' },
    { ...origin(1, 40_320), found: 'near-coast' },
    { ...origin(4, 16_320), found: 'unrecorded' },
    {
      ...origin(4, 8_160),
      placeId: 'grid:30.6,118.9',
      name: name('Around 30.6° N, 118.9° E', '30.6° N, 118.9° E 一带'),
      lat: 30.6,
      lon: 118.9,
      found: 'inland',
    },
  ],
}

/** One pickup of nets, of which nobody knows the polymer, at a site that nobody named. */
export const PICKUP: Passport = {
  ...MATERIAL,
  stage: 'collected',
  status: 'used-up',
  form: 'net',
  polymer: 'unknown',
  massGrams: 41_250,
  site: { id: 'dachen-1', ...name('dachen-1', 'dachen-1') },
  checked: { passed: [], toReview: [] },
  origins: [origin(1, 41_250)],
  otherMaterialGrams: 0,
  journey: [{ ...leg('collection', 'x', 41_250, {}), sites: [name('', '')] }],
}

/** Half a kilowatt-hour and 400 km by road a kilogram; nobody recorded whether it went by sea. */
const CARBON: PassportCarbon = {
  gramsCo2e: 205_632,
  gramsCo2ePerKg: 612,
  parts: [
    { item: 'energy', amount: 360_670, gramsCo2e: 193_536 },
    { item: 'water', amount: 8_736, gramsCo2e: null },
    { item: 'transport-road', amount: 134_400_000, gramsCo2e: 12_096 },
  ],
  missing: ['transport-sea'],
  factors: '1',
}

/** The same with a certified claim on all that is from the sea, virgin plastic in the rest, and a carbon account. */
export const CLAIMED: Passport = {
  ...PRODUCT,
  virginGrams: 50_400,
  certified: { model: 'controlled-blending', claims: { OBP: 268_800 } },
  certificates: [
    {
      scheme: 'OBP',
      number: 'OBP-2026-0117',
      body: 'Lantern Certification',
      validFrom: '2026-01-01',
      validTo: '2028-12-31',
    },
  ],
  checked: { passed: ['R7', 'R9', 'R10', 'R11', 'R13'], toReview: ['R14'] },
  carbon: CARBON,
}

/** Pellets of nothing but plastic from the sea: the one thing that is compared with virgin polymer. */
export const PELLETS: Passport = {
  ...MATERIAL,
  stage: 'pelletized',
  form: 'pellet',
  massGrams: 268_800,
  otherMaterialGrams: 0,
  journey: PRODUCT.journey.slice(0, 4),
  certified: { model: 'segregated', claims: { OBP: 268_800 } },
  carbon: CARBON,
}

/** The product, held because of something that went into it. */
export const HELD: Passport = {
  ...CLAIMED,
  holds: [{ reason: 'contamination', since: '2026-09-21T09:00:00Z', batch: 'B2Q4RXWH7M9KT' }],
}

const { carbon: _carbon, ...UNCOUNTED }: Passport = PELLETS

/** Pellets that were recorded by mistake. What goes with a batch that never was is gone from the passport too. */
export const VOID: Passport = {
  ...UNCOUNTED,
  status: 'void',
  massGrams: 0,
  origins: [],
  certified: { model: 'segregated', claims: {} },
  journey: [],
}

/** A pickup with the class of its position. */
export const SHORE: Passport = {
  ...PICKUP,
  status: 'active',
  form: 'float',
  polymer: 'HDPE',
  site: { id: 'dachen-1', ...name('Dachen station', '大陈岛回收站') },
  oceanBound: {
    obpClass: 'SHORELINE',
    distanceKm: 0,
    withinFence3Km: true,
    openSea: false,
    dataset: 'natural-earth-10m@4.1.0-1',
  },
}

/** Pellets that changed hands twice and were tested. */
export const HANDED: Passport = {
  ...PELLETS,
  heldBy: name('Lantern Goods', '灯塔日用'),
  madeBy: name('Huzhou Pellets', '湖州再生'),
  journey: [
    ...PRODUCT.journey.slice(0, 3),
    leg('pelletizing', 'Huzhou', 278_697, { purge: 8_335, moisture: 1_562, transit: 2_500 }),
  ],
  transfers: [
    {
      from: name('Huzhou Pellets', '湖州再生'),
      to: name('East Store', '东仓'),
      at: '2026-09-01T09:00:00Z',
      sentGrams: 268_800,
      receivedGrams: 266_300,
    },
    {
      from: name('East Store', '东仓'),
      to: name('Lantern Goods', '灯塔日用'),
      at: '2026-09-05T09:00:00Z',
      sentGrams: 266_300,
      receivedGrams: 266_340,
    },
  ],
  inspections: {
    count: 2,
    latest: {
      testedAt: '2026-08-28T03:00:00Z',
      passed: false,
      moreResults: 1,
      results: [
        {
          parameter: 'ash',
          method: 'ISO 3451-1',
          value: 3.4,
          unit: '%',
          highest: 3,
          passed: false,
        },
        {
          parameter: 'MFI',
          method: 'ISO 1133-1, 190 °C, 2.16 kg',
          value: 5.2,
          unit: 'g/10 min',
          lowest: 4,
          highest: 8,
          passed: true,
        },
        {
          parameter: 'density',
          method: 'ISO 1183-1',
          value: 0.958,
          unit: 'g/cm³',
          lowest: 0.95,
          passed: true,
        },
        { parameter: 'Odour', method: 'VDA 270', value: 3, unit: '' },
      ],
    },
  },
}

/** The largest page there is: all that any batch can have, and as much of it as a passport holds. */
export const LARGEST: Passport = {
  ...CLAIMED,
  massGrams: 1_000_000,
  origins: Array.from({ length: 12 }, (_, index) => ({
    ...origin(index, 90_001 - index * 3_337),
    found: FOUND[index % FOUND.length] ?? 'sea',
  })),
  otherOrigins: FOUND.map((found, index) => ({
    found,
    count: 1 + index,
    grams: index === 0 ? 10_000 : 5_000,
  })),
  otherMaterialGrams: 100_230,
  certificates: Array.from({ length: MAX_CERTIFICATES }, (_, index) => ({
    scheme: ['OBP', 'ISCC-PLUS', 'GRS'][index % 3] ?? 'OBP',
    number: `CERT-2026-${index}/${index * 7919}`,
    body: `Certification body number ${index}`,
    validFrom: `2026-0${index + 1}-01`,
    validTo: '2028-12-31',
    ...(index === 1 && { withdrawnAt: '2026-11-01' }),
  })),
  checked: { passed: RULE_IDS.slice(0, 14), toReview: RULE_IDS.slice(14) },
  certified: { model: 'mass-balance', claims: { OBP: 800_000, 'ISCC-PLUS': 700_000, GRS: 600_000 } },
  heldBy: name('Lantern Goods', '灯塔日用'),
  holds: (['contamination', 'origin-in-doubt', 'other'] as const).map((reason, index) => ({
    reason,
    since: `2026-09-2${index}T09:00:00Z`,
    batch: `B2Q4RXWH7M9K${index}`,
  })),
  moreHolds: 2,
  journey: [
    ...PRODUCT.journey.slice(0, 1),
    leg('consolidation', 'Shitang', 421_953, {}),
    ...PRODUCT.journey.slice(1, 4),
    leg('blending', 'Huzhou', 300_000, { transit: 1_200 }),
    ...PRODUCT.journey.slice(4),
  ],
  transfers: Array.from({ length: MAX_TRANSFERS }, (_, index) => ({
    from: name(`Store number ${index}`, `第 ${index} 仓库`),
    to: name(`Store number ${index + 1}`, `第 ${index + 1} 仓库`),
    at: `2026-10-0${index + 1}T09:00:00Z`,
    sentGrams: 1_000_000 - index,
    receivedGrams: 999_999 - index,
  })),
  earlierTransfers: 3,
  inspections: {
    count: 3,
    latest: {
      testedAt: '2026-09-19T03:00:00Z',
      passed: true,
      moreResults: 4,
      results: ['MFI', 'Moisture', 'Ash', 'Density', 'Bulk density', 'Chloride'].map((parameter, index) => ({
        parameter,
        method: `ISO ${1133 + index}-1`,
        value: 0.25 + index,
        unit: 'g/10 min',
        lowest: 0.1,
        highest: 10,
        passed: true,
      })),
    },
  },
}

/** Markup, an override mark, an emoji and 120 letters without a space. */
export const HOSTILE = `"><script>alert('x')</script>\u202Elive🐙${'W'.repeat(120)}`

import type { Passport, PassportLeg, PassportOrigin } from '../../../shared/domain/passport.ts'
import { PLACES } from '../../../shared/domain/places.ts'

const name = (en: string, zh: string) => ({ en, zh })

function origin(index: number, grams: number): PassportOrigin {
  const place = PLACES[index]
  if (!place) throw new RangeError(`no place ${index}`)
  return {
    placeId: place.id,
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
  v: 2,
  id: 'B7K3M9QXT2ABC',
  stage: 'product',
  status: 'active',
  form: 'product',
  polymer: 'HDPE',
  massGrams: 336_000,
  occurredAt: '2026-09-18T06:00:00Z',
  product: { name: 'Harbour phone case', units: 12_000, gramsPerUnit: 28, lot: 'H2609-A' },
  madeBy: name('Lantern Goods', '灯塔日用'),
  site: { id: 'ningbo', ...name('Ningbo moulding hall', '宁波注塑车间') },
  origins: [origin(1, 121_344), origin(3, 82_656), origin(4, 64_800)],
  otherOrigins: { count: 0, grams: 0 },
  otherMaterialGrams: 67_200,
  virginGrams: 0,
  holds: [],
  certified: { model: 'controlled-blending', claims: {} },
  transfers: [],
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

/** One pickup of nets, of which nobody knows the polymer, at a site that nobody named. */
export const PICKUP: Passport = {
  ...MATERIAL,
  stage: 'collected',
  status: 'used-up',
  form: 'net',
  polymer: 'unknown',
  massGrams: 41_250,
  site: { id: 'dachen-1', ...name('dachen-1', 'dachen-1') },
  origins: [origin(1, 41_250)],
  otherMaterialGrams: 0,
  journey: [{ ...leg('collection', 'x', 41_250, {}), sites: [name('', '')] }],
}

/** The largest page there is: twelve origins, others besides, other material, five stages. */
export const LARGEST: Passport = {
  ...PRODUCT,
  massGrams: 1_000_000,
  origins: Array.from({ length: 12 }, (_, index) => origin(index, 90_001 - index * 3_337)),
  otherOrigins: { count: 5, grams: 40_000 },
  otherMaterialGrams: 100_230,
}

/** Markup, an override mark, an emoji and 120 letters without a space. */
export const HOSTILE = `"><script>alert('x')</script>\u202Elive🐙${'W'.repeat(120)}`

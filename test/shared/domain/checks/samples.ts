import { checkCertificate, type Certificate } from '../../../../shared/domain/checks/certificate.ts'
import { checkClaim, type LotClaim } from '../../../../shared/domain/checks/claim.ts'
import { checkManifest, checkReceivedMass } from '../../../../shared/domain/checks/custody.ts'
import {
  checkDuplicate,
  checkEntryTime,
  PHOTOS_ERASED,
  type EarlierUse,
} from '../../../../shared/domain/checks/entry.ts'
import { checkLedger, checkPeriod } from '../../../../shared/domain/checks/period.ts'
import { checkHaul } from '../../../../shared/domain/checks/haul.ts'
import { checkPhotoCapture, checkStationDistance } from '../../../../shared/domain/checks/place.ts'
import { checkRecycledContent } from '../../../../shared/domain/checks/product.ts'
import type { CheckResult } from '../../../../shared/domain/checks/rule.ts'
import { checkDryMass } from '../../../../shared/domain/checks/dry.ts'
import { checkLosses, checkMoistureLoss, checkUnaccounted } from '../../../../shared/domain/checks/run.ts'
import {
  checkBags,
  checkFourEyes,
  checkNet,
  checkPieces,
  checkScaleReading,
} from '../../../../shared/domain/checks/weighing.ts'
import { checkOverallYield, checkYield, type RunSide } from '../../../../shared/domain/checks/yield.ts'
import type { Position } from '../../../../shared/domain/geo/geodesy.ts'
import { PIECES_FACTORS, type PiecesFactor } from '../../../../shared/domain/material/pieces.ts'

const HAUL = {
  from: { id: 'shitang', lat: 28.27, lon: 121.61 },
  to: { id: 'huzhou', lat: 30.87, lon: 120.1 },
}

export const STATION: Position = { lat: 28.27, lon: 121.61 }
const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180

/** A position so many metres due north of the station. */
export function north(metres: number): Position {
  return { lat: STATION.lat + metres / METRES_PER_DEGREE, lon: STATION.lon }
}

export const CERTIFICATE: Certificate = {
  scheme: 'OBP',
  number: 'OBP-REC-0042',
  sites: ['huzhou'],
  steps: ['cleaning', 'pelletizing'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
}

export const LOT: LotClaim = {
  model: 'segregated',
  massGrams: 100_000,
  claimGrams: 100_000,
  sources: 3,
  addedGrams: 0,
}

export function factorOf(version: string): PiecesFactor {
  const factor = PIECES_FACTORS.find((candidate) => candidate.version === version)
  if (!factor) throw new Error(`no factor ${version}`)
  return factor
}

/** A side of a run of which no moisture is known. */
export const asWeighed = (grams: number): RunSide => ({
  asWeighedGrams: grams,
  dryGrams: 0,
  moistureUnknownGrams: grams,
})

export const BOTTLES = { forms: { bottle: 1 }, polymer: 'PET' } as const

const PHOTO_AT = '2026-08-01T08:00:00.000Z'
const event = (occurredAt: string) =>
  ({ scheme: 'OBP', site: 'huzhou', step: 'cleaning', form: 'bottle', occurredAt }) as const
const dry = (grams: number) => ({ asWeighedGrams: grams, dryGrams: grams, moistureUnknownGrams: 0 })
const yielded = (dryOut: number, dryIn = 100_000) =>
  checkYield({
    step: 'cleaning',
    source: BOTTLES,
    input: { asWeighedGrams: dryIn * 2, dryGrams: dryIn, moistureUnknownGrams: 0 },
    output: dry(dryOut),
  })
const duplicate = (usedBy: EarlierUse['usedBy'], massGrams: number) =>
  checkDuplicate({
    massGrams: 12_000,
    occurredAt: PHOTO_AT,
    earlier: [{ batch: 'BAAAAAAAAAAAA', usedBy, massGrams, occurredAt: PHOTO_AT }],
  })

/** One result of every kind that a rule can give; the tests of the table read them all. */
export function everyResult(): CheckResult[] {
  const pickup = { station: STATION, fromVessel: false }
  const scale = { grossGrams: 20_000, tareGrams: 500, containers: 2 }
  const manifest = { manifestNumber: 'M-7', plate: '浙J·12345', seal: 'S1', massGrams: 1_000_000 }
  return [
    checkStationDistance({ ...pickup, position: north(1_500) }),
    checkStationDistance({ ...pickup, position: north(6_100) }),
    checkNet({ netGrams: 19_000, scale }),
    checkNet({ netGrams: 20_000, scale }),
    checkNet({ netGrams: 20_001, scale }),
    checkNet({ netGrams: 1, scale: { ...scale, tareGrams: 10_000 } }),
    checkScaleReading({ readingGrams: 12_300, netGrams: 12_300 }),
    checkScaleReading({ readingGrams: 12_000, netGrams: 12_300, grossGrams: 13_300 }),
    checkDuplicate({ massGrams: 12_000, occurredAt: PHOTO_AT, earlier: [] }),
    duplicate('same-station', 12_000),
    duplicate('same-station', 13_000),
    duplicate('same-organisation', 12_000),
    duplicate('another-organisation', 12_000),
    PHOTOS_ERASED,
    checkPieces({ massGrams: 4_000, pieces: 200, factor: factorOf('bottle-2') }),
    checkPieces({ massGrams: 9_000, pieces: 200, factor: factorOf('bottle-2') }),
    checkBags({ massGrams: 6_000, bags: 3, form: 'bottle', compacted: false }),
    checkBags({ massGrams: 60_000, bags: 1, form: 'bottle', compacted: false }),
    checkEntryTime({ occurredAt: PHOTO_AT, recordedAt: '2026-08-02T08:00:00.000Z' }),
    checkEntryTime({ occurredAt: PHOTO_AT, recordedAt: '2026-09-20T08:00:00.000Z' }),
    checkEntryTime({ occurredAt: PHOTO_AT, recordedAt: '2026-08-01T07:00:00.000Z' }),
    yielded(80_000),
    yielded(70_000),
    yielded(90_000),
    yielded(103_000),
    checkYield({
      step: 'cleaning',
      source: { forms: {} },
      input: asWeighed(100_000),
      output: asWeighed(80_000),
    }),
    checkYield({
      step: 'cleaning',
      source: { forms: {} },
      input: { asWeighedGrams: 101_000, dryGrams: 50_000, moistureUnknownGrams: 1_000 },
      output: dry(60_000),
    }),
    checkYield({
      step: 'cleaning',
      source: BOTTLES,
      input: asWeighed(100_000),
      output: asWeighed(60_000),
      driedGrams: 12_000,
    }),
    ...[0, 60_000, 53_000].map((unmeasuredGrams) => {
      const water = { usualBp: 300, mostBp: 1_000 }
      const out = { dryGrams: unmeasuredGrams === 0 ? 50_001 : 0, unmeasuredGrams, water }
      return checkDryMass(50_000, out)
    }),
    checkDryMass(50_000, { dryGrams: 50_001, unmeasuredGrams: 3_000 }),
    ...[309_600, 450_000].map((grams) =>
      checkOverallYield({
        source: BOTTLES,
        collected: { asWeighedGrams: 486_000, dryGrams: 442_260, moistureUnknownGrams: 0 },
        pellets: dry(grams),
      }),
    ),
    ...[4_000, 60_000].map((driedGrams) =>
      checkMoistureLoss({
        inputGrams: 100_000,
        driedGrams,
        knownWaterGrams: 5_000,
        unknownGrams: 0,
        mostWaterBp: 1_500,
        leastWaterGrams: 0,
      }),
    ),
    checkUnaccounted(100_000, 1_000),
    checkUnaccounted(100_000, 2_001),
    checkUnaccounted(100_000, -1),
    checkLosses([{ kind: 'reject', grams: 5_000, destinationDocument: 'WB-1' }]),
    checkLosses([{ kind: 'reject', grams: 5_000 }]),
    checkLosses([{ kind: 'reject', grams: -5_000 }]),
    checkClaim(LOT),
    checkClaim({ ...LOT, claimGrams: 87_500 }),
    checkClaim({ ...LOT, model: 'identity-preserved' }),
    checkClaim({ ...LOT, model: 'controlled-blending', claimGrams: 48_219, requestedPercentBp: 5_000 }),
    checkClaim({ ...LOT, model: 'mass-balance', claimGrams: 50_000, requestedPercentBp: 6_000 }),
    checkClaim({ ...LOT, model: 'mass-balance', claimGrams: 500_000, attributedGrams: 120_000 }),
    checkClaim({ ...LOT, model: 'mass-balance', attributedGrams: 50_000, requestedPercentBp: 6_000 }),
    checkClaim({ ...LOT, requestedPercentBp: 10_001 }),
    checkLedger({ openingGrams: 10, movements: [{ occurredAt: PHOTO_AT, deltaGrams: -10 }] }),
    checkLedger({ openingGrams: 10, movements: [{ occurredAt: PHOTO_AT, deltaGrams: -11 }] }),
    checkLedger({ openingGrams: -1, movements: [] }),
    checkPeriod({ from: '2026-01-01', to: '2026-04-01' }),
    checkPeriod({ from: '2026-01-01', to: '2026-04-02' }),
    checkPeriod({ from: '2026-01-01', to: '2026-01-01' }),
    checkCertificate(event('2026-06-01T00:00:00.000Z'), [CERTIFICATE]),
    checkCertificate(event('2026-12-15T00:00:00.000Z'), [CERTIFICATE]),
    checkCertificate(event('2027-01-01T00:00:00.000Z'), [CERTIFICATE]),
    checkCertificate(event('2026-06-01T00:00:00.000Z'), [{ ...CERTIFICATE, withdrawnAt: '2026-05-01' }]),
    checkCertificate(event('2026-04-01T00:00:00.000Z'), [{ ...CERTIFICATE, withdrawnAt: '2026-05-01' }]),
    checkCertificate(event('2026-06-01T00:00:00.000Z'), []),
    checkRecycledContent({ units: 13_821, gramsPerUnit: 28, recycledShareBp: 8_000, pelletGrams: 309_600 }),
    checkRecycledContent({ units: 13_822, gramsPerUnit: 28, recycledShareBp: 8_000, pelletGrams: 309_600 }),
    checkPhotoCapture({}, { at: PHOTO_AT }),
    checkPhotoCapture({ at: PHOTO_AT, position: north(10) }, { at: PHOTO_AT, position: STATION }),
    checkPhotoCapture({ position: north(620) }, { at: PHOTO_AT, position: STATION }),
    checkFourEyes({ collector: 'p1', weigher: 'p2' }),
    checkFourEyes({ collector: 'p1', weigher: 'p1' }),
    checkReceivedMass({ sentGrams: 100_000, receivedGrams: 99_000 }),
    checkReceivedMass({ sentGrams: 100_000, receivedGrams: 97_000 }),
    checkManifest({ manifest, seen: { plate: '浙J12345', weighedGrams: 990_000 } }),
    checkManifest({ manifest, seen: { plate: '浙J54321', seal: 'S2', weighedGrams: 1_020_000 } }),
    checkManifest({ manifest, seen: { manifestNumber: 'M-8', weighedGrams: 990_000 } }),
    ...[1, 350, 40_000].map((km) => checkHaul(km, HAUL)),
  ].filter((result) => result !== undefined)
}

import { distanceKm, type Position } from '../geodesy.ts'
import type { MaterialForm } from '../../material/material.ts'
import { isWithin, nameOf, type Coastline } from './coastline.ts'
import { edgeDistance } from './shore.ts'

/**
 * The ocean-bound class of a pickup, computed from where it was, never asked of anybody. Classes after the categories of
 * Zero Plastic Oceans' OBP programme (obpcert.org). `POTENTIAL` also requires that waste management there is absent or
 * inefficient, which no map knows: an auditor has to add it.
 */
export const OBP_CLASSES = {
  /** From open sea beyond the shoreline band: ocean plastic, a stronger claim than ocean-*bound* plastic. */
  OCEAN: { en: 'ocean plastic', zh: '海洋塑料' },
  SHORELINE: { en: 'shoreline', zh: '岸线' },
  WATERWAYS: { en: 'waterways', zh: '河道' },
  POTENTIAL: { en: 'potential ocean-bound', zh: '潜在趋海' },
  /** Used gear, wherever on the coast or at sea it was found. By-catch cannot be told from its form or position. */
  FISHING_MATERIAL: { en: 'fishing material', zh: '渔业废弃物' },
  /** Too far from coast and rivers: no claim. */
  INLAND: { en: 'inland, not ocean-bound', zh: '内陆（非趋海）' },
  /** The dataset cannot tell. */
  UNKNOWN: { en: 'unknown', zh: '无法判定' },
} as const satisfies Record<string, { en: string; zh: string }>

export type ObpClass = keyof typeof OBP_CLASSES

/** Shoreline ends this far landward of the highest tide, and so far seaward of the lowest (OBP categories). */
export const SHORELINE_LANDWARD_M = 200
export const SHORELINE_SEAWARD_M = 100
/** A waterway is a river and the land up to this far from its bank (OBP categories). */
export const WATERWAY_BANK_M = 200
/** Farther than this from the coast nothing is ocean-bound, rivers excepted (OBP categories). */
export const POTENTIAL_LANDWARD_M = 50_000
/** The electronic fence of Blue Cycle, whose bottles come from within 3 km of the coastline. Not a class. */
export const FENCE_M = 3_000

/** Forms that are gear by themselves. Foam is gear (buoys, fish boxes) at sea, and may be packaging on land. */
const GEAR_FORMS: ReadonlySet<MaterialForm> = new Set(['net', 'rope', 'float'])

export interface OceanBoundQuestion {
  /** WGS 84. Convert first: GCJ-02 taken as WGS 84 misses by more than the shoreline is wide (see datum.ts). */
  readonly position: Position
  /** Radius in metres within which the device says it is; by the W3C Geolocation standard with 95 % confidence. */
  readonly accuracyM?: number
  readonly form: MaterialForm
}

export interface OceanBoundAssessment {
  /** The class at the position itself; `UNKNOWN` outside the dataset, and at islets where it has no shore to measure from. */
  readonly obpClass: ObpClass
  /** Every class that is possible within the uncertainty, from sea to land; empty outside the dataset. */
  readonly candidates: readonly ObpClass[]
  /** True where the accuracy was given and all that is possible is open sea beyond the shoreline band; gear included. */
  readonly openSea: boolean
  /** To the nearest shore of the dataset, rounded to 1 km so that it does not give away the spot; null when unknown. */
  readonly distanceKm: number | null
  readonly side: 'land' | 'sea' | 'unknown'
  readonly withinFence3Km: boolean
  /** False where the uncertainty reaches across the fence. */
  readonly fenceCertain: boolean
  /** Accuracy of the position, if given, plus accuracy of the dataset: two independent errors, added to be safe. */
  readonly uncertaintyM: number
  readonly accuracyGiven: boolean
  /** `id@version` of the coastline. */
  readonly dataset: string
}

/** Requires an accuracy ≥ 0 when there is one; throws RangeError otherwise. */
export function classifyOceanBound(question: OceanBoundQuestion, coastline: Coastline): OceanBoundAssessment {
  const { position, accuracyM, form } = question
  if (accuracyM !== undefined && !(accuracyM >= 0)) {
    throw new RangeError(`an accuracy of ${accuracyM} m is not possible`)
  }
  const uncertaintyM = Math.ceil((accuracyM ?? 0) + coastline.accuracyM)
  const about = { uncertaintyM, accuracyGiven: accuracyM !== undefined, dataset: nameOf(coastline) }
  if (!isWithin(position, coastline.bounds)) return { ...NOWHERE, ...about }

  const shore = edgeDistance(position, coastline, 'land')
  const seawardM = shore.inside ? -shore.metres : shore.metres
  const bankM = bankDistance(position, coastline)
  const islet = nearestIslet(position, coastline)
  const zones = zonesWithin(seawardM, bankM, uncertaintyM)
  // Around an islet that the outlines lack, sea may be beach or land. No such islet is wide enough to have an inland.
  const possible =
    islet <= uncertaintyM ? ZONES.filter((zone) => zones.has(zone) || AT_ISLETS.has(zone)) : [...zones]
  const candidates = [...new Set(possible.map((zone) => classOf(zone, form)))]
  const [only, ...others] = candidates
  if (islet <= 0) {
    const obpClass = only !== undefined && others.length === 0 ? only : 'UNKNOWN'
    return { ...NOWHERE, ...about, obpClass, candidates }
  }
  return {
    ...about,
    obpClass: classOf(zoneAt(seawardM, bankM), form),
    candidates,
    openSea: about.accuracyGiven && possible.every((zone) => zone === 'OCEAN'),
    distanceKm: Math.round(shore.metres / 1000),
    side: shore.inside ? 'land' : 'sea',
    withinFence3Km: shore.metres <= FENCE_M,
    fenceCertain: Math.abs(shore.metres - FENCE_M) > uncertaintyM,
  }
}

const NOWHERE = {
  obpClass: 'UNKNOWN',
  candidates: [],
  openSea: false,
  distanceKm: null,
  side: 'unknown',
  withinFence3Km: false,
  fenceCertain: false,
} as const

/** Classes of places, whatever lies there, from sea to land. */
const ZONES = ['OCEAN', 'SHORELINE', 'WATERWAYS', 'POTENTIAL', 'INLAND'] as const
type Zone = (typeof ZONES)[number]
const AT_ISLETS: ReadonlySet<Zone> = new Set(['OCEAN', 'SHORELINE', 'POTENTIAL'])

/**
 * The zone at a distance from the shore, in metres, negative on land, and from the nearest river, negative in it.
 * Each limit belongs to the zone it encloses. The shoreline counts before a river's mouth.
 */
function zoneAt(seawardM: number, bankM: number): Zone {
  if (seawardM > SHORELINE_SEAWARD_M) return 'OCEAN'
  if (seawardM >= -SHORELINE_LANDWARD_M) return 'SHORELINE'
  if (bankM <= WATERWAY_BANK_M) return 'WATERWAYS'
  return seawardM >= -POTENTIAL_LANDWARD_M ? 'POTENTIAL' : 'INLAND'
}

/**
 * All zones that a position within `radiusM` of the given one may lie in. Both distances change by at most the way one
 * goes, so the true ones lie between their values less and plus the radius, and zones change only at the limits between.
 */
function zonesWithin(seawardM: number, bankM: number, radiusM: number): ReadonlySet<Zone> {
  const limits = [SHORELINE_SEAWARD_M, -SHORELINE_LANDWARD_M, -POTENTIAL_LANDWARD_M]
  const reached = limits.filter((limit) => Math.abs(limit - seawardM) <= radiusM)
  const fromSea = [seawardM + radiusM, ...reached, seawardM - radiusM]
  const banks = [bankM - radiusM, bankM + radiusM]
  const found = new Set(fromSea.flatMap((metres) => banks.map((bank) => zoneAt(metres, bank))))
  return new Set(ZONES.filter((zone) => found.has(zone)))
}

function classOf(zone: Zone, form: MaterialForm): ObpClass {
  if (zone === 'INLAND') return 'INLAND'
  const isGear = GEAR_FORMS.has(form) || (form === 'foam' && zone === 'OCEAN')
  return isGear ? 'FISHING_MATERIAL' : zone
}

function bankDistance(position: Position, coastline: Coastline): number {
  const { metres, inside } = edgeDistance(position, coastline, 'rivers')
  return inside ? -metres : metres
}

/** Metres to the nearest circle of an islet, negative inside it. */
function nearestIslet(position: Position, { islets }: Coastline): number {
  return Math.min(...islets.map((islet) => 1000 * distanceKm(position, islet) - islet.radiusM))
}

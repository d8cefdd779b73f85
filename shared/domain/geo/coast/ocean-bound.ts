import { distanceKm, type Position } from '../geodesy.ts'
import type { MaterialForm } from '../../material/material.ts'
import { isWithin, nameOf, type Coastline } from './coastline.ts'
import { foundWithin, type Found } from './found.ts'
import { edgeDistance } from './shore.ts'
import { zoneAt, ZONES, zonesWithin, type Zone } from './zone.ts'

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
  /** What holds of the place wherever within the uncertainty it is; never `unrecorded`. */
  readonly found: Found
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
  const found = foundWithin(possible, seawardM - uncertaintyM, about.accuracyGiven)
  const [only, ...others] = candidates
  if (islet <= 0) {
    const obpClass = only !== undefined && others.length === 0 ? only : 'UNKNOWN'
    return { ...NOWHERE, ...about, obpClass, candidates, found }
  }
  return {
    ...about,
    obpClass: classOf(zoneAt(seawardM, bankM), form),
    candidates,
    found,
    openSea: found === 'sea',
    distanceKm: Math.round(shore.metres / 1000),
    side: shore.inside ? 'land' : 'sea',
    withinFence3Km: shore.metres <= FENCE_M,
    fenceCertain: Math.abs(shore.metres - FENCE_M) > uncertaintyM,
  }
}

const NOWHERE = {
  obpClass: 'UNKNOWN',
  candidates: [],
  found: 'undetermined',
  openSea: false,
  distanceKm: null,
  side: 'unknown',
  withinFence3Km: false,
  fenceCertain: false,
} as const

const AT_ISLETS: ReadonlySet<Zone> = new Set(['OCEAN', 'SHORELINE', 'POTENTIAL'])

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

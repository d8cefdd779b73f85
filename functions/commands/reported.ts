import type * as z from 'zod/mini'
import type { pickupBody } from '../../shared/contract/requests/pickups.ts'
import type { Capture } from '../../shared/domain/checks/place.ts'
import type { ReportedPickup } from '../../shared/domain/decide/pickup.ts'
import { wgs84FromGcj02, type Position } from '../../shared/domain/geo/geodesy.ts'
import { gramsFromKg } from '../../shared/domain/material/mass.ts'
import type { Site } from '../../shared/domain/organisation.ts'

/** A pickup's body in the core's terms: grams, basis points, WGS 84. What is private is in `seen`, for rules to compare. */
type Body = z.output<typeof pickupBody>
export type PickupFields = Omit<Body, 'siteId' | 'occurredAt' | 'collector' | 'weigher' | 'vessel' | 'photos'>

export interface Seen {
  readonly occurredAt: string
  readonly site: Site
  readonly collector?: string | undefined
  readonly weigher?: string | undefined
  readonly isFromVessel: boolean
  readonly photos: ReportedPickup['photos']
  readonly earlierUses: ReportedPickup['earlierUses']
}

export function reportedPickup(body: PickupFields, seen: Seen): ReportedPickup {
  const {
    massKg,
    grossKg,
    tareKg,
    containers = 1,
    scaleReadingKg,
    pieces,
    bags,
    compacted,
    moisturePct,
  } = body
  const { collector, weigher, ...known } = seen
  const scale =
    grossKg !== undefined && tareKg !== undefined
      ? { grossGrams: gramsFromKg(grossKg), tareGrams: gramsFromKg(tareKg), containers }
      : undefined
  return {
    form: body.form,
    polymer: body.polymer,
    ...(massKg !== undefined && { netGrams: gramsFromKg(massKg) }),
    ...(scale && { scale }),
    ...(pieces !== undefined && { pieces }),
    ...(bags !== undefined && { bags }),
    ...(compacted !== undefined && { isCompacted: compacted }),
    ...(moisturePct !== undefined && { moistureBp: basisPointsOf(moisturePct) }),
    ...(body.claim === 'none' && { isUnclaimed: true }),
    ...(scaleReadingKg !== undefined && { readingGrams: gramsFromKg(scaleReadingKg) }),
    ...(body.position && { position: wgs84Of(body.position) }),
    ...(body.position?.accuracyM !== undefined && { accuracyM: body.position.accuracyM }),
    ...known,
    ...(collector !== undefined && { collector }),
    ...(weigher !== undefined && { weigher }),
  }
}

/** Per cent with two decimals as whole basis points; the contract has seen to the decimals. */
export const basisPointsOf = (percent: number): number => Math.round(percent * 100)

export function wgs84Of({ lat, lon, crs }: NonNullable<Body['position']>): Position {
  return crs === 'GCJ02' ? wgs84FromGcj02({ lat, lon }) : { lat, lon }
}

/** When and where photos say that they were taken. */
export function capturesOf(photos: Body['photos']): Capture[] {
  return (photos ?? []).map(({ takenAt, lat, lon }) => ({
    ...(takenAt !== undefined && { at: new Date(takenAt).toISOString() }),
    ...(lat !== undefined && lon !== undefined && { position: { lat, lon } }),
  }))
}

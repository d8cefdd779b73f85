import { POTENTIAL_LANDWARD_M, type Zone } from './zone.ts'

/**
 * What is really known of where material was picked up, strongest first: the most that is true wherever within its
 * uncertainty the position was. It follows from position, accuracy and coastline alone, not from the form (used gear is
 * of one class wherever it lay), and nobody chooses it. It is said of every gram as far as the product's public page.
 */
export const FOUND = [
  /** At sea beyond the shoreline band; needs the accuracy of the position. */
  'sea',
  /** At sea or in the shoreline band. */
  'shore',
  /** In a river or at its bank, however far from the coast. */
  'river',
  /** At sea or on land within 50 km of it, and it cannot be said more closely. */
  'near-coast',
  /** On land, and not known to be within 50 km of the sea. */
  'inland',
  /** A position is recorded, but the coastline does not cover it, or it may be anything between sea and inland. */
  'undetermined',
  /** No position is recorded: all that is known is the station where it was handed in. */
  'unrecorded',
] as const

export type Found = (typeof FOUND)[number]

/**
 * The strongest that holds in every zone that is possible. `seawardM` is the least distance from the shore that is
 * possible, negative on land. A position without its accuracy may be off by more than the shoreline and rivers are
 * wide, so that it tells no more than whether it is inland.
 */
export function foundWithin(zones: readonly Zone[], seawardM: number, accuracyGiven: boolean): Found {
  if (accuracyGiven) {
    if (zones.every((zone) => zone === 'OCEAN')) return 'sea'
    if (zones.every((zone) => zone === 'OCEAN' || zone === 'SHORELINE')) return 'shore'
    if (zones.every((zone) => zone === 'WATERWAYS')) return 'river'
  }
  if (seawardM >= -POTENTIAL_LANDWARD_M) return 'near-coast'
  return zones.some((zone) => zone === 'OCEAN' || zone === 'SHORELINE') ? 'undetermined' : 'inland'
}

import type * as z from 'zod'
import type { pickupBody } from '../../shared/contract/requests/pickups.ts'
import { stringIn } from './items.ts'
import { eventKey } from './keys.ts'
import { readAttribute } from './read.ts'

/** What is private in a pickup and judged by rules, as far as it has not been erased. */
export type SealedPickup = Pick<z.output<typeof pickupBody>, 'collector' | 'weigher' | 'photos' | 'position'>

type Openings = { readonly [Field in keyof SealedPickup]?: { readonly value: SealedPickup[Field] } }

/**
 * Reads the values that stand beside a pickup's event, or a correction of it, and open its commitments (shared/ledger/seal.ts). They are never
 * for an answer. What we wrote is trusted to be what we read.
 */
export async function readSealedPickup(eventId: string): Promise<SealedPickup> {
  const item = await readAttribute(eventKey(eventId), 'sealed')
  const openings: Openings = item?.['sealed'] ? JSON.parse(stringIn(item, 'sealed')) : {}
  const { collector, weigher, photos, position } = openings
  return {
    ...(collector && { collector: collector.value }),
    ...(weigher && { weigher: weigher.value }),
    ...(photos && { photos: photos.value }),
    ...(position && { position: position.value }),
  }
}

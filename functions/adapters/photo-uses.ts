import type { EarlierUse } from '../../shared/domain/checks/entry.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { photoUseKey } from './keys.ts'
import { readItems } from './read.ts'

/**
 * Which photo, by its hash, was first used for which pickup, so that the same one is noticed again (R5). It stands
 * beside the events, which name no photo, and within one organisation: others' photos are not its business.
 */
export interface PhotoUse {
  readonly batch: string
  readonly site: string
  readonly massGrams: number
  readonly occurredAt: string
}

/** Earlier uses of these photos, by hash. */
export async function readPhotoUses(org: string, hashes: readonly string[]): Promise<Map<string, PhotoUse>> {
  if (hashes.length === 0) return new Map()
  const items = await readItems([...new Set(hashes)].map((hash) => photoUseKey(org, hash)))
  return new Map(items.map((item) => [hashIn(item), useIn(item)]))
}

export function photoUseItem(org: string, hash: string, use: PhotoUse): Item {
  return {
    ...keyOf(photoUseKey(org, hash)),
    batch: text(use.batch),
    site: text(use.site),
    massGrams: number(use.massGrams),
    occurredAt: text(use.occurredAt),
  }
}

/** Earlier uses as the rule wants them, as seen from a station. */
export function earlierUsesAt(uses: Iterable<PhotoUse>, site: string): EarlierUse[] {
  return [...uses].map(({ batch, site: usedAt, massGrams, occurredAt }) => ({
    batch,
    sameSite: usedAt === site,
    massGrams,
    occurredAt,
  }))
}

const hashIn = (item: Item): string => stringIn(item, 'pk').split('#').at(-1) ?? ''

const useIn = (item: Item): PhotoUse => ({
  batch: stringIn(item, 'batch'),
  site: stringIn(item, 'site'),
  massGrams: Number(item['massGrams']?.N),
  occurredAt: stringIn(item, 'occurredAt'),
})

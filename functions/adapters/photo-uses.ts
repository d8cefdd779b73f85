import type { EarlierUse } from '../../shared/domain/checks/entry.ts'
import { keyOf, stringIn, text, type Item } from './items.ts'
import { photoUseKey } from './keys.ts'
import { loadMany } from './ledger.ts'
import { readItems } from './read.ts'
import type { Claim } from './transaction.ts'

/**
 * Which photo, by its hash, was used for which pickups, so that the same one is noticed again (R5). It stands beside
 * the events, which name no photo, and within one organisation: others' photos are not its business.
 */
export interface PhotoUse {
  readonly batch: string
  readonly site: string
  readonly massGrams: number
  readonly occurredAt: string
}

/** The uses of one photo, latest last, and the text in which they stand in the table; none of a new one. */
export interface KnownPhoto {
  readonly uses: readonly PhotoUse[]
  readonly stored?: string
}

/**
 * Earlier uses of these photos, by hash, as they are today: those for pickups that were declared a mistake are left
 * out, and a mass that was corrected since is the corrected one. Reads states only where a photo was used before.
 */
export async function readPhotoUses(
  org: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, KnownPhoto>> {
  if (hashes.length === 0) return new Map()
  const items = await readItems([...new Set(hashes)].map((hash) => photoUseKey(org, hash)))
  const stored = new Map(items.map((item) => [hashIn(item), stringIn(item, 'uses')]))
  const uses = new Map([...stored].map(([hash, json]) => [hash, usesIn(json)]))
  const batches = await loadMany([...uses.values()].flat().map(({ batch }) => batch))
  const today = new Map(
    batches.flatMap(({ subject }) =>
      subject.kind === 'batch' && subject.status !== 'void' ? [[subject.id, subject.massGrams]] : [],
    ),
  )
  return new Map(
    [...uses].map(([hash, known]) => [
      hash,
      {
        uses: known.flatMap((use) => {
          const massGrams = today.get(use.batch)
          return massGrams === undefined ? [] : [{ ...use, massGrams }]
        }),
        stored: stored.get(hash) ?? '',
      },
    ]),
  )
}

/** More uses of one photo than these are not remembered: the oldest are forgotten first. */
const MAX_USES = 20

/** Notes one more use of a photo, provided that nobody else has noted one meanwhile. */
export function claimPhoto(org: string, hash: string, known: KnownPhoto | undefined, use: PhotoUse): Claim {
  const uses = [...(known?.uses ?? []), use].slice(-MAX_USES)
  const item = { ...keyOf(photoUseKey(org, hash)), uses: text(JSON.stringify(uses)) }
  return known?.stored === undefined
    ? { item }
    : { item, replaces: { attribute: 'uses', value: known.stored } }
}

/** Earlier uses as the rule wants them, as seen from a station. */
export function earlierUsesAt(known: Iterable<KnownPhoto>, site: string): EarlierUse[] {
  return [...known].flatMap(({ uses }) =>
    uses.map(({ batch, site: usedAt, massGrams, occurredAt }) => ({
      batch,
      sameSite: usedAt === site,
      massGrams,
      occurredAt,
    })),
  )
}

const hashIn = (item: Item): string => stringIn(item, 'pk').split('#').at(-1) ?? ''

function usesIn(json: string): PhotoUse[] {
  const uses: PhotoUse[] = JSON.parse(json)
  return uses
}

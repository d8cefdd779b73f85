import type { EarlierUse } from '../../shared/domain/checks/entry.ts'
import { keyOf, stringIn, text, type Item } from './items.ts'
import { photoUseKey } from './keys.ts'
import { loadMany } from './ledger.ts'
import { readItems } from './read.ts'
import type { Claim } from './transaction.ts'

/**
 * Which photo, by its hash alone, was used for which pickups, so that the same one is noticed again, whoever sends it
 * (R5). It stands beside the events, which name no photo. What others did with a photo decides a verdict and is never
 * told: {@link earlierUsesAt} says no more than that they did.
 */
export interface PhotoUse {
  readonly org: string
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

/** Photos by hash. */
export type KnownPhotos = ReadonlyMap<string, KnownPhoto>

/**
 * Earlier uses of these photos, by hash, as they are today: those for pickups that were declared a mistake are left
 * out, and a mass that was corrected since is the corrected one. Reads states only where a photo was used before.
 */
export async function readPhotoUses(hashes: readonly string[]): Promise<KnownPhotos> {
  if (hashes.length === 0) return new Map()
  const items = await readItems([...new Set(hashes)].map(photoUseKey))
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

/**
 * More uses of one photo than these are not remembered, so that its item stays small. Who used it most often forgets
 * its own oldest first: nobody can use a photo so often that another's use is forgotten.
 */
const MAX_USES = 20

/** Notes the use of photos for a pickup, in place of what was noted of that pickup before; nothing else may have been noted meanwhile. */
export function claimPhotos(hashes: readonly string[], known: KnownPhotos, use: PhotoUse): Claim[] {
  return [...new Set(hashes)].map((hash) => {
    const { uses = [], stored } = known.get(hash) ?? {}
    const others = uses.filter(({ batch }) => batch !== use.batch)
    const item = { ...keyOf(photoUseKey(hash)), uses: text(JSON.stringify(bounded([...others, use]))) }
    return stored === undefined ? { item } : { item, replaces: { attribute: 'uses', value: stored } }
  })
}

function bounded(uses: readonly PhotoUse[]): readonly PhotoUse[] {
  if (uses.length <= MAX_USES) return uses
  const byOrg = Map.groupBy(uses, ({ org }) => org)
  const most = Math.max(...[...byOrg.values()].map(({ length }) => length))
  const oldest = uses.findIndex(({ org }) => byOrg.get(org)?.length === most)
  return uses.toSpliced(oldest, 1)
}

/** Uses for other pickups, as the rule wants them: as seen from a station. */
export function earlierUsesAt(
  known: KnownPhotos,
  here: { readonly org: string; readonly site: string; readonly batch: string },
): EarlierUse[] {
  return [...known.values()].flatMap(({ uses }) =>
    uses
      .filter(({ batch }) => batch !== here.batch)
      .map((use) => ({
        batch: use.batch,
        usedBy: usedBy(use, here),
        massGrams: use.massGrams,
        occurredAt: use.occurredAt,
      })),
  )
}

function usedBy(use: PhotoUse, here: Pick<PhotoUse, 'org' | 'site'>): EarlierUse['usedBy'] {
  if (use.org !== here.org) return 'another-organisation'
  return use.site === here.site ? 'same-station' : 'same-organisation'
}

const hashIn = (item: Item): string => stringIn(item, 'pk').split('#').at(-1) ?? ''

function usesIn(json: string): PhotoUse[] {
  const uses: PhotoUse[] = JSON.parse(json)
  return uses
}

/** A photo whose uses for some batches are to be forgotten: as its uses stand in the table, if they do, and what is left. */
export interface RemainingUses {
  readonly hash: string
  readonly seen: string
  readonly left: readonly PhotoUse[]
}

/** What is left of photos' uses without those for some batches. Each photo once, also one whose uses were not noted. */
export async function usesWithout(
  hashes: readonly string[],
  batches: ReadonlySet<string>,
): Promise<(Omit<RemainingUses, 'seen'> & { readonly seen?: string })[]> {
  const wanted = [...new Set(hashes)]
  if (wanted.length === 0) return []
  const items = await readItems(wanted.map(photoUseKey))
  const stored = new Map(items.map((item) => [hashIn(item), stringIn(item, 'uses')]))
  return wanted.map((hash) => {
    const seen = stored.get(hash)
    if (seen === undefined) return { hash, left: [] }
    return { hash, seen, left: usesIn(seen).filter(({ batch }) => !batches.has(batch)) }
  })
}

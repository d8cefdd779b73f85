import type * as z from 'zod/mini'
import type { sealedPage } from '../../shared/contract/answers/privacy.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { isAtSite } from '../../shared/domain/identity/reach.ts'
import { commitmentsOf, isShown } from '../../shared/domain/privacy/sealed.ts'
import type { Opened, Openings } from '../adapters/openings.ts'
import { photoStorage, signPhotoLink } from '../adapters/photos.ts'

type SealedView = z.output<typeof sealedPage>['items'][number]

/**
 * The sealed values of one event as a caller is shown them: each with its salt, so that its commitment can be checked.
 * What a role would be shown is withheld from those who are limited to other sites.
 */
export async function viewSealed(
  { event, openings }: Opened,
  { role, sites }: Pick<Caller, 'role' | 'sites'>,
  now: Date,
): Promise<SealedView> {
  const isSeen = (field: string): boolean =>
    isAtSite({ sites: sites ?? 'all' }, event.site) && isShown(field, role)
  const fields = Object.entries(commitmentsOf(event)).map(([name, commitment]) => {
    if (!isSeen(name)) return { name, commitment, status: 'withheld' as const }
    const opening = openings[name]
    return opening
      ? { name, commitment, status: 'shown' as const, ...opening }
      : { name, commitment, status: 'erased' as const }
  })
  const photos = isSeen('photos') ? await linksTo(event.org, openings, now) : []
  const { id: eventId, type: eventType, occurredAt } = event
  return { eventId, eventType, occurredAt, fields, ...(photos.length > 0 && { photos }) }
}

/** Which of them were shown. */
export const shownIn = ({ eventId, fields }: SealedView): { event: string; fields: string[] } => ({
  event: eventId,
  fields: fields.filter(({ status }) => status === 'shown').map(({ name }) => name),
})

/** Links to the photos of an entry, and to their thumbnails. */
export function linksTo(
  org: string,
  openings: Openings,
  now: Date,
): Promise<NonNullable<SealedView['photos']>> {
  const link = async ({ sha256, mediaType }: { sha256: string; mediaType: string }) => ({
    sha256,
    url: await signPhotoLink({ org, sha256, mediaType }, photoStorage(), now),
  })
  return Promise.all(
    (openings.photos?.value ?? []).map(async ({ thumbnail, ...original }) => ({
      ...(await link(original)),
      ...(thumbnail && { thumbnail: await link(thumbnail) }),
    })),
  )
}

import { createHash } from 'node:crypto'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import type { Loaded } from '../adapters/items.ts'

/** What a reader has already, and what a writer last saw: entity tags (RFC 9110, §8.8.3 and §13.1). */

/**
 * The tag of what was read: its version and, where it is held, by what. A hold from upstream changes what is shown but
 * not the version, since it is no event of the subject's own; so a reader compares all of it, a writer the version.
 */
export function etagOf({ subject, holds }: Pick<Loaded, 'subject' | 'holds'>): string {
  return holds.length === 0 ? `"${subject.version}"` : `"${subject.version}+${digestOf(holds)}"`
}

/** Of which holds they are, without their ids: these name batches, which may be others'. */
const digestOf = (holds: readonly string[]): string =>
  createHash('sha256')
    .update([...holds].sort().join())
    .digest('base64url')
    .slice(0, 16)

/**
 * Whether the reader has what this tag names. Compared weakly, for the CDN makes a tag weak when it compresses; the
 * header may list several tags, and `*` is whatever there is.
 */
export function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).includes(opaque(etag))
}

/** Refuses a change of something that is not as the caller last saw it (If-Match). */
export function refuseChanged(
  header: string | undefined,
  subject: { readonly id: string; readonly version: number },
): Refused | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const seen = tagsIn(header).map((tag) => /^"(\d+)(?:\+[^"]*)?"$/.exec(tag)?.[1])
  if (seen.includes(String(subject.version))) return undefined
  const detail = `You last saw ${subject.id} as ${header.slice(0, MAX_SHOWN)}; it is "${subject.version}" now. Read it again and decide anew.`
  return refuse('precondition-failed', detail)
}

const MAX_SHOWN = 80

/** The quoted parts of the tags in a list, weak or strong. A tag may have commas in it. */
export function tagsIn(header: string): string[] {
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag = '']) => tag)
}

const opaque = (etag: string): string => etag.replace(/^W\//, '')

/** Answers that a reader has already: `If-None-Match` and what it is compared with (RFC 9110, §8.8.3 and §13.1.2). */

/**
 * Whether the reader has what this tag names. Compared weakly, for the CDN makes a tag weak when it compresses; the
 * header may list several tags, and `*` is whatever there is.
 */
export function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).includes(opaque(etag))
}

/** The quoted parts of the tags in a list, weak or strong. A tag may have commas in it. */
export function tagsIn(header: string): string[] {
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag = '']) => tag)
}

const opaque = (etag: string): string => etag.replace(/^W\//, '')

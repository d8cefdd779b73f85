import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The digest of a file's bytes, short enough for a tag. */
export function digestOfFile(file: URL): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 8)
}

const HERE = new URL(import.meta.url)

/**
 * Which code makes an answer, for entity tags of what is drawn and worded here: else whoever has a page keeps it, in its
 * old words, for as long as its batch does not change. Deployed, this is the digest of the file that a function starts with, which
 * names what lies beside it by its content.
 * Run from sources, nobody knows what of them has changed, so each start is a release.
 */
export const RELEASE: string = HERE.pathname.endsWith('.ts')
  ? Math.trunc(performance.timeOrigin).toString(36)
  : digestOfFile(HERE)

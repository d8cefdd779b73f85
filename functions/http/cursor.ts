import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'

/**
 * Cursors are opaque to callers: base64url of the list and the place in it to go on from, so that they pass through any
 * URL unharmed, and a cursor of one list is not taken for a place in another.
 */
export function writeCursor(list: string, position: string): string {
  return Buffer.from(`${list} ${position}`, 'utf8').toString('base64url')
}

/** A position that is a number of entries to skip. */
export const COUNT: RegExp = /^\d{1,9}$/

/** The position in a cursor, undefined for none; a refusal for one that we did not write, or wrote for another list. */
export function readCursor(
  cursor: string | undefined,
  list: string,
  shape: RegExp,
): Decision<string | undefined> {
  if (cursor === undefined) return accept(undefined)
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const position = text.slice(list.length + 1)
  if (shape.test(position) && writeCursor(list, position) === cursor) return accept(position)
  return refuse(
    'invalid-request',
    'The cursor is not one of ours for this list; leave it out to start again.',
    '/cursor',
  )
}

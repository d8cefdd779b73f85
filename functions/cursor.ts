import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'

/** Cursors are opaque to callers: base64url of the place to go on from, so that they pass through any URL unharmed. */
export function writeCursor(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url')
}

/** A position that is a number of entries to skip. */
export const COUNT: RegExp = /^\d{1,9}$/

/** The position in a cursor, undefined for none; a refusal for one that we did not write, or wrote for another list. */
export function readCursor(cursor: string | undefined, shape: RegExp): Decision<string | undefined> {
  if (cursor === undefined) return accept(undefined)
  const position = Buffer.from(cursor, 'base64url').toString('utf8')
  if (shape.test(position) && writeCursor(position) === cursor) return accept(position)
  return refuse('invalid-request', 'The cursor is not one of ours; leave it out to start again.', '/cursor')
}

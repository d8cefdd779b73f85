import type { Identities, IdentityKind } from '../../shared/domain/identity/identity.ts'
import { listedIdentities, LISTED, recordsOf, type Listed, type Stored } from '../adapters/identities.ts'
import { json } from '../http/answers.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { Handled } from '../http/http.ts'

/** Pages of what an organisation has of keys, members, invitations and devices, newest first. */
export interface Asked<Kind extends IdentityKind> {
  readonly kind: Kind
  readonly org: string
  readonly query: { readonly cursor?: string | undefined; readonly limit: number }
  /** Which of them the caller sees; all, if left out. */
  readonly shows?: (record: Identities[Kind]) => boolean
}

/** Answers with a page of records as `view` shows them, and where the next begins. */
export async function answerPage<Kind extends IdentityKind>(
  { kind, org, query, shows = () => true }: Asked<Kind>,
  view: (found: Stored<Kind>) => unknown,
): Promise<Handled> {
  const before = readCursor(query.cursor, kind, LISTED)
  if (!before.ok) return before
  const { value: from } = before
  const listed = await listedIdentities(kind, org)
  const left = from === undefined ? listed : listed.filter(({ position }) => position < from)
  const { page, next } = await pageOf(kind, left, query.limit, shows)
  return json(200, {
    items: page.map((found) => view(found)),
    ...(next !== undefined && { next: writeCursor(kind, next) }),
  })
}

/** Reads as many records at a time as the page still lacks, until it is full or there are no more. */
async function pageOf<Kind extends IdentityKind>(
  kind: Kind,
  listed: readonly Listed[],
  limit: number,
  shows: (record: Identities[Kind]) => boolean,
): Promise<{ readonly page: readonly Stored<Kind>[]; readonly next?: string }> {
  const page: Stored<Kind>[] = []
  let at = 0
  while (at < listed.length && page.length < limit) {
    const some = listed.slice(at, at + limit - page.length)
    at += some.length
    const refs = some.map(({ ref }) => ref)
    page.push(...(await recordsOf(kind, refs)).filter(({ record }) => shows(record)))
  }
  const last = listed[at - 1]
  return { page, ...(last && at < listed.length && { next: last.position }) }
}

import type { Enrolment } from '../../shared/domain/identity/enrolment.ts'
import { listItem, recordItem, recordsOf, type Stored } from './identities.ts'
import { keyOf, stringIn, text } from './items.ts'
import { codeKey, CODES, codeSk } from './keys.ts'
import { readListRange } from './lists.ts'
import { putTogether } from './together.ts'

/** Codes that enrol phones, as their organisation finds them: by id, and by when they were made. */

/** False where there is one of that id. */
export function storeCode(ref: string, record: Enrolment): Promise<boolean> {
  const { org, madeAt, id } = record
  return putTogether([
    { item: recordItem('enrolment', { ref, record, revision: 1 }), where: 'new' },
    { item: listItem('enrolment', ref, record), where: 'new' },
    { item: { ...keyOf(codeKey(org, madeAt, id)), ref: text(ref) }, where: 'new' },
  ])
}

export interface CodePage {
  readonly found: readonly Stored<'enrolment'>[]
  /** Where to go on from; absent at the end. */
  readonly next?: string
}

/** Up to `limit` of an organisation's codes that were made since then, newest first. */
export async function readCodes(
  org: string,
  {
    since,
    before,
    limit,
  }: { readonly since: string; readonly before: string | undefined; readonly limit: number },
): Promise<CodePage> {
  const range = { from: codeSk(since, ''), before: before ?? `${CODES}~`, limit }
  const entries = await readListRange(org, range)
  const found = await recordsOf(
    'enrolment',
    entries.map((entry) => stringIn(entry, 'ref')),
  )
  const last = entries.at(-1)
  return { found, ...(last && entries.length === limit && { next: stringIn(last, 'sk') }) }
}

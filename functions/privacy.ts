import { PRIVACY_ROUTES } from '../shared/contract/routes/privacy.ts'
import type { Caller } from '../shared/domain/identity/caller.ts'
import { readBatchId, SHIPMENT_ID_PATTERN } from '../shared/domain/ids.ts'
import { commitmentsOf } from '../shared/domain/privacy/sealed.ts'
import type { Subject } from '../shared/domain/state/fold.ts'
import { printSigned } from '../shared/verification/bundle.ts'
import { proofPage, textOf } from './evidence/proof.ts'
import { noteAccess, readAccesses } from './adapters/accesses.ts'
import { readEntries, type Entry } from './adapters/entries.ts'
import { ACCESS_SK, PERSON_SK } from './adapters/keys.ts'
import { findLabelled } from './adapters/labels.ts'
import { loadOne } from './adapters/ledger.ts'
import { readOpened } from './adapters/openings.ts'
import { findPerson } from './adapters/people.ts'
import { json, notFound } from './http/answers.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { jsonLines } from './http/jsonl.ts'
import { serve, type Handled } from './http/http.ts'
import type { Request } from './http/request.ts'
import { viewEntry } from './views/export.ts'
import { findSeenBatch } from './views/seen.ts'
import { SIGNED_ENTRY, signedEntries } from './views/signed-lines.ts'
import { shownIn, viewSealed } from './views/sealed.ts'

/** Reads of what is sealed, by those who need it, and of what is held on somebody. Each is recorded before it is answered. */
export const handler = serve(PRIVACY_ROUTES, {
  readSealed: async (request) => {
    const id = readBatchId(request.path['id'] ?? '')
    const batch = id === undefined ? undefined : await loadSubject(id)
    const isOwn = batch?.kind === 'batch' && batch.custodians.includes(request.caller.org)
    return isOwn ? sealedPage(batch.id, request) : notFound(`batch ${request.path['id'] ?? ''}`)
  },

  readSignedProof: async ({ path, query, caller, header }) => {
    const found = await findSeenBatch(path['id'], { org: caller.org, sites: 'all' })
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const page = await proofPage(found.batch.id, query)
    if (!page.ok) return page
    const lines = await page.value.read()
    const entries = await signedEntries(lines.events, caller)
    await noteAccess(caller.org, {
      at: new Date().toISOString(),
      by: caller.by,
      role: caller.role,
      asked: 'proof',
      shown: entries.map(({ event }) => ({ event, fields: [SIGNED_ENTRY] })),
    })
    const text = textOf(
      lines,
      entries.map(({ signed }) => printSigned(signed)),
    )
    const { type } = PRIVACY_ROUTES.readSignedProof.answer
    const headers = { 'cache-control': 'no-store' }
    return { answer: await jsonLines(type, text, header('accept-encoding'), headers) }
  },

  readSealedShipment: async (request) => {
    const id = request.path['id'] ?? ''
    const shipment = SHIPMENT_ID_PATTERN.test(id) ? await loadSubject(id) : undefined
    const isOwn =
      shipment?.kind === 'shipment' && [shipment.from.org, shipment.to.org].includes(request.caller.org)
    return isOwn ? sealedPage(shipment.id, request) : notFound(`shipment ${id}`)
  },

  exportPerson: async ({ body, caller }) => {
    const from = readCursor(body.cursor, 'export', EXPORT_POSITION)
    if (!from.ok) return from
    const person = await findPerson(caller.org, body.person)
    const page = person === undefined ? { entries: [] } : await exportedPage(person, from.value, body.limit)
    const now = new Date()
    const items = await Promise.all(page.entries.map((entry) => viewEntry(entry, now)))
    await noteAccess(caller.org, {
      at: now.toISOString(),
      by: caller.by,
      role: caller.role,
      asked: 'export',
      shown: items.map(({ eventId, fields }) => ({ event: eventId, fields: fields.map(({ name }) => name) })),
    })
    const labelled = body.cursor === undefined ? await findLabelled(caller.org, body.person) : []
    const labels = labelled.map(({ kind, record: { id, label, madeAt } }) => ({ kind, id, label, madeAt }))
    return json(200, {
      items,
      ...(labels.length > 0 && { labels }),
      ...(page.next !== undefined && { next: writeCursor('export', page.next) }),
    })
  },

  listAccesses: async ({ query, caller }) => {
    const before = readCursor(query.cursor, 'accesses', ACCESS_SK)
    if (!before.ok) return before
    const page = await readAccesses(caller.org, { before: before.value, limit: query.limit })
    return json(200, {
      items: page.accesses,
      ...(page.next !== undefined && { next: writeCursor('accesses', page.next) }),
    })
  },
})

/** Where an export goes on: in which index, after what. */
const EXPORT_POSITION = new RegExp(`^(person|weigher) (|${PERSON_SK.source.slice(1, -1)})$`)

interface ExportedPage {
  readonly entries: readonly Entry[]
  readonly next?: string
}

/** First those that somebody collected or drove, then those that they only weighed. */
async function exportedPage(person: string, from: string | undefined, limit: number): Promise<ExportedPage> {
  const [capacity = '', position = ''] = (from ?? '').split(' ')
  const after = position === '' ? undefined : position
  if (capacity !== 'weigher') {
    const { entries, next } = await readEntries('person', person, { after, limit })
    return { entries, next: next === undefined ? 'weigher ' : `person ${next}` }
  }
  const { entries, next } = await readEntries('weigher', person, { after, limit })
  const others = entries.filter(({ part }) => !part.isPerson)
  return { entries: others, ...(next !== undefined && { next: `weigher ${next}` }) }
}

const loadSubject = async (id: string): Promise<Subject | undefined> => (await loadOne(id))?.subject

/** What is sealed in one page of a subject's history; other organisations' events are left out, whatever they are. */
async function sealedPage(
  subject: string,
  { query, caller }: { readonly query: Request<'readSealed'>['query']; readonly caller: Caller },
): Promise<Handled> {
  const list = `sealed ${subject}`
  const after = readCursor(query.cursor, list, COUNT)
  if (!after.ok) return after
  const { opened, nextAfter } = await readOpened(subject, Number(after.value ?? 0), query.limit)
  const now = new Date()
  const own = opened.filter(
    ({ event }) => event.org === caller.org && Object.keys(commitmentsOf(event)).length > 0,
  )
  const items = await Promise.all(own.map((one) => viewSealed(one, caller, now)))
  await noteAccess(caller.org, {
    at: now.toISOString(),
    by: caller.by,
    role: caller.role,
    asked: 'sealed',
    shown: items.map(shownIn).filter(({ fields }) => fields.length > 0),
  })
  return json(200, {
    items,
    ...(nextAfter !== undefined && { next: writeCursor(list, String(nextAfter)) }),
  })
}

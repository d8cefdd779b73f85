import { RECORD_ROUTES } from '../shared/contract/routes/records.ts'
import { SHIPMENT_ID_PATTERN } from '../shared/domain/ids.ts'
import { loadEntries } from './adapters/history.ts'
import { RUN_LIST_SK, type ListName } from './adapters/keys.ts'
import { loadMany, loadOne } from './adapters/ledger.ts'
import { readList } from './adapters/lists.ts'
import { findCertificates } from './adapters/registry.ts'
import { json, notFound } from './answers.ts'
import { isFresh } from './caching.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { serve } from './http.ts'
import { ownRun } from './runs.ts'
import {
  viewBatch,
  viewCertificate,
  viewRun,
  viewShipment,
  type RunView,
  type ShipmentView,
} from './views.ts'

/** Reads of what happens to batches: runs, shipments, and the certificates that claims rest on. */
export const handler = serve(RECORD_ROUTES, {
  readRun: async ({ path, caller, header }) => {
    const run = await ownRun(path['id'], caller.org)
    if (!run) return notFound(`run ${path['id'] ?? ''}`)
    const etag = `"${run.version}"`
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    const loaded = await loadMany([run.id, ...run.outputs.map(({ batch }) => batch)])
    const held = new Map(loaded.map(({ subject, holds }) => [subject.id, holds.length > 0]))
    const outputs = loaded.flatMap(({ subject, holds }) =>
      subject.kind === 'batch' ? [viewBatch(subject, undefined, holds.length > 0)] : [],
    )
    return json(200, viewRun(run, outputs, undefined, held.get(run.id)), { etag })
  },

  listRuns: async ({ query, caller }) => {
    const page = await listPage(caller.org, 'runs', query.cursor, query.limit, (subject, held) => {
      if (subject.kind !== 'run') return undefined
      if (query.site !== undefined && subject.site !== query.site) return undefined
      if (query.status !== undefined && subject.status !== query.status) return undefined
      return viewRun(subject, [], undefined, held)
    })
    return page
  },

  readShipment: async ({ path, caller, header }) => {
    const id = path['id'] ?? ''
    const subject = SHIPMENT_ID_PATTERN.test(id) ? (await loadOne(id))?.subject : undefined
    if (subject?.kind !== 'shipment') return notFound(`shipment ${id}`)
    if (subject.from.org !== caller.org && subject.to.org !== caller.org) return notFound(`shipment ${id}`)
    const etag = `"${subject.version}"`
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    return json(200, viewShipment(subject), { etag })
  },

  listShipments: async ({ query, caller }) =>
    listPage(caller.org, query.direction, query.cursor, query.limit, (subject) =>
      subject.kind === 'shipment' ? viewShipment(subject) : undefined,
    ),

  listCertificates: async ({ caller }) =>
    json(200, { items: (await findCertificates(caller.org)).map(viewCertificate) }),
})

type Shown = (
  subject: Awaited<ReturnType<typeof loadMany>>[number]['subject'],
  held: boolean,
) => RunView | ShipmentView | undefined

/** How many rounds a filter may take before a page is given short, with a cursor to go on from. */
const MAX_ROUNDS = 5

/** One page of a list, newest first; what `show` leaves out is read past. */
async function listPage(org: string, list: ListName, cursor: string | undefined, limit: number, show: Shown) {
  const before = readCursor(cursor, RUN_LIST_SK)
  if (!before.ok) return before
  const items: (RunView | ShipmentView)[] = []
  let position = before.value
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const entries = await readList(org, list, { before: position, limit })
    const loaded = new Map(
      (await loadEntries(entries.map(({ id }) => id))).map((one) => [one.subject.id, one]),
    )
    for (const entry of entries) {
      position = entry.position
      const one = loaded.get(entry.id)
      const shown = one && show(one.subject, one.holds.length > 0)
      if (shown) items.push(shown)
      if (items.length === limit) return json(200, { items, next: writeCursor(position) })
    }
    if (entries.length < limit) return json(200, { items })
  }
  return json(200, { items, ...(position !== undefined && { next: writeCursor(position) }) })
}

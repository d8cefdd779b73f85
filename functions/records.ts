import { RECORD_ROUTES } from '../shared/contract/routes/records.ts'
import {
  isAtSite,
  isOwnBatch,
  isOwnRun,
  isOwnShipment,
  type Reader,
} from '../shared/domain/identity/reach.ts'
import { eventId, SHIPMENT_ID_PATTERN } from '../shared/domain/ids.ts'
import { accept, type Decision } from '../shared/domain/refusal.ts'
import type { Shipment } from '../shared/domain/state/shipment.ts'
import { loadEntries, readEvents } from './adapters/history.ts'
import type { Loaded } from './adapters/items.ts'
import { RUN_LIST_SK, type ListName } from './adapters/keys.ts'
import { loadMany, loadOne } from './adapters/ledger.ts'
import { readCertificates, readList } from './adapters/lists.ts'
import { readTold, readVehicles } from './adapters/openings.ts'
import { reading } from './callers/reading.ts'
import { json, notFound } from './http/answers.ts'
import { etagOf, isFresh } from './http/caching.ts'
import { checksOf } from './checks.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { serve, type Handled } from './http/http.ts'
import type { Request } from './http/request.ts'
import { ownRun } from './commands/runs.ts'
import { narrowed } from './views/narrowed.ts'
import { findSeenRun, seenOutputs } from './views/seen.ts'
import {
  viewBatch,
  viewCertificate,
  viewRun,
  viewShipment,
  withVehicle,
  type BatchView,
  type RunView,
  type ShipmentView,
} from './views/views.ts'

/** Reads of what happens to batches: runs, shipments, and the certificates that claims rest on. */
export const handler = serve(RECORD_ROUTES, {
  readRun: reading(async ({ path, header }, reader) => {
    const run = await findSeenRun(path['id'], reader)
    if (!run) return notFound(`run ${path['id'] ?? ''}`)
    const [loaded, closing] = await Promise.all([
      loadMany([run.id, ...run.outputs.map(({ batch }) => batch)]),
      run.closedBy === undefined ? undefined : readEvents([run.closedBy]),
    ])
    const [outputs, seen] = await Promise.all([outputsOf(loaded, reader), seenOutputs(run, loaded, reader)])
    const holds = loaded.find(({ subject }) => subject.id === run.id)?.holds ?? []
    const etag = etagOf({ subject: run, holds })
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    const view = viewRun(run, outputs, closing?.get(run.closedBy ?? '')?.event, holds.length > 0)
    return json(200, { ...view, outputIds: view.outputIds.filter((id) => seen.has(id)) }, { etag })
  }),

  readRunEvents: reading(async ({ path, query }, reader) => {
    const run = await ownRun(path['id'], reader.org)
    const isSeen = run && isOwnRun(reader, run)
    return isSeen ? eventsOf(run.id, query) : notFound(`run ${path['id'] ?? ''}`)
  }),

  listRuns: reading(async ({ query }, reader) => {
    const page = await listPage(reader.org, 'runs', query.cursor, query.limit, (subject, held) => {
      if (subject.kind !== 'run' || !isOwnRun(reader, subject)) return undefined
      if (query.site !== undefined && subject.site !== query.site) return undefined
      if (query.status !== undefined && subject.status !== query.status) return undefined
      return viewRun(subject, [], undefined, held)
    })
    return page.ok ? json(200, page.value) : page
  }),

  readShipment: reading(async ({ path, header }, reader) => {
    const shipment = await ownShipment(path['id'], reader)
    if (!shipment) return notFound(`shipment ${path['id'] ?? ''}`)
    const etag = etagOf({ subject: shipment, holds: [] })
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    const ids = Array.from({ length: shipment.version }, (_, index) => eventId(shipment.id, index + 1))
    const [events, vehicles] = await Promise.all([readEvents(ids), readVehicles([shipment.id])])
    const checks = ids.flatMap((id) => {
      const found = events.get(id)
      return found ? checksOf(found.event) : []
    })
    return json(200, withVehicle(viewShipment(shipment, checks), vehicles), { etag })
  }),

  readShipmentEvents: reading(async ({ path, query }, reader) => {
    const shipment = await ownShipment(path['id'], reader)
    return shipment ? eventsOf(shipment.id, query) : notFound(`shipment ${path['id'] ?? ''}`)
  }),

  listShipments: reading(async ({ query }, reader) => {
    const page = await listPage(reader.org, query.direction, query.cursor, query.limit, (subject) => {
      if (subject.kind !== 'shipment' || !isOwnShipment(reader, subject)) return undefined
      return query.status === undefined || subject.status === query.status ? viewShipment(subject) : undefined
    })
    if (!page.ok) return page
    const { items, ...next } = page.value
    const vehicles = await readVehicles(items.map(({ id }) => id))
    return json(200, { items: items.map((view) => withVehicle(view, vehicles)), ...next })
  }),

  listCertificates: reading(async (_, reader) => {
    const certificates = await readCertificates(reader.org)
    const seen = certificates.filter(({ sites }) => sites.some((site) => isAtSite(reader, site)))
    return json(200, { items: seen.map(viewCertificate) })
  }),
})

/** Of what a run made, the batches that are the reader's own. */
async function outputsOf(loaded: readonly Loaded[], reader: Reader): Promise<BatchView[]> {
  const seen = loaded.flatMap(({ subject, holds }) =>
    subject.kind === 'batch' && isOwnBatch(reader, subject) ? [{ batch: subject, runs: 0, holds }] : [],
  )
  return Promise.all(
    seen.map((one) => narrowed(viewBatch(one.batch, undefined, one.holds.length > 0), one, reader)),
  )
}

/** A shipment from or to the organisation. */
async function ownShipment(id: string | undefined, reader: Reader): Promise<Shipment | undefined> {
  if (id === undefined || !SHIPMENT_ID_PATTERN.test(id)) return undefined
  const subject = (await loadOne(id))?.subject
  if (subject?.kind !== 'shipment') return undefined
  return isOwnShipment(reader, subject) ? subject : undefined
}

/** One page of a history whose subject the caller may read. */
async function eventsOf(
  subject: string,
  { cursor, limit }: Request<'readRunEvents'>['query'],
): Promise<Handled> {
  const after = readCursor(cursor, subject, COUNT)
  if (!after.ok) return after
  const { events, nextAfter } = await readTold(subject, Number(after.value ?? 0), limit)
  return json(200, {
    items: events,
    ...(nextAfter !== undefined && { next: writeCursor(subject, String(nextAfter)) }),
  })
}

type Show<View> = (
  subject: Awaited<ReturnType<typeof loadMany>>[number]['subject'],
  held: boolean,
) => View | undefined

interface ListPage<View> {
  readonly items: readonly View[]
  readonly next?: string
}

/** How many rounds a filter may take before a page is given short, with a cursor to go on from. */
const MAX_ROUNDS = 5

/** One page of a list, newest first; what `show` leaves out is read past. */
async function listPage<View extends RunView | ShipmentView>(
  org: string,
  list: ListName,
  cursor: string | undefined,
  limit: number,
  show: Show<View>,
): Promise<Decision<ListPage<View>>> {
  const before = readCursor(cursor, list, RUN_LIST_SK)
  if (!before.ok) return before
  const items: View[] = []
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
      if (items.length === limit) return accept({ items, next: writeCursor(list, position) })
    }
    if (entries.length < limit) return accept({ items })
  }
  return accept({ items, ...(position !== undefined && { next: writeCursor(list, position) }) })
}

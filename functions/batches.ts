import { BATCH_ROUTES } from '../shared/contract/routes/batches.ts'
import { isShown } from '../shared/domain/identity/event-reach.ts'
import { isAtSite, passedOn, type Reader } from '../shared/domain/identity/reach.ts'
import { kgFromGrams } from '../shared/domain/material/mass.ts'
import { refuse } from '../shared/domain/refusal.ts'
import type { Batch } from '../shared/domain/state/batch.ts'
import type { HashedEvent } from '../shared/domain/state/fold.ts'
import { loadEntries, readHistory, readSiteEntries, type SiteEntry } from './adapters/history.ts'
import { readTold } from './adapters/openings.ts'
import { readHolds, type HoldFacts } from './adapters/holds.ts'
import type { Loaded } from './adapters/items.ts'
import { SITE_INDEX_SK, siteIndexSk } from './adapters/keys.ts'
import { findOrganisation } from './adapters/registry.ts'
import { depthsFor, reading } from './callers/reading.ts'
import { checksOf } from './checks.ts'
import { json, notFound } from './http/answers.ts'
import { etagOf, isFresh } from './http/caching.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { becameOf } from './views/became.ts'
import { narrowed } from './views/narrowed.ts'
import { findSeenBatch, type SeenBatch } from './views/seen.ts'
import { trace } from './views/trace.ts'
import { viewBatch, viewCheck, type BatchView, type ShownHold } from './views/views.ts'

/** Reads for those who hold batches: lists, states, histories, lineages. */
export const handler = serve(BATCH_ROUTES, {
  readOrganisation: reading(async ({ caller }, reader) => {
    const organisation = await findOrganisation(reader.org)
    if (!organisation) return notFound('organisation')
    const { id, name, contact, isHost } = organisation
    const sites = organisation.sites.filter((site) => isAtSite(reader, site.id))
    const memberId = caller.by.kind === 'person' ? caller.by.id : undefined
    return json(200, {
      id,
      name,
      ...(contact !== undefined && { contact }),
      ...(isHost && { isHost }),
      ...(memberId !== undefined && { memberId }),
      ...(caller.sites && { recordsAt: caller.sites }),
      sites,
      role: caller.role,
    })
  }),

  listBatches: reading(async ({ query }, reader) => {
    const { org } = reader
    const before = readCursor(query.cursor, listOf(query.site), SITE_INDEX_SK)
    if (!before.ok) return before
    const organisation = await findOrganisation(org)
    const all = organisation?.sites.map((site) => site.id) ?? []
    const known = all.filter((site) => isAtSite(reader, site))
    if (query.site !== undefined && !known.includes(query.site)) {
      return refuse(
        'unknown-site',
        `Your organisation has no site ${query.site}; it has: ${known.join(', ')}.`,
        '/site',
      )
    }
    const sites = query.site === undefined ? known : [query.site]
    const { page, next } = await listPage(reader, sites, query, before.value)
    const items = await Promise.all(page.map((found) => viewLoaded(found, reader)))
    return json(200, { items, ...(next !== undefined && { next: writeCursor(listOf(query.site), next) }) })
  }),

  readBatch: reading(async ({ path, header }, reader) => {
    const found = await findSeenBatch(path['id'], reader)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const etag = etagOf(found)
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    const { batch, holds } = found
    const held = holds.length > 0
    const told = held ? await shownHolds(await readHolds(holds), batch, reader) : []
    const view = viewBatch(batch, undefined, held, told)
    return json(200, await narrowed(view, found, reader), { etag })
  }),

  readEvents: reading(async ({ path, query }, reader) => {
    const list = `events ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await findSeenBatch(path['id'], reader)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const { events, nextAfter } = await readTold(found.batch.id, Number(after.value ?? 0), query.limit)
    const shows = await showing(events, found, reader)
    return json(200, {
      items: events.map((one) => (shows(one) ? one : { hash: one.hash, hidden: true })),
      ...(nextAfter !== undefined && { next: writeCursor(list, String(nextAfter)) }),
    })
  }),

  readChecks: reading(async ({ path, query }, reader) => {
    const list = `checks ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await findSeenBatch(path['id'], reader)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const { events, nextAfter } = await readHistory(found.batch.id, Number(after.value ?? 0), query.limit)
    const shows = await showing(events, found, reader)
    const items = events.filter(shows).flatMap(({ event }) =>
      checksOf(event).map((check) => ({
        eventId: event.id,
        eventType: event.type,
        occurredAt: event.occurredAt,
        ...viewCheck(check),
      })),
    )
    return json(200, {
      items: items.filter(({ verdict }) => query.verdict === undefined || verdict === query.verdict),
      ...(nextAfter !== undefined && { next: writeCursor(list, String(nextAfter)) }),
    })
  }),

  traceBatch: reading(async ({ path, query }, reader) => {
    const list = `${query.direction} ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await findSeenBatch(path['id'], reader)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const root = { id: found.batch.id, runs: found.runs }
    const { nodes, next } = await trace(root, query.direction, reader, Number(after.value ?? 0), query.limit)
    return json(200, {
      root: found.batch.id,
      nodes,
      ...(next !== undefined && { next: writeCursor(list, String(next)) }),
    })
  }),

  readBecame: reading(async ({ path }, reader) => {
    const found = await findSeenBatch(path['id'], reader)
    const [collector] = found?.batch.custodians ?? []
    if (found?.batch.stage !== 'collected' || collector !== reader.org)
      return notFound(`pickup ${path['id'] ?? ''}`)
    const { id, massGrams } = found.batch
    return json(200, { batchId: id, massKg: kgFromGrams(massGrams), ...(await becameOf(found.batch)) })
  }),
})

/** What the cursors of a list of batches are for. */
const listOf = (site: string | undefined): string => `batches ${site ?? ''}`

/**
 * A hold names the batch that it was placed on, and by whom. To whom that batch is closed, or who passed it on before to
 * others than whoever placed it, is told only why and since when.
 */
function shownHolds(holds: readonly HoldFacts[], batch: Batch, reader: Reader): Promise<ShownHold[]> {
  const left = passedOn(reader, batch)
  const isOfOurTime = ({ org, since }: HoldFacts): boolean =>
    left === undefined || since < left.at || org === left.to.org
  return Promise.all(
    holds.map(async (hold) => {
      if (hold.org === reader.org) return hold
      const isOnThis = hold.batch === batch.id
      if (isOnThis ? isOfOurTime(hold) : await findSeenBatch(hold.batch, reader)) return hold
      return { reason: hold.reason, since: hold.since }
    }),
  )
}

/** Which of some events of a batch are shown. Of one that nobody else ever had, all are, and nothing is read for it. */
async function showing(
  events: readonly HashedEvent[],
  seen: SeenBatch,
  reader: Reader,
): Promise<(one: HashedEvent) => boolean> {
  if (events.every(({ event }) => event.org === reader.org)) return () => true
  const depthOf = await depthsFor(reader.org)
  return ({ event }) => isShown(event, seen, reader, depthOf)
}

interface LoadedBatch extends Loaded {
  readonly batch: Extract<Loaded['subject'], { kind: 'batch' }>
}

function asBatch(loaded: Loaded): LoadedBatch | undefined {
  return loaded.subject.kind === 'batch' ? { ...loaded, batch: loaded.subject } : undefined
}

const viewLoaded = ({ batch, holds }: LoadedBatch, reader: Reader): Promise<BatchView> =>
  narrowed(viewBatch(batch, undefined, holds.length > 0), { batch, runs: 0 }, reader)

type ListQuery = Pick<Request<'listBatches'>['query'], 'stage' | 'status' | 'limit'>

/** How many rounds a filter by status may take before a page is given short, with a cursor to go on from. */
const MAX_ROUNDS = 5

/** Merges the newest entries of all sites. Status is not in the index, so what does not match is skipped and read past. */
async function listPage(
  reader: Reader,
  sites: readonly string[],
  { stage, status, limit }: ListQuery,
  before: string | undefined,
): Promise<{ page: LoadedBatch[]; next?: string }> {
  const page: LoadedBatch[] = []
  let position = before
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const entries = await newestEntries(reader.org, sites, { before: position, stage, limit })
    const loaded = await loadEntries(entries.map(({ batch }) => batch))
    for (const found of loaded.flatMap((one) => asBatch(one) ?? [])) {
      const { batch } = found
      if (status !== undefined && batch.status !== status) continue
      page.push(found)
      if (page.length === limit) return { page, next: siteIndexSk(batch.recordedAt, batch.id) }
    }
    position = entries.at(-1)?.position
    if (entries.length < limit || position === undefined) return { page }
  }
  return { page, ...(position !== undefined && { next: position }) }
}

async function newestEntries(
  org: string,
  sites: readonly string[],
  options: Parameters<typeof readSiteEntries>[2],
): Promise<SiteEntry[]> {
  const perSite = await Promise.all(sites.map((site) => readSiteEntries(org, site, options)))
  return perSite
    .flat()
    .sort((a, b) => (a.position < b.position ? 1 : -1))
    .slice(0, options.limit)
}

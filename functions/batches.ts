import { BATCH_ROUTES } from '../shared/contract/routes/batches.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { refuse } from '../shared/domain/refusal.ts'
import { loadEntries, readHistory, readSiteEntries, type SiteEntry } from './adapters/history.ts'
import { readHolds } from './adapters/holds.ts'
import type { Loaded } from './adapters/items.ts'
import { SITE_INDEX_SK, siteIndexSk } from './adapters/keys.ts'
import { loadOne } from './adapters/ledger.ts'
import { findOrganisation } from './adapters/registry.ts'
import { checksOf } from './checks.ts'
import { json, notFound } from './http/answers.ts'
import { etagOf, isFresh } from './http/caching.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { trace } from './views/trace.ts'
import { viewBatch, viewCheck, type BatchView } from './views/views.ts'

/** Reads for those who hold batches: lists, states, histories, lineages. */
export const handler = serve(BATCH_ROUTES, {
  readOrganisation: async ({ caller }) => {
    const organisation = await findOrganisation(caller.org)
    return organisation ? json(200, { ...organisation, role: caller.role }) : notFound('organisation')
  },

  listBatches: async ({ query, caller }) => {
    const before = readCursor(query.cursor, listOf(query.site), SITE_INDEX_SK)
    if (!before.ok) return before
    const organisation = await findOrganisation(caller.org)
    const known = organisation?.sites.map((site) => site.id) ?? []
    if (query.site !== undefined && !known.includes(query.site)) {
      return refuse(
        'unknown-site',
        `Your organisation has no site ${query.site}; it has: ${known.join(', ')}.`,
        '/site',
      )
    }
    const sites = query.site === undefined ? known : [query.site]
    const { items, next } = await listPage(caller.org, sites, query, before.value)
    return json(200, { items, ...(next !== undefined && { next: writeCursor(listOf(query.site), next) }) })
  },

  readBatch: async ({ path, caller, header }) => {
    const found = await ownBatch(path['id'], caller.org)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const etag = etagOf(found)
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: { etag } } }
    const { batch, holds } = found
    const held = holds.length > 0
    return json(200, viewBatch(batch, undefined, held, held ? await readHolds(holds) : []), { etag })
  },

  readEvents: async ({ path, query, caller }) => {
    const list = `events ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await ownBatch(path['id'], caller.org)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const { events, nextAfter } = await readHistory(found.batch.id, Number(after.value ?? 0), query.limit)
    return json(200, {
      items: events,
      ...(nextAfter !== undefined && { next: writeCursor(list, String(nextAfter)) }),
    })
  },

  readChecks: async ({ path, query, caller }) => {
    const list = `checks ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await ownBatch(path['id'], caller.org)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const { events, nextAfter } = await readHistory(found.batch.id, Number(after.value ?? 0), query.limit)
    const items = events.flatMap(({ event }) =>
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
  },

  traceBatch: async ({ path, query, caller }) => {
    const list = `${query.direction} ${path['id'] ?? ''}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const found = await ownBatch(path['id'], caller.org)
    if (!found) return notFound(`batch ${path['id'] ?? ''}`)
    const { nodes, next } = await trace(
      found.batch.id,
      query.direction,
      Number(after.value ?? 0),
      query.limit,
    )
    return json(200, {
      root: found.batch.id,
      nodes,
      ...(next !== undefined && { next: writeCursor(list, String(next)) }),
    })
  },
})

/** What the cursors of a list of batches are for. */
const listOf = (site: string | undefined): string => `batches ${site ?? ''}`

/** A batch that the organisation has or once had. */
async function ownBatch(text: string | undefined, org: string): Promise<LoadedBatch | undefined> {
  const id = readBatchId(text ?? '')
  const loaded = id === undefined ? undefined : await loadOne(id)
  const found = loaded && asBatch(loaded)
  return found?.batch.custodians.includes(org) ? found : undefined
}

interface LoadedBatch extends Loaded {
  readonly batch: Extract<Loaded['subject'], { kind: 'batch' }>
}

function asBatch(loaded: Loaded): LoadedBatch | undefined {
  return loaded.subject.kind === 'batch' ? { ...loaded, batch: loaded.subject } : undefined
}

const viewLoaded = ({ batch, holds }: LoadedBatch): BatchView => viewBatch(batch, undefined, holds.length > 0)

type ListQuery = Pick<Request<'listBatches'>['query'], 'stage' | 'status' | 'limit'>

/** How many rounds a filter by status may take before a page is given short, with a cursor to go on from. */
const MAX_ROUNDS = 5

/** Merges the newest entries of all sites. Status is not in the index, so what does not match is skipped and read past. */
async function listPage(
  org: string,
  sites: readonly string[],
  { stage, status, limit }: ListQuery,
  before: string | undefined,
): Promise<{ items: BatchView[]; next?: string }> {
  const items: BatchView[] = []
  let position = before
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const entries = await newestEntries(org, sites, { before: position, stage, limit })
    const loaded = await loadEntries(entries.map(({ batch }) => batch))
    for (const found of loaded.flatMap((one) => asBatch(one) ?? [])) {
      const { batch } = found
      if (status !== undefined && batch.status !== status) continue
      items.push(viewLoaded(found))
      if (items.length === limit) return { items, next: siteIndexSk(batch.recordedAt, batch.id) }
    }
    position = entries.at(-1)?.position
    if (entries.length < limit || position === undefined) return { items }
  }
  return { items, ...(position !== undefined && { next: position }) }
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

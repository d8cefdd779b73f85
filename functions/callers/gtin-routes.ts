import { gtin } from '../../shared/contract/requests/gs1.ts'
import { license, MOST_MAKERS, withdraw, type GtinHolding } from '../../shared/domain/gs1/holding.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import {
  gtinHoldingItem,
  gtinListItem,
  readGtinHolding,
  readGtinHoldings,
} from '../adapters/gtin-holdings.ts'
import { GTIN_LIST_SK } from '../adapters/keys.ts'
import { readList } from '../adapters/lists.ts'
import { readOrganisation } from '../adapters/registry.ts'
import { onceOf } from '../commands/command.ts'
import { recordOnce } from '../commands/record-once.ts'
import { json, settled } from '../http/answers.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { asHost } from './organisation-routes.ts'

/** Who may make lots with a GTIN, as who runs the deployment says. */
export const gtinEndpoints = {
  licenseGtin: async (request: Request<'licenseGtin'>): Promise<Handled> =>
    change('licenseGtin', request, (holding, gtin14, now) => {
      const { organisationId: org } = request.body
      const licensed = license(holding ?? { gtin: gtin14, makers: [], unlisted: [] }, org, now)
      if (licensed.makers.length <= MOST_MAKERS) return accept(licensed)
      const detail = `${MOST_MAKERS} organisations may make lots with GTIN ${gtin14}; more are not allowed. Withdraw one first.`
      return refuse('record-too-large', detail)
    }),

  withdrawGtin: async (request: Request<'withdrawGtin'>): Promise<Handled> =>
    change('withdrawGtin', request, (holding, gtin14, now) => {
      const { organisationId: org, lots } = request.body
      return holding ? accept(withdraw(holding, org, lots, now)) : nobodyHolds(gtin14)
    }),

  readGtin: async ({ path, caller }: Request<'readGtin'>): Promise<Handled> => {
    const host = await asHost(caller)
    if (!host.ok) return host
    const named = readGtin(path['id'])
    if (!named.ok) return named
    const found = await readGtinHolding(named.value)
    return found ? json(200, found.holding) : nobodyHolds(named.value)
  },

  listGtins: async ({ caller, query: { limit, cursor } }: Request<'listGtins'>): Promise<Handled> => {
    const host = await asHost(caller)
    if (!host.ok) return host
    const before = readCursor(cursor, 'gtins', GTIN_LIST_SK)
    if (!before.ok) return before
    const entries = await readList(caller.org, 'gtins', { before: before.value, limit: limit + 1 })
    const shown = entries.slice(0, limit)
    const items = await readGtinHoldings(shown.map(({ id }) => id))
    const last = entries.length > limit ? shown.at(-1) : undefined
    return json(200, { items, ...(last && { next: writeCursor('gtins', last.position) }) })
  },
}

const nobodyHolds = (gtin14: string) =>
  refuse('not-found', `Nobody has made a lot with GTIN ${gtin14} yet, and nobody was named for it.`)

/** Changes who may, at once for whatever is written from then on; a lot that is being made meanwhile is decided anew. */
async function change(
  route: 'licenseGtin' | 'withdrawGtin',
  { path, body, caller, idempotencyKey }: Request<'licenseGtin' | 'withdrawGtin'>,
  decide: (holding: GtinHolding | undefined, gtin14: string, now: string) => Decision<GtinHolding>,
): Promise<Handled> {
  const host = await asHost(caller)
  if (!host.ok) return host
  const named = readGtin(path['id'])
  if (!named.ok) return named
  const { value: gtin14 } = named
  const once = await onceOf({ org: caller.org, route, idempotencyKey, target: gtin14 })
  const executed = await recordOnce(once, body, async () => {
    const { organisationId } = body
    if (!(await readOrganisation(organisationId))) {
      const detail = `There is no organisation ${organisationId}.`
      return refuse('unknown-organisation', detail, '/organisationId')
    }
    const found = await readGtinHolding(gtin14)
    const now = new Date().toISOString()
    const changed = decide(found?.holding, gtin14, now)
    if (!changed.ok) return changed
    const item = gtinHoldingItem(changed.value, (found?.revision ?? 0) + 1)
    const put = found ? { item, revision: found.revision } : { item }
    const isListed = found?.holding.decidedAt !== undefined
    const listed = isListed ? [] : [{ item: gtinListItem(caller.org, gtin14, now) }]
    return accept({ puts: [put, ...listed], answer: changed.value })
  })
  return executed.ok ? settled(200, executed.value) : executed
}

/** A GTIN in a path, as it is printed. */
function readGtin(given = ''): Decision<string> {
  const read = gtin.safeParse(given)
  if (read.success) return accept(read.data)
  const what = read.error.issues.map(({ message }) => message).join('. ')
  return refuse('invalid-request', `${what}. Given: ${JSON.stringify(given.slice(0, 40))}.`)
}

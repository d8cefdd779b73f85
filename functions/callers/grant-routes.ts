import type * as z from 'zod/mini'
import type { grantView } from '../../shared/contract/answers/identity.ts'
import { revokeGrant, statusOfGrant, type Grant } from '../../shared/domain/identity/grant.ts'
import { siteOf } from '../../shared/domain/organisation.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { changedItem, findOwnIdentity, listIdentities, listItem, recordItem } from '../adapters/identities.ts'
import { forgetGrants, readReceived, receivedItem } from '../adapters/grants.ts'
import { findOrganisation } from '../adapters/registry.ts'
import { identityId, onceOf } from '../commands/command.ts'
import { recordOnce } from '../commands/record-once.ts'
import { json, notFound, settled } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'

/** What an organisation lets others see of its affairs: given, listed, revoked. */
export const grantEndpoints = {
  giveGrant: async ({ body, caller, idempotencyKey }: Request<'giveGrant'>): Promise<Handled> => {
    const { org, by } = caller
    const command = { org, route: 'giveGrant', idempotencyKey }
    const id = await identityId('grant', command)
    const executed = await recordOnce(await onceOf(command), body, async () => {
      const madeAt = new Date().toISOString()
      const allowed = await refuseGrant(body, org, madeAt)
      if (!allowed.ok) return allowed
      const record: Grant = { id, org, madeAt, madeBy: by, ...allowed.value }
      const items = [
        recordItem('grant', { ref: id, record, revision: 1 }),
        listItem('grant', id, record),
        receivedItem(body.to, id),
      ]
      return accept({ puts: items.map((item) => ({ item })), answer: viewGrant(record, madeAt) })
    })
    if (!executed.ok) return executed
    await forgetGrants(body.to)
    return settled(201, executed.value)
  },

  listGrants: async ({ caller }: Request<'listGrants'>): Promise<Handled> => {
    const now = new Date().toISOString()
    const [given, received] = await Promise.all([
      listIdentities('grant', caller.org),
      readReceived(caller.org),
    ])
    return json(200, {
      given: given.map(({ record }) => viewGrant(record, now)),
      received: received.map((grant) => viewGrant(grant, now)),
    })
  },

  revokeGrant: async ({ path, caller, idempotencyKey }: Request<'revokeGrant'>): Promise<Handled> => {
    const id = path['id'] ?? ''
    const now = new Date().toISOString()
    const command = { org: caller.org, route: 'revokeGrant', idempotencyKey, target: id }
    const executed = await recordOnce(await onceOf(command), {}, async () => {
      const found = await findOwnIdentity('grant', caller.org, id)
      if (!found) return notFound(`grant ${id}`)
      const record = revokeGrant(found.record, now)
      const item = changedItem('grant', found, record)
      return accept({ puts: [{ item, revision: found.revision }], answer: viewGrant(record, now) })
    })
    if (!executed.ok) return executed
    const { to }: z.output<typeof grantView> = JSON.parse(executed.value.answer)
    await forgetGrants(to)
    return settled(200, executed.value)
  },
}

type GrantBody = Request<'giveGrant'>['body']
type Said = Pick<Extract<Grant, { kind: 'audit' }>, 'kind' | 'to' | 'sites' | 'until'> | LineageSaid
type LineageSaid = Pick<Extract<Grant, { kind: 'lineage' }>, 'kind' | 'to' | 'depth'>

/** What is granted, or why not: to whom it makes no sense, until when, or for which sites. */
async function refuseGrant(body: GrantBody, org: string, now: string): Promise<Decision<Said>> {
  const { to } = body
  if (to === org) {
    const detail = 'Your own organisation sees all of its affairs; grants are for others.'
    return refuse('invalid-request', detail, '/to')
  }
  if (!(await findOrganisation(to)))
    return refuse('unknown-organisation', `There is no organisation ${to}.`, '/to')
  if (body.kind === 'lineage') return accept({ kind: body.kind, to, depth: body.depth })
  const until = new Date(body.until).toISOString()
  if (until <= now) {
    const detail = `A grant until ${until} would never be good; it is ${now} now.`
    return refuse('invalid-request', detail, '/until')
  }
  const giver = await findOrganisation(org)
  const unknown = body.sites?.findIndex((site) => !giver || !siteOf(giver, site)) ?? -1
  if (unknown >= 0) {
    const known = giver?.sites.map(({ id }) => id).join(', ') ?? 'none'
    const detail = `Your organisation has no site ${body.sites?.[unknown] ?? ''}; it has: ${known}.`
    return refuse('unknown-site', detail, `/sites/${unknown}`)
  }
  return accept({ kind: body.kind, to, until, ...(body.sites && { sites: body.sites }) })
}

function viewGrant(grant: Grant, now: string): z.output<typeof grantView> {
  const { id, org, to, kind, madeAt, revokedAt } = grant
  return {
    id,
    from: org,
    to,
    kind,
    ...(grant.kind === 'audit' && { until: grant.until }),
    ...(grant.kind === 'audit' && grant.sites && { sites: [...grant.sites] }),
    ...(grant.kind === 'lineage' && { depth: grant.depth }),
    status: statusOfGrant(grant, now),
    madeAt,
    ...(revokedAt !== undefined && { revokedAt }),
  }
}

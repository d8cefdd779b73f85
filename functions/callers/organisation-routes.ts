import type * as z from 'zod/mini'
import type { standingView } from '../../shared/contract/answers/organisation.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { resume, suspend, withContact } from '../../shared/domain/identity/standing.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { listItem, recordItem } from '../adapters/identities.ts'
import {
  findOrganisation,
  forgetOrganisation,
  hostedItem,
  organisationItem,
  readHosted,
  readOrganisation,
} from '../adapters/registry.ts'
import { identityId, onceOf } from '../commands/command.ts'
import { recordOnce } from '../commands/record-once.ts'
import { json, notFound, settled } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { firstKey, newSecret } from './keys.ts'
import { refOf } from './secrets.ts'
import { forgetSuspension } from './suspension.ts'

/** Organisations, as who runs the deployment makes, suspends and resumes them. */
export const organisationEndpoints = {
  makeOrganisation: async (request: Request<'makeOrganisation'>): Promise<Handled> => {
    const { body, caller, idempotencyKey } = request
    const host = await asHost(caller)
    if (!host.ok) return host
    const command = { org: caller.org, route: 'makeOrganisation', idempotencyKey }
    const secret = newSecret('operator')
    const first = {
      ref: refOf(secret),
      revision: 1,
      record: firstKey({
        id: await identityId('key', command),
        org: body.id,
        madeAt: new Date().toISOString(),
        madeBy: caller.by,
      }),
    }
    const executed = await recordOnce(await onceOf(command), body, async () => {
      if (await readOrganisation(body.id))
        return refuse('id-taken', `There is an organisation ${body.id} already.`, '/id')
      const { id, name, sites, contact } = body
      const organisation = { id, name, sites, ...(contact !== undefined && { contact }) }
      const items = [
        organisationItem(organisation),
        hostedItem(caller.org, body.id),
        recordItem('key', first),
        listItem('key', first.ref, first.record),
      ]
      const answer = { ...viewStanding(organisation), keyId: first.record.id }
      return accept({ puts: items.map((item) => ({ item })), answer })
    })
    if (!executed.ok) return executed
    const { answer, replayed } = executed.value
    if (replayed) {
      const detail = `Organisation ${body.id} was made by an earlier sending of this request, whose answer showed the key of its operator. If that answer is lost, have its first key made anew.`
      return refuse('shown-once', detail)
    }
    return json(201, { ...JSON.parse(answer), secret })
  },

  setContact: async ({ body, caller, idempotencyKey }: Request<'setContact'>): Promise<Handled> => {
    const once = await onceOf({ org: caller.org, route: 'setContact', idempotencyKey })
    const executed = await recordOnce(once, body, async () => {
      const found = await readOrganisation(caller.org)
      if (!found) return notFound('organisation')
      const item = organisationItem(withContact(found.organisation, body.contact), found.revision + 1)
      return accept({ puts: [{ item, revision: found.revision }], answer: body })
    })
    forgetOrganisation(caller.org)
    return executed.ok ? settled(200, executed.value) : executed
  },

  listOrganisations: async ({ caller }: Request<'listOrganisations'>): Promise<Handled> => {
    const host = await asHost(caller)
    if (!host.ok) return host
    return json(200, { items: (await readHosted(caller.org)).map(viewStanding) })
  },

  suspendOrganisation: async (request: Request<'suspendOrganisation'>): Promise<Handled> => {
    const now = new Date().toISOString()
    return changeStanding('suspendOrganisation', request, (organisation) => suspend(organisation, now))
  },

  resumeOrganisation: async (request: Request<'resumeOrganisation'>): Promise<Handled> =>
    changeStanding('resumeOrganisation', request, (organisation) => accept(resume(organisation))),
}

/** Only operators of the organisation that runs the deployment; to others it is told before anything is looked up. */
export async function asHost({ org }: Caller): Promise<Decision<Organisation>> {
  const organisation = await findOrganisation(org)
  if (organisation?.isHost) return accept(organisation)
  return refuse('host-only', `${org} does not run this service; only operators of who does may do that.`)
}

async function changeStanding(
  route: 'suspendOrganisation' | 'resumeOrganisation',
  { path, caller, idempotencyKey }: Request<'suspendOrganisation' | 'resumeOrganisation'>,
  change: (organisation: Organisation) => Decision<Organisation>,
): Promise<Handled> {
  const host = await asHost(caller)
  if (!host.ok) return host
  const id = path['id'] ?? ''
  const once = await onceOf({ org: caller.org, route, idempotencyKey, target: id })
  const executed = await recordOnce(once, {}, async () => {
    const found = await readOrganisation(id)
    if (!found) return refuse('not-found', `There is no organisation ${id}.`)
    const changed = change(found.organisation)
    if (!changed.ok) return changed
    const item = organisationItem(changed.value, found.revision + 1)
    return accept({ puts: [{ item, revision: found.revision }], answer: viewStanding(changed.value) })
  })
  forgetOrganisation(id)
  await forgetSuspension(id)
  return executed.ok ? settled(200, executed.value) : executed
}

function viewStanding({ id, name, sites, suspendedAt, isHost }: Organisation): z.output<typeof standingView> {
  return {
    id,
    name,
    status: suspendedAt === undefined ? 'active' : 'suspended',
    ...(suspendedAt !== undefined && { suspendedAt }),
    ...(isHost && { isHost }),
    sites: sites.length,
  }
}

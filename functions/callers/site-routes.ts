import type { CommandKey } from '../../shared/contract/command-key.ts'
import type { Organisation, Site } from '../../shared/domain/organisation.ts'
import { addSite, closeSite } from '../../shared/domain/identity/standing.ts'
import { accept, type Decision } from '../../shared/domain/refusal.ts'
import { forgetOrganisation, organisationItem, readOrganisation } from '../adapters/registry.ts'
import { onceOf } from '../commands/command.ts'
import type { Executed } from '../commands/once.ts'
import { recordOnce } from '../commands/record-once.ts'
import { notFound, settled } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'

/** Sites: added and closed by the operators of their organisation, and never removed. */
export const siteEndpoints = {
  addSite: async ({ body, caller, idempotencyKey }: Request<'addSite'>): Promise<Handled> => {
    const key = { org: caller.org, route: 'addSite', idempotencyKey }
    const executed = await changeSites(key, body, body.id, (organisation) => addSite(organisation, body))
    return executed.ok ? settled(201, executed.value) : executed
  },

  closeSite: async ({ path, caller, idempotencyKey }: Request<'closeSite'>): Promise<Handled> => {
    const site = path['id'] ?? ''
    const now = new Date().toISOString()
    const key = { org: caller.org, route: 'closeSite', idempotencyKey, target: site }
    const executed = await changeSites(key, {}, site, (organisation) => closeSite(organisation, site, now))
    return executed.ok ? settled(200, executed.value) : executed
  },
}

/** Changes the record on condition that nobody else has since it was read, so that two do not undo each other. */
async function changeSites(
  key: CommandKey,
  request: unknown,
  site: string,
  change: (organisation: Organisation) => Decision<Organisation>,
): Promise<Decision<Executed>> {
  const executed = await recordOnce(await onceOf(key), request, async () => {
    const found = await readOrganisation(key.org)
    if (!found) return notFound('organisation')
    const changed = change(found.organisation)
    if (!changed.ok) return changed
    const item = organisationItem(changed.value, found.revision + 1)
    const answer: Site | undefined = changed.value.sites.find(({ id }) => id === site)
    return accept({ puts: [{ item, revision: found.revision }], answer })
  })
  forgetOrganisation(key.org)
  return executed
}

import { revokeKey } from '../../shared/domain/identity/key.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { changedItem, listIdentities, listItem, recordItem, type Stored } from '../adapters/identities.ts'
import { readOrganisation } from '../adapters/registry.ts'
import { identityId, onceOf } from '../commands/command.ts'
import { recordOnce } from '../commands/record-once.ts'
import { json } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { viewKey } from './key-routes.ts'
import { firstKey, forgetKey, newSecret } from './keys.ts'
import { asHost } from './organisation-routes.ts'
import { refOf } from './secrets.ts'

/** An organisation's first key, made anew where it was lost on its way to them. */
export const firstKeyEndpoints = {
  renewFirstKey: async ({ path, caller, idempotencyKey }: Request<'renewFirstKey'>): Promise<Handled> => {
    const host = await asHost(caller)
    if (!host.ok) return host
    const org = path['id'] ?? ''
    const command = { org: caller.org, route: 'renewFirstKey', idempotencyKey, target: org }
    const id = await identityId('key', command)
    const secret = newSecret('operator')
    const now = new Date().toISOString()
    const record = firstKey({ id, org, madeAt: now, madeBy: caller.by })
    const made = { ref: refOf(secret), record, revision: 1 }
    let lost: readonly Stored<'key'>[] = []
    const executed = await recordOnce(await onceOf(command), {}, async () => {
      const found = await unusedKeys(org)
      if (!found.ok) return found
      lost = found.value
      const revoked = lost.map((key) => ({
        item: changedItem('key', key, revokeKey(key.record, now)),
        revision: key.revision,
      }))
      const puts = [
        { item: recordItem('key', made) },
        { item: listItem('key', made.ref, record) },
        ...revoked,
      ]
      return accept({ puts, answer: viewKey(made, now) })
    })
    if (!executed.ok) return executed
    const { answer, replayed } = executed.value
    if (replayed) {
      const detail = `Key ${id} was made by an earlier sending of this request, whose answer showed it. If that answer is lost, send this with a new Idempotency-Key.`
      return refuse('shown-once', detail)
    }
    await Promise.all(lost.map(({ ref }) => forgetKey(ref)))
    return json(201, { ...JSON.parse(answer), secret })
  },
}

/**
 * The keys of an organisation in whose name nobody has called yet. From the first call on its affairs are its own: who
 * runs the service has no key to them, and makes none.
 */
async function unusedKeys(org: string): Promise<Decision<readonly Stored<'key'>[]>> {
  if (!(await readOrganisation(org))) return refuse('not-found', `There is no organisation ${org}.`)
  const [keys, members] = await Promise.all([listIdentities('key', org), listIdentities('member', org)])
  if (members.length > 0 || keys.some(({ lastUsedAt }) => lastUsedAt !== undefined)) {
    const detail = `${org} has called already, so its keys are its own: its operators make others.`
    return refuse('organisation-in-use', detail)
  }
  return accept(keys.filter(({ record }) => record.revokedAt === undefined))
}

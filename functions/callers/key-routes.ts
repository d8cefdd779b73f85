import type * as z from 'zod/mini'
import type { keyView } from '../../shared/contract/answers/identity.ts'
import { revokeKey, rotateKey, statusOfKey, type ApiKey } from '../../shared/domain/identity/key.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import { changeIdentity, createIdentity, findOwnIdentity, type Stored } from '../adapters/identities.ts'
import { identityId } from '../commands/command.ts'
import { json, notFound } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { forgetKey, newSecret } from './keys.ts'
import { answerPage } from './listing.ts'
import { replaceKeepingOperator } from './replacing.ts'
import { refOf } from './secrets.ts'

/** Machines' keys: made and shown once, rotated, revoked. */
export const keyEndpoints = {
  makeKey: async ({ body, caller, idempotencyKey }: Request<'makeKey'>): Promise<Handled> => {
    const now = new Date().toISOString()
    const { expiresAt, scopes, ...given } = body
    if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now))
      return refuse(
        'invalid-request',
        `A key that expires at ${expiresAt} would never be good; it is ${now} now.`,
        '/expiresAt',
      )
    const id = await identityId('key', { org: caller.org, route: 'makeKey', idempotencyKey })
    return make({
      ...given,
      id,
      org: caller.org,
      madeAt: now,
      madeBy: caller.by,
      ...(scopes && { scopes }),
      ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    })
  },

  listKeys: ({ caller, query }: Request<'listKeys'>): Promise<Handled> => {
    const now = new Date().toISOString()
    return answerPage({ kind: 'key', org: caller.org, query }, (key) => viewKey(key, now))
  },

  /** The successor first: should this end in between, two keys are good, and not none. */
  rotateKey: async ({ path, body, caller, idempotencyKey }: Request<'rotateKey'>): Promise<Handled> => {
    const old = await findOwnIdentity('key', caller.org, path['id'] ?? '')
    if (!old) return notFound(`key ${path['id'] ?? ''}`)
    const now = new Date().toISOString()
    const key = { org: caller.org, route: 'rotateKey', idempotencyKey, target: old.record.id }
    const successor = await identityId('key', key)
    if (old.record.replacedBy === successor) return shownOnce(successor)
    const rotated = rotateKey(old.record, { successor, graceSeconds: body.graceSeconds, now })
    if (!rotated.ok) return rotated
    const { expiresAt: _, replacedBy: __, ...same } = old.record
    const made = await make({ ...same, id: successor, madeAt: now, madeBy: caller.by })
    if ('refusal' in made) return made
    if (!(await changeIdentity('key', old, rotated.value))) return changedMeanwhile(old.record.id)
    await forgetKey(old.ref)
    return made
  },

  revokeKey: async ({ path, caller }: Request<'revokeKey'>): Promise<Handled> => {
    const found = await findOwnIdentity('key', caller.org, path['id'] ?? '')
    if (!found) return notFound(`key ${path['id'] ?? ''}`)
    const now = new Date().toISOString()
    const record = revokeKey(found.record, now)
    const outcome = await replaceKeepingOperator('key', found, record)
    if (outcome === 'stale') return changedMeanwhile(found.record.id)
    if (outcome !== 'done') return outcome
    await forgetKey(found.ref)
    return json(200, viewKey({ ...found, record }, now))
  },
}

async function make(record: ApiKey): Promise<Handled> {
  const secret = newSecret(record.role)
  const ref = refOf(secret)
  if ((await createIdentity('key', ref, record)) === 'exists') return shownOnce(record.id)
  return json(201, { ...viewKey({ ref, record, revision: 1 }, record.madeAt), secret })
}

/** A resend cannot be answered with what we do not keep. */
function shownOnce(id: string): Refused {
  const detail = `Key ${id} was made by an earlier sending of this request, whose answer showed it. If that answer is lost, revoke the key and make another with a new Idempotency-Key.`
  return refuse('shown-once', detail)
}

const changedMeanwhile = (id: string): Refused =>
  refuse('busy', `Key ${id} was changed by somebody else just now; look at it and decide anew.`)

export function viewKey({ record, lastUsedAt }: Stored<'key'>, now: string): z.output<typeof keyView> {
  const { id, name, role, scopes, madeAt, madeBy, expiresAt, revokedAt, replacedBy } = record
  return {
    id,
    name,
    role,
    status: statusOfKey(record, now),
    madeAt,
    madeBy: { ...madeBy },
    ...(scopes && { scopes: [...scopes] }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(revokedAt !== undefined && { revokedAt }),
    ...(replacedBy !== undefined && { replacedBy }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  }
}

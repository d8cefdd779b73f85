import type { Caller } from '../../shared/domain/identity/caller.ts'
import { refuse, type Decision } from '../../shared/domain/refusal.ts'
import { callerByDeviceToken, isDeviceToken } from './devices.ts'
import { callerBySecret } from './keys.ts'

/** Who a request comes from, by what it carries in `Authorization`. What anything is worth is for others to say. */
export async function identify(authorization: string | undefined, now: string): Promise<Decision<Caller>> {
  if (authorization === undefined) return unknown('No key was given.')
  const [, bearer] = /^Bearer ([\w.~+/=-]{8,8000})$/i.exec(authorization) ?? []
  if (bearer === undefined) return unknown('What was given is no bearer key.')
  const caller = isDeviceToken(bearer)
    ? await callerByDeviceToken(bearer, now)
    : await callerBySecret(bearer, now)
  return caller.ok ? caller : unknown(caller.refusal.detail)
}

const unknown = (given: string): { ok: false; refusal: ReturnType<typeof refuse>['refusal'] } =>
  refuse('unauthenticated', `${given} Send "Authorization: Bearer <key>".`)

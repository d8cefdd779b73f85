import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { Person } from '../../shared/domain/identity/member.ts'
import { refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import { callerByDeviceToken, isDeviceToken } from './devices.ts'
import { callerBySecret } from './keys.ts'
import { callerByPerson, isToken, personByToken } from './people.ts'

/** Who a request comes from: the caller it has, and the person who signed in, whether or not they are a member. */
export interface Identified {
  readonly caller: Decision<Caller>
  readonly person?: Person
}

/** Who a request comes from, by what it carries in `Authorization`. What anything is worth is for others to say. */
export async function identify(authorization: string | undefined, now: string): Promise<Identified> {
  if (authorization === undefined) return { caller: unknown('No key was given.') }
  const [, bearer] = /^Bearer ([\w.~+/=-]{8,8000})$/i.exec(authorization) ?? []
  if (bearer === undefined) return { caller: unknown('What was given is no bearer key.') }
  if (isDeviceToken(bearer)) return { caller: told(await callerByDeviceToken(bearer, now)) }
  if (isToken(bearer)) {
    const person = await personByToken(bearer)
    return person.ok
      ? { caller: await callerByPerson(person.value), person: person.value }
      : { caller: person }
  }
  return { caller: told(await callerBySecret(bearer, now)) }
}

/** With what to send instead, where it is nobody. */
const told = (caller: Decision<Caller>): Decision<Caller> =>
  caller.ok ? caller : unknown(caller.refusal.detail)

const unknown = (given: string): Refused =>
  refuse('unauthenticated', `${given} Send "Authorization: Bearer <key>".`)

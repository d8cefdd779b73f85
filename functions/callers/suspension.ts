import type { Caller } from '../../shared/domain/identity/caller.ts'
import { refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import { forgetEverywhere, keeper, VOUCHED_MS } from '../adapters/kept.ts'
import { readSuspension } from '../adapters/registry.ts'

/** That an organisation is not suspended is remembered too: as an empty text. */
const suspensions = keeper<string>(VOUCHED_MS)

/** The caller, unless its organisation is suspended: then nobody calls in its name, by whatever vouches for them. */
export async function unlessSuspended(caller: Caller): Promise<Decision<Caller>> {
  return (await refuseSuspended(caller.org)) ?? { ok: true, value: caller }
}

/** Refuses what would be done in the name of an organisation that is suspended. */
export async function refuseSuspended(org: string): Promise<Refused | undefined> {
  const suspendedAt = await suspensions.get(org, async () => (await readSuspension(org)) ?? '')
  if (suspendedAt === undefined || suspendedAt === '') return undefined
  const detail = `The organisation, ${org}, is suspended since ${suspendedAt}: nobody can call in its name. Its public pages stay. Ask who runs this service.`
  return refuse('organisation-suspended', detail)
}

/** So that a change counts, everywhere once this resolves. */
export const forgetSuspension = (org: string): Promise<void> => forgetEverywhere(suspensions, org)

import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { isAtSite } from '../../shared/domain/identity/reach.ts'
import { isShown } from '../../shared/domain/privacy/sealed.ts'
import { parseJws, type PublicKey } from '../../shared/ledger/jws.ts'
import { PICKUP_TYP } from '../../shared/domain/identity/signed-entry.ts'
import type { SignedEntry } from '../../shared/verification/bundle.ts'
import type { EventText } from '../adapters/chains.ts'
import { findIdentity } from '../adapters/identities.ts'
import { readOpeningsOf } from '../adapters/openings.ts'

/** A signed entry that somebody is shown, and of which event. */
export interface ShownEntry {
  readonly event: string
  readonly signed: SignedEntry
}

/** The sealed value that has what a device signed. */
export const SIGNED_ENTRY = 'entry'

/**
 * Of these events, what collectors' devices signed, as far as a caller may see it: of pickups of their own organisation, at
 * their sites, in a role that is shown it, and not erased. It names place and person.
 */
export async function signedEntries(
  events: readonly EventText[],
  { org, role, sites }: Pick<Caller, 'org' | 'role' | 'sites'>,
): Promise<ShownEntry[]> {
  if (!isShown(SIGNED_ENTRY, role)) return []
  const own = new Map(
    events.flatMap((one) => {
      const event: DomainEvent = JSON.parse(one.text)
      const isSeen = event.org === org && isAtSite({ sites: sites ?? 'all' }, event.site)
      const isSigned = event.type === 'PickupRecorded' && SIGNED_ENTRY in event.data.sealed
      return isSeen && isSigned ? [[one.id, one.hash]] : []
    }),
  )
  const openings = await readOpeningsOf([...own.keys()])
  const keys = new Map<string, Promise<PublicKey | undefined>>()
  const shown = [...openings].map(async ([event, { entry }]): Promise<ShownEntry[]> => {
    const hash = own.get(event)
    const jws = entry && parseJws(String(entry.value), PICKUP_TYP)
    if (!entry || !jws?.ok || hash === undefined) return []
    const { kid } = jws.value
    const known = keys.get(kid) ?? publicKeyOf(kid)
    keys.set(kid, known)
    const key = await known
    return key ? [{ event, signed: { event: hash, opening: entry, key } }] : []
  })
  return (await Promise.all(shown)).flat()
}

const publicKeyOf = async (device: string): Promise<PublicKey | undefined> =>
  (await findIdentity('device', device))?.record.publicKey

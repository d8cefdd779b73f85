import type { Invitation } from '../../shared/domain/identity/invitation.ts'
import type { Member } from '../../shared/domain/identity/member.ts'
import { listItem, recordItem, type Stored } from './identities.ts'
import { changedRecord, newRecord, putTogether } from './together.ts'

/**
 * Stores a new member and that their invitation was used, both or neither. `former` is the membership that they were
 * removed from and that lies where the new one comes to lie: it moves under its own id, so that the organisation they
 * left goes on knowing of it.
 */
export function storeAccepted(
  person: string,
  member: Member,
  invitation: { readonly found: Stored<'invitation'>; readonly used: Invitation },
  former: Stored<'member'> | undefined,
): Promise<boolean> {
  const used = changedRecord('invitation', invitation.found, invitation.used)
  if (!former) return putTogether([used, ...newRecord('member', person, member)])
  const { id } = former.record
  return putTogether([
    used,
    changedRecord('member', former, member),
    { item: listItem('member', person, member), where: 'new' },
    { item: recordItem('member', { ...former, ref: id }), where: 'new' },
    { item: listItem('member', id, former.record), where: 'any' },
  ])
}

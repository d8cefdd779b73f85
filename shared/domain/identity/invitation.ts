import type { Role } from '../organisation.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Voucher } from './caller.ts'
import type { Member } from './member.ts'

/** An offer of membership to whoever has its code, once. The record has all but the code, of which there is a hash. */
export interface Invitation {
  readonly id: string
  readonly org: string
  readonly role: Role
  readonly label: string
  readonly sites?: readonly string[]
  readonly madeAt: string
  readonly madeBy: Voucher
  readonly expiresAt: string
  readonly revokedAt?: string
  readonly accepted?: { readonly at: string; readonly member: string }
}

export function statusOfInvitation(
  invitation: Invitation,
  now: string,
): 'open' | 'accepted' | 'revoked' | 'expired' {
  if (invitation.accepted) return 'accepted'
  if (invitation.revokedAt !== undefined) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

/** Revokes an invitation that nobody has accepted yet. Revoking it again changes nothing. */
export function revokeInvitation(invitation: Invitation, now: string): Decision<Invitation> {
  if (invitation.accepted) {
    const { at, member } = invitation.accepted
    return refuse(
      'invitation-not-open',
      `Invitation ${invitation.id} was accepted at ${at}; to undo that, remove member ${member}.`,
    )
  }
  return accept({ ...invitation, revokedAt: invitation.revokedAt ?? now })
}

/**
 * Makes the member of whoever has the code. `standing` is the membership that they have or had. Refused where the
 * invitation is not open (any more), or they belong to an organisation already: one sign-in acts for one organisation,
 * so that nobody has to say for which with every request.
 */
export function acceptInvitation(
  invitation: Invitation,
  {
    id,
    standing,
    now,
  }: { readonly id: string; readonly standing?: Member | undefined; readonly now: string },
): Decision<{ readonly member: Member; readonly invitation: Invitation }> {
  const status = statusOfInvitation(invitation, now)
  if (status !== 'open') {
    const detail = `Invitation ${invitation.id} is ${status} and can no longer be accepted; ask for another.`
    return refuse('invitation-not-open', detail)
  }
  if (standing && standing.removedAt === undefined) {
    const detail =
      'Your sign-in belongs to an organisation already. Leave that one first, or sign in as somebody else.'
    return refuse('member-already', detail)
  }
  const { org, role, label, sites, madeBy } = invitation
  const member: Member = { id, org, role, label, ...(sites && { sites }), madeAt: now, madeBy }
  return accept({ member, invitation: { ...invitation, accepted: { at: now, member: id } } })
}

import type { Role } from '../organisation.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Caller, Voucher } from './caller.ts'

/**
 * A person's place in an organisation. Who the person is stays with the issuer that they sign in at: the record lies
 * under a hash of issuer and subject, and of the person it has only what the organisation calls them.
 */
export interface Member {
  readonly id: string
  readonly org: string
  readonly role: Role
  /** What the organisation calls them. */
  readonly label: string
  /** The only sites at which they record, and of which they are shown what concerns people; all, if absent. */
  readonly sites?: readonly string[]
  readonly madeAt: string
  /** Who invited them. */
  readonly madeBy: Voucher
  readonly suspendedAt?: string
  /** From then on they belong to it no more, and may be invited anew, by whomever. */
  readonly removedAt?: string
}

/** Somebody who has signed in, whoever they belong to: where their membership lies, and nothing else of them. */
export interface Person {
  readonly ref: string
}

export const NO_MEMBERSHIP =
  'Your sign-in is good, but belongs to no organisation yet. Ask its operator for an invitation, and accept it.'

/** Who calls, once a person has signed in; refused with 403 while they are suspended or once they were removed. */
export function callerOfMember(member: Member): Decision<Caller> {
  const { org, role, id, sites } = member
  if (member.removedAt !== undefined) return refuse('no-membership', NO_MEMBERSHIP)
  if (member.suspendedAt !== undefined)
    return refuse('member-suspended', `You were suspended at ${member.suspendedAt}; ask your operator.`)
  return accept({ org, role, by: { kind: 'person', id }, ...(sites && { sites }) })
}

export function statusOfMember(member: Member): 'active' | 'suspended' | 'removed' {
  if (member.removedAt !== undefined) return 'removed'
  return member.suspendedAt === undefined ? 'active' : 'suspended'
}

/** What an operator may do with a member. Each done twice changes nothing more. */
export type MemberChange =
  | { readonly act: 'suspend' | 'resume' | 'remove' }
  | { readonly act: 'assign'; readonly role: Role; readonly sites?: readonly string[] }

/** The member after a change; a removed one stays as it is, and is refused any change but being removed. */
export function changeMember(member: Member, change: MemberChange, now: string): Decision<Member> {
  if (member.removedAt !== undefined) {
    if (change.act === 'remove') return accept(member)
    return refuse(
      'member-removed',
      `Member ${member.id} was removed at ${member.removedAt}; invite them anew.`,
    )
  }
  const { suspendedAt, ...others } = member
  switch (change.act) {
    case 'suspend':
      return accept({ ...member, suspendedAt: suspendedAt ?? now })
    case 'resume':
      return accept(others)
    case 'remove':
      return accept({ ...member, removedAt: now })
    case 'assign': {
      const { sites: _, ...same } = member
      return accept({ ...same, role: change.role, ...(change.sites && { sites: change.sites }) })
    }
  }
}

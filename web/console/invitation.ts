import type { Answer, Fault, Reply } from './calls.ts'

/** How an invitation stands for whoever opens its link. */
export type Invited =
  | { readonly is: 'open'; readonly invitation: Answer<'readInvitation'> }
  | { readonly is: 'over'; readonly why: Over }
  | { readonly is: 'unread'; readonly fault: Fault }
export type Over = 'accepted' | 'expired' | 'revoked' | 'unknown'

/** What no invitation can have as its code, the server calls a bad request; to whoever opens a link it is the same. */
const UNKNOWN: ReadonlySet<string> = new Set(['unknown-invitation', 'invalid-request'])

export function invitedBy(reply: Reply<Answer<'readInvitation'>>): Invited {
  if (reply.ok) {
    const { status } = reply.value
    return status === 'open' ? { is: 'open', invitation: reply.value } : { is: 'over', why: status }
  }
  const { fault } = reply
  const isUnknown = fault.is === 'refused' && UNKNOWN.has(fault.code)
  return isUnknown ? { is: 'over', why: 'unknown' } : { is: 'unread', fault }
}

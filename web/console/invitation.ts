import type { Answer, Fault, Reply } from './calls.ts'

/** How an invitation stands for whoever opens its link. */
export type Invited =
  | { readonly is: 'open'; readonly invitation: Answer<'readInvitation'> }
  | { readonly is: 'over'; readonly why: Over }
  | { readonly is: 'unread'; readonly fault: Fault }
export type Over = 'accepted' | 'expired' | 'revoked' | 'unknown'

export function invitedBy(reply: Reply<Answer<'readInvitation'>>): Invited {
  if (reply.ok) {
    const { status } = reply.value
    return status === 'open' ? { is: 'open', invitation: reply.value } : { is: 'over', why: status }
  }
  const { fault } = reply
  return isUnknown(fault) ? { is: 'over', why: 'unknown' } : { is: 'unread', fault }
}

/**
 * The code is the credential, so one that nobody made is refused as such; what cannot be one at all is a bad request. To
 * whoever opens a link it is the same.
 */
function isUnknown(fault: Fault): boolean {
  return fault.is === 'signed-out' || (fault.is === 'refused' && fault.code === 'invalid-request')
}

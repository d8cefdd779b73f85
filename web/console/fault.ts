import type { Fault } from './calls.ts'
import type { Messages } from './messages.zh.ts'

/** What an answer that is none means, by its status and its problem document (RFC 9457) if it has one. */
export function faultOf(status: number, problem: unknown): Fault {
  if (status === 401) return { is: 'signed-out' }
  if (status === 429 || status >= 500) return { is: 'busy' }
  if (typeof problem !== 'object' || problem === null || !('code' in problem) || !('detail' in problem))
    return { is: 'busy' }
  return { is: 'refused', code: String(problem.code), detail: String(problem.detail) }
}

/** Signed in, but not let in; and which refusals say so. */
export type Outside = 'outside' | 'suspended' | 'organisationSuspended'
const OUTSIDE: ReadonlyMap<string, Outside> = new Map([
  ['no-membership', 'outside'],
  ['member-suspended', 'suspended'],
  ['organisation-suspended', 'organisationSuspended'],
])

export const outsideBy = (fault: Fault): Outside | undefined =>
  fault.is === 'refused' ? OUTSIDE.get(fault.code) : undefined

/** Whether nothing more can be done here as who one is. */
export const isLost = (fault: Fault): boolean => fault.is === 'signed-out' || outsideBy(fault) !== undefined

/** What went wrong, in the reader's words where its code is known, else in the server's. */
export function sentenceOf(fault: Fault, words: Messages): string {
  switch (fault.is) {
    case 'network':
      return words.network
    case 'busy':
      return words.busy
    case 'signed-out':
      return words.signInFaults.expired
    case 'refused':
      return isKnown(fault.code, words.faults) ? words.faults[fault.code] : words.other(fault.detail)
  }
}

function isKnown(code: string, faults: Messages['faults']): code is keyof Messages['faults'] {
  return Object.keys(faults).includes(code)
}

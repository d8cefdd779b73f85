import type { Voucher } from '../identity/caller.ts'

/** That somebody was shown sealed values: who, when, and which of which events. Ids alone: it tells nothing that is sealed. */
export interface Access {
  readonly at: string
  readonly by: Voucher
  readonly role: string
  /** What was asked for: the sealed values of a subject, an export of what is held on a person, or what devices signed. */
  readonly asked: 'sealed' | 'export' | 'proof'
  readonly shown: readonly { readonly event: string; readonly fields: readonly string[] }[]
}

import type { FaultCode } from '../../shared/verification/fault.ts'
import type { Break } from '../../shared/ledger/checkpoint.ts'

/** What is wrong, as far as a reader wants to tell it apart; the very code is shown beside it. */
export type Trouble =
  | 'damaged'
  | 'key'
  | 'not-logged'
  | 'missing'
  | 'changed'
  | 'order'
  | 'mass'
  | 'figures'
  | 'rule'
  | 'signature'
  | Break
  | 'page'

export const TROUBLE: Readonly<Record<FaultCode, Trouble>> = {
  'malformed-line': 'damaged',
  'malformed-event': 'damaged',
  'no-header': 'damaged',
  truncated: 'damaged',
  'other-batch': 'damaged',
  'other-sample': 'damaged',
  'malformed-proof': 'key',
  'untrusted-checkpoint': 'key',
  'not-in-log': 'not-logged',
  'missing-event': 'missing',
  'changed-event': 'changed',
  'wrong-link': 'order',
  'forked-history': 'order',
  'wrong-sequence': 'order',
  'time-order': 'rule',
  'not-open': 'rule',
  'not-usable': 'rule',
  'wrong-custody': 'rule',
  'wrong-stage': 'rule',
  overdrawn: 'mass',
  'shares-do-not-follow': 'figures',
  'claims-do-not-follow': 'figures',
  'figures-do-not-follow': 'figures',
  'mass-not-balanced': 'mass',
  'wrong-correction': 'rule',
  'not-a-pickup': 'rule',
  'impossible-event': 'rule',
  'wrong-signature': 'signature',
}

/** Of a check that held, in the words of its sentences. */
export interface Told {
  readonly events: string
  readonly pickups: string
  readonly runs: string
  readonly from: string
  readonly to: string
  /** When the last record was entered; a checkpoint itself has no time. */
  readonly at: string
  /** The place of the last record in the log, from 1, and the log's size. */
  readonly place: string
  readonly size: string
}

/** All that the check says, once per language. */
export interface Words {
  readonly again: string
  readonly fetching: (events: string) => string
  readonly checking: (done: string, total: string) => string
  readonly growing: string
  /** Where the browser gives no cryptography to a page that came without TLS. */
  readonly noCrypto: string
  /** Where nothing was checked, because records or a part of the program could not be fetched, or that is another. */
  readonly unreachable: string
  /** The log has not signed the last record yet. */
  readonly notYet: string
  /** The page is older than the records, or newer. */
  readonly otherState: string
  readonly holds: string
  readonly fails: string
  readonly heading: { readonly proven: string; readonly shares: string; readonly open: string }
  readonly proven: (told: Told) => readonly string[]
  readonly first: string
  readonly grew: (since: string, old: string) => string
  readonly same: (since: string) => string
  readonly witness: (name: string, at: string) => string
  readonly noWitness: string
  readonly open: readonly string[]
  readonly table: { readonly of: string; readonly records: string; readonly page: string }
  readonly notOnPage: string
  readonly trouble: Readonly<Record<Trouble, string>>
  readonly record: string
  readonly key: string
}

/**
 * What tells one command from all others: whose it is, what it does, on what, and the caller's key. The hash of its text
 * gives the id of what it makes, so a resend finds what the first sending made, and a phone knows the code of a pickup
 * before it has a network.
 */
export interface CommandKey {
  readonly org: string
  readonly route: string
  /** A lower-case UUID. */
  readonly idempotencyKey: string
  /** What it is done to, where that is named in the path. */
  readonly target?: string
}

/** The text that is hashed (SHA-256, of which an id takes the first eight bytes). */
export function commandText({ org, route, idempotencyKey, target }: CommandKey): string {
  return [org, route, idempotencyKey, ...(target === undefined ? [] : [target])].join(' ')
}

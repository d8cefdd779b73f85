/**
 * How much anybody may ask. The same figures hold on AWS and locally: callers are counted by the authorizer, addresses
 * by the firewall before the CDN, or by the local gateway. `50/200` is 200 at once, and 50 a second from then on.
 */
export const CALLER_LIMIT = '50/200'

/** Wider than a caller's: a harbour, a plant or a mobile network is one address. */
export const ADDRESS_LIMIT = '100/1000'

/** A body beyond that is refused with 413. */
export const MAX_BODY_BYTES = 256_000

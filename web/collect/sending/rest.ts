/** Why something is not known to have arrived. */
export type Unsent = 'network' | 'busy' | 'key' | 'device' | 'suspended'

/** How a round of sending ended: nothing is left that can be sent, or something is, and why. */
export type Rest =
  | { readonly is: 'done' }
  | {
      readonly is: 'waiting'
      readonly why: Unsent
      /** How long the server asked to be left alone. */
      readonly retryAfterMs?: number
    }

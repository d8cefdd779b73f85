/**
 * What a key can be limited to: reading, and each kind of change by itself. A scope never gives what the role does not
 * give: both must allow it.
 */
export const SCOPES = [
  'read',
  'pickups',
  'processing',
  'custody',
  'quality',
  'corrections',
  'periods',
  'identity',
  'privacy',
  'erasure',
] as const
export type Scope = (typeof SCOPES)[number]

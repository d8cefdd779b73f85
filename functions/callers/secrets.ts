import { createHash } from 'node:crypto'

/**
 * Where the record of a secret lies: a key, a code, or who somebody is at their issuer. What is drawn here has so much
 * chance that it needs no slow hash: nobody gets from SHA-256 of it back to it, and it is found in one read.
 */
export const refOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

import { toInteger } from './encoding.ts'
import { challengeOf, equationHolds } from './points.ts'
import type { VerifyEd25519 } from './verify.ts'

/**
 * Whether a key has signed a message, worked out in whole numbers where the platform has no Ed25519. It is a file of its own
 * so that who ships the verifier to browsers need send it to old ones only (infra/verifier.ts).
 *
 * Precondition: `isUnambiguous` of verify.ts.
 */
export const verifyByArithmetic: VerifyEd25519 = async (publicKey, message, signature) => {
  const R = signature.subarray(0, 32)
  const k = await challengeOf(R, publicKey, message)
  return equationHolds(publicKey, R, toInteger(signature.subarray(32)), k)
}

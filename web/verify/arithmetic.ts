import type { VerifyEd25519 } from '../../shared/ledger/ed25519/verify.ts'
import { loadArithmetic } from './parts.ts'

/** Stands in the program for arithmetic.ts of shared/ledger/ed25519, which most browsers never need (infra/verifier.ts). */
export const verifyByArithmetic: VerifyEd25519 = async (...given) =>
  (await loadArithmetic()).verifyByArithmetic(...given)

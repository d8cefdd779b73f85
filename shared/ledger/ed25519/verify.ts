import { verifyByArithmetic } from './arithmetic.ts'
import { L, P, toInteger, yOf } from './encoding.ts'

/**
 * Verifying Ed25519 (RFC 8032), with one verdict on every platform. RFCs and platforms agree on all signatures that were
 * made honestly; on keys and signatures that were made to be ambiguous they do not: Node 20 takes keys of small order and
 * Node 24 does not. What is ambiguous is refused before the platform is asked, which is the rule that Web Cryptography
 * (Secure Curves) lays down as well.
 */
export const PUBLIC_KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** Signs by a private key that only the caller knows, such as one that never leaves AWS KMS: 64 bytes, R and S. */
export type SignEd25519 = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** Whether a key has signed a message. Any bytes may be given. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>

/** By the platform where it knows Ed25519, and else, as in browsers before 2025, by whole-number arithmetic (arithmetic.ts). */
export const verifyEd25519: VerifyEd25519 = async (publicKey, message, signature) => {
  if (!isUnambiguous(publicKey, signature)) return false
  return (
    (await verifyByPlatform(publicKey, message, signature)) ??
    verifyByArithmetic(publicKey, message, signature)
  )
}

/**
 * Whether key and signature have lengths, encodings and points that allow of one verdict only: S below the order of the
 * base point (RFC 8032 §5.1.7), A and R in their canonical encodings and not of small order. The key of a small order
 * point would have signed any message.
 */
export function isUnambiguous(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  const [R, S] = [signature.subarray(0, 32), toInteger(signature.subarray(32))]
  return S < L && isProper(publicKey) && isProper(R)
}

/** y of the points of order 1 and 2, 4, and 8; either sign of x goes with each. */
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
const SMALL_ORDER: ReadonlySet<bigint> = new Set([1n, P - 1n, 0n, ORDER_8, P - ORDER_8])

function isProper(encoded: Uint8Array): boolean {
  const y = yOf(encoded)
  return y < P && !SMALL_ORDER.has(y)
}

/** The platform's verdict; undefined where it has none, as where it does not know Ed25519. */
export async function verifyByPlatform(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | undefined> {
  try {
    const key = await crypto.subtle.importKey('raw', copyOf(publicKey), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, copyOf(signature), copyOf(message))
  } catch {
    return undefined
  }
}

/** In memory that nobody shares, as Web Cryptography wants it. */
const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

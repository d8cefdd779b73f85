import { concat } from '../bytes.ts'
import { L, P, toInteger, yOf } from './encoding.ts'

/**
 * The curve of Ed25519 (RFC 8032 §5.1) in whole numbers, as much of it as verifying takes. All of it is public, so that
 * it need not take the same time for every input; nothing here ever touches a private key.
 */
const D = mod(-121665n * inverse(121666n))
/** A square root of -1. */
const I = power(2n, (P - 1n) / 4n)

/** x = X/Z, y = Y/Z, xy = T/Z (§5.1.4). */
interface Point {
  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
  readonly T: bigint
}

const IDENTITY: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n }
const BASE = pointOf(mod(4n * inverse(5n)), 0n) ?? IDENTITY

/** Whether `[S]B = R + [k]A`, for R in its one canonical encoding: the equation of §5.1.7 without the cofactor. */
export function equationHolds(publicKey: Uint8Array, R: Uint8Array, S: bigint, k: bigint): boolean {
  const sign = BigInt((publicKey[31] ?? 0) >> 7)
  const A = pointOf(yOf(publicKey), sign)
  if (!A) return false
  const expected = add(times(BASE, S), times(negative(A), k))
  const [x, y] = affine(expected)
  return yOf(R) === y && BigInt((R[31] ?? 0) >> 7) === x % 2n
}

/** SHA-512(R ‖ A ‖ M) mod L: the challenge (§5.1.7). */
export async function challengeOf(
  R: Uint8Array,
  publicKey: Uint8Array,
  message: Uint8Array,
): Promise<bigint> {
  const digest = await crypto.subtle.digest('SHA-512', concat(R, publicKey, message))
  return toInteger(new Uint8Array(digest)) % L
}

/** The point with this y whose x is odd or even (§5.1.3), if there is one. */
function pointOf(y: bigint, sign: bigint): Point | undefined {
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)]
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n))
  if (mod(v * x * x) !== u) x = mod(x * I)
  if (mod(v * x * x) !== u || (x === 0n && sign === 1n)) return undefined
  if (x % 2n !== sign) x = P - x
  return { X: x, Y: y, Z: 1n, T: mod(x * y) }
}

/** The addition of §5.1.4, which is complete: it holds for any two points, equal ones included. */
function add(p: Point, q: Point): Point {
  const A = mod((p.Y - p.X) * (q.Y - q.X))
  const B = mod((p.Y + p.X) * (q.Y + q.X))
  const C = mod(2n * D * p.T * q.T)
  const E = 2n * p.Z * q.Z
  const [e, f, g, h] = [B - A, E - C, E + C, B + A]
  return { X: mod(e * f), Y: mod(g * h), Z: mod(f * g), T: mod(e * h) }
}

function negative({ X, Y, Z, T }: Point): Point {
  return { X: mod(-X), Y, Z, T: mod(-T) }
}

function times(point: Point, factor: bigint): Point {
  let product = IDENTITY
  for (const bit of factor.toString(2)) {
    product = add(product, product)
    if (bit === '1') product = add(product, point)
  }
  return product
}

function affine({ X, Y, Z }: Point): [bigint, bigint] {
  const over = inverse(Z)
  return [mod(X * over), mod(Y * over)]
}

function mod(value: bigint): bigint {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

function inverse(value: bigint): bigint {
  return power(value, P - 2n)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = mod(result * result)
    if (bit === '1') result = mod(result * base)
  }
  return result
}

import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyByArithmetic } from '../../../../shared/ledger/ed25519/arithmetic.ts'
import { L } from '../../../../shared/ledger/ed25519/encoding.ts'
import {
  isUnambiguous,
  verifyByPlatform,
  verifyEd25519,
  type VerifyEd25519,
} from '../../../../shared/ledger/ed25519/verify.ts'
import { toHex } from '../../../../shared/ledger/hash.ts'
import { withBitTurned } from '../merkle/altered.ts'
import { aLog } from '../signers.ts'

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

const PLATFORMS: readonly (readonly [string, VerifyEd25519])[] = [
  ['the platform', async (...given) => (await verifyByPlatform(...given)) === true],
  ['arithmetic', verifyByArithmetic],
  ['whichever there is', verifyEd25519],
]

afterEach(() => vi.restoreAllMocks())

describe.each(PLATFORMS)('Ed25519 by %s', (_by, verify) => {
  it.each([
    // RFC 8032 §7.1, tests 1 to 3.
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('verifies the signatures of RFC 8032 (key %s)', async (key, message, signature) => {
    expect(await verify(hex(key), hex(message), hex(signature))).toBe(true)
    expect(await verify(hex(key), hex(`${message}00`), hex(signature))).toBe(false)
  })

  it('verifies what was signed, and nothing of which a bit was changed', async () => {
    const { key, sign } = await aLog()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(), async (given, bit) => {
        const message = new Uint8Array(given)
        const signature = await sign(message)
        expect(await verify(key.publicKey, message, signature)).toBe(true)
        expect(await verify(key.publicKey, Uint8Array.of(...message, 0), signature)).toBe(false)
        expect(await verify(key.publicKey, message, withBitTurned(signature, bit))).toBe(false)
        expect(await verify(withBitTurned(key.publicKey, bit), message, signature)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })
})

describe('signatures that could be read in two ways', () => {
  it('are refused where S is not below the order, which would be a second signature of the same', async () => {
    const { key, sign } = await aLog()
    const message = Uint8Array.of(1, 2, 3)
    const signature = await sign(message)
    const S = BigInt(`0x${toHex(signature.subarray(32).toReversed())}`)
    const second = (S + L).toString(16).padStart(64, '0')
    const forged = Uint8Array.of(...signature.subarray(0, 32), ...hex(second).toReversed())
    expect(isUnambiguous(key.publicKey, signature)).toBe(true)
    expect(isUnambiguous(key.publicKey, forged)).toBe(false)
    expect(await verifyEd25519(key.publicKey, message, forged)).toBe(false)
  })

  it('are refused when key or signature have another length', async () => {
    const { key, sign } = await aLog()
    const message = new Uint8Array()
    const signature = await sign(message)
    for (const bytes of [new Uint8Array(), signature.subarray(1), Uint8Array.of(...signature, 0)])
      expect(await verifyEd25519(key.publicKey, message, bytes)).toBe(false)
    for (const bytes of [new Uint8Array(), key.publicKey.subarray(1), Uint8Array.of(...key.publicKey, 0)])
      expect(await verifyEd25519(bytes, message, signature)).toBe(false)
  })
})

describe('where the platform has no Ed25519', () => {
  it('arithmetic gives the verdict', async () => {
    const { key, sign } = await aLog()
    const message = Uint8Array.of(7)
    const signature = await sign(message)
    const missing = new DOMException('Unrecognized name.', 'NotSupportedError')
    const asked = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(missing)
    expect(await verifyByPlatform(key.publicKey, message, signature)).toBeUndefined()
    expect(await verifyEd25519(key.publicKey, message, signature)).toBe(true)
    expect(await verifyEd25519(key.publicKey, Uint8Array.of(8), signature)).toBe(false)
    expect(asked).toHaveBeenCalled()
  })

  it('a key that is no point of the curve has signed nothing by either', async () => {
    const { sign } = await aLog()
    const message = Uint8Array.of(7)
    const signature = await sign(message)
    // y = 2 has no x.
    const key = Uint8Array.of(2, ...new Uint8Array(31))
    expect(isUnambiguous(key, signature)).toBe(true)
    expect(await verifyEd25519(key, message, signature)).toBe(false)
    expect(await verifyByArithmetic(key, message, signature)).toBe(false)
  })

  it('a key whose x is said to be minus zero is no point to arithmetic', async () => {
    // [1]B = B + [k]A holds for the neutral element A, whose y is 1, with any message.
    const base = Uint8Array.of(0x58, ...new Uint8Array(31).fill(0x66))
    const signature = Uint8Array.of(...base, 1, ...new Uint8Array(31))
    const neutral = Uint8Array.of(1, ...new Uint8Array(31))
    expect(await verifyByArithmetic(neutral, Uint8Array.of(7), signature)).toBe(true)
    expect(await verifyByArithmetic(neutral.with(31, 0x80), Uint8Array.of(7), signature)).toBe(false)
    expect(await verifyEd25519(neutral, Uint8Array.of(7), signature)).toBe(false)
  })
})

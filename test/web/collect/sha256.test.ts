import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { sha256Hex } from '../../../web/collect/sha256.ts'

const known = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

afterEach(() => {
  vi.unstubAllGlobals()
})

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array))

it('is the SHA-256 of the bytes', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (photo) => {
      expect(await sha256Hex(photo)).toBe(known(photo))
    }),
  )
})

it('is so too where the browser does not hash', async () => {
  vi.stubGlobal('crypto', {})
  await fc.assert(
    fc.asyncProperty(bytes, async (photo) => {
      expect(await sha256Hex(photo)).toBe(known(photo))
    }),
  )
  for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 1_000_003]) {
    const photo = new Uint8Array(length).map((_, index) => (index * 37) % 251)
    expect(await sha256Hex(photo)).toBe(known(photo))
  }
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, parseHash, toBase64 } from '../../../shared/ledger/base64.ts'
import { fromBase64url, toBase64url } from '../../../shared/ledger/base64url.ts'
import { parseDecimal } from '../../../shared/ledger/bytes.ts'

const bytes = fc.uint8Array({ maxLength: 70 }).map((given) => new Uint8Array(given))

describe('base64', () => {
  it('is what Node writes, and is read back', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(toBase64(given)).toBe(Buffer.from(given).toString('base64'))
        expect(fromBase64(toBase64(given))).toEqual(given)
        expect(toBase64url(given)).toBe(Buffer.from(given).toString('base64url'))
        expect(fromBase64url(toBase64url(given))).toEqual(given)
      }),
    )
  })

  it.each([
    'A',
    'AA',
    'AA=',
    'AAA',
    'A===',
    '====',
    'AB==',
    'AAB=',
    'AA==\n',
    ' AA==',
    'A-==',
    'AA==AA==',
    '=AAA',
  ])('has one spelling, and %j is not it', (text) => {
    expect(fromBase64(text)).toBeUndefined()
  })

  it.each(['AA==', 'A', 'AB', 'AAB', 'A+', 'A/', 'AA\n'])(
    'for addresses has one too, and %j is not it',
    (text) => {
      expect(fromBase64url(text)).toBeUndefined()
    },
  )

  it('of a hash is of 32 bytes', () => {
    expect(parseHash('A'.repeat(43) + '=')).toEqual({ ok: true, value: new Uint8Array(32) })
    for (const line of ['', 'AAAA', 'A'.repeat(44), `${'A'.repeat(43)}= `, 'x'.repeat(200)])
      expect(parseHash(line)).toMatchObject({ ok: false, why: expect.stringContaining('32 bytes') })
  })
})

describe('decimals', () => {
  it('are read to the last digit of 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(parseDecimal(value.toString())).toBe(value)
      }),
    )
  })

  it.each(['', '00', '01', '+1', '-1', '1.0', '1e3', ' 1', '1 ', '1\n', '0x1', '１', '18446744073709551616'])(
    'have one spelling, and %j is not it',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
    },
  )
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../shared/ledger/canonical.ts'

/** RFC 8785. The numbers are those of its Appendix B, each by the bits of its IEEE 754 double. */
const NUMBERS = [
  ['0000000000000000', '0', 'zero'],
  ['8000000000000000', '0', 'minus zero'],
  ['0000000000000001', '5e-324', 'the least above zero'],
  ['8000000000000001', '-5e-324', 'the greatest below zero'],
  ['7fefffffffffffff', '1.7976931348623157e+308', 'the greatest'],
  ['ffefffffffffffff', '-1.7976931348623157e+308', 'the least'],
  ['4340000000000000', '9007199254740992', '2^53'],
  ['c340000000000000', '-9007199254740992', '-2^53'],
  ['4430000000000000', '295147905179352830000', 'about 2^68'],
  ['44b52d02c7e14af5', '9.999999999999997e+22', ''],
  ['44b52d02c7e14af6', '1e+23', ''],
  ['44b52d02c7e14af7', '1.0000000000000001e+23', ''],
  ['444b1ae4d6e2ef4e', '999999999999999700000', ''],
  ['444b1ae4d6e2ef4f', '999999999999999900000', ''],
  ['444b1ae4d6e2ef50', '1e+21', 'where exponents begin'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7', 'where exponents begin below one'],
  ['3eb0c6f7a0b5ed8d', '0.000001', ''],
  ['41b3de4355555553', '333333333.3333332', ''],
  ['41b3de4355555554', '333333333.33333325', ''],
  ['41b3de4355555555', '333333333.3333333', ''],
  ['41b3de4355555556', '333333333.3333334', ''],
  ['41b3de4355555557', '333333333.33333343', ''],
  ['becbf647612f3696', '-0.0000033333333333333333', ''],
  ['43143ff3c1cb0959', '1424953923781206.2', 'halfway, to even'],
] as const

const numberOf = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE()

describe('RFC 8785', () => {
  it.each(NUMBERS)('Appendix B: %s is %s', (bits, text) => {
    expect(canonicalJson(numberOf(bits))).toBe(text)
    expect(canonicalJson([{ n: numberOf(bits) }])).toBe(`[{"n":${text}}]`)
  })

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])(
    'Appendix B: %s is refused',
    (bits) => {
      expect(() => canonicalJson(numberOf(bits))).toThrow(TypeError)
      expect(() => canonicalJson({ a: [numberOf(bits)] })).toThrow(TypeError)
    },
  )

  it.each([
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [123_456_789_012_345_680_000, '123456789012345680000'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-1.5, '-1.5'],
    [10, '10'],
  ])('§3.2.2.3: %d is written as ECMAScript does', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('§3.2.2.2: strings have the escapes that there must be, and no others', () => {
    const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')
    const short: Readonly<Record<number, string>> = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }
    const escaped = Array.from(
      { length: 32 },
      (_, code) => short[code] ?? `\\u${code.toString(16).padStart(4, '0')}`,
    ).join('')
    expect(canonicalJson(controls)).toBe(`"${escaped}"`)
    const plain = '/\u007f\u0080\u2028\u2029\ufeff€😀'
    expect(canonicalJson(`"\\${plain}`)).toBe(`"\\"\\\\${plain}"`)
  })

  it('§3.2.2: the example of the RFC, to the byte', () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    )
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('§3.2.3: keys are sorted by UTF-16 code units, so that surrogates come before what lies above them', () => {
    const keys = ['\uffff', '\ud83d\ude00', '\ue000', '\ud800\udc00', 'z', '', 'a', 'A', '10', '9', '\u00e4']
    const value = Object.fromEntries(keys.map((key) => [key, 0]))
    const sorted = [
      '',
      '10',
      '9',
      'A',
      'a',
      'z',
      '\u00e4',
      '\ud800\udc00',
      '\ud83d\ude00',
      '\ue000',
      '\uffff',
    ]
    expect(canonicalJson(value)).toBe(`{${sorted.map((key) => `"${key}":0`).join(',')}}`)
  })

  it('§3.2.3: a key like __proto__ is a key like any other', () => {
    const value: unknown = JSON.parse('{"b":1,"__proto__":{"d":1,"c":2},"a":[]}')
    expect(canonicalJson(value)).toBe('{"__proto__":{"c":2,"d":1},"a":[],"b":1}')
  })

  it('§3.2.2.2: lone surrogates are refused, in keys too', () => {
    for (const value of ['\ud83d', 'a\ude00', '\ude00\ud83d', { '\ud800': 1 }, [['\udfff']]])
      expect(() => canonicalJson(value)).toThrow(TypeError)
    expect(canonicalJson('\ud83d\ude00')).toBe('"😀"')
    const units = fc.array(fc.oneof(fc.integer({ min: 0xd7fe, max: 0xe001 }), fc.nat({ max: 0xffff })))
    fc.assert(
      fc.property(units, (codes) => {
        const value = String.fromCharCode(...codes)
        const outcome = ((): string => {
          try {
            return canonicalJson(value)
          } catch {
            return 'refused'
          }
        })()
        expect(outcome).toBe(value.isWellFormed() ? JSON.stringify(value) : 'refused')
      }),
    )
  })

  it.each([[1n], [Symbol('a')], [undefined], [() => 1], [[undefined]], [[() => 1]]])(
    'what JSON cannot carry is refused: %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError)
    },
  )
})

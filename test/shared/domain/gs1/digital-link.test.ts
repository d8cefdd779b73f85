import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  digitalLinkPath,
  readDigitalLink,
  type DigitalLink,
} from '../../../../shared/domain/gs1/digital-link.ts'
import { checkDigitOf } from '../../../../shared/domain/gs1/gtin.ts'
import { lotInSerial } from '../../../../shared/domain/gs1/lot.ts'

const GTIN = '09506000134352'

const read = (path: string, query?: string): DigitalLink => {
  const found = readDigitalLink(path, query)
  if (!found.ok) throw new Error(found.refusal.detail)
  return found.value
}
const faultOf = (path: string, query?: string): string => {
  const found = readDigitalLink(path, query)
  return found.ok ? 'none' : found.refusal.detail
}

const CSET_82 = Array.from(
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
)
const value = (longest: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...CSET_82), minLength: 1, maxLength: longest })
const gtin = fc.stringMatching(/^[1-9]\d{12}$/).map((body) => body + checkDigitOf(body))
const link: fc.Arbitrary<DigitalLink> = fc.record({
  gtin,
  qualifiers: fc.oneof(
    fc.record({ '22': value(20), '10': value(20), '21': value(20) }, { requiredKeys: [] }),
    fc.record({ '235': value(28) }),
  ),
})

describe('a GS1 Digital Link', () => {
  it.each([
    [`/01/${GTIN}`, {}],
    [`/01/${GTIN}/10/LOT-1`, { '10': 'LOT-1' }],
    [`/01/${GTIN}/21/LOT-1-7`, { '21': 'LOT-1-7' }],
    [`/01/${GTIN}/10/LOT-1/21/7`, { '10': 'LOT-1', '21': '7' }],
    [`/01/${GTIN}/22/2A/10/LOT-1/21/7`, { '22': '2A', '10': 'LOT-1', '21': '7' }],
    [`/01/${GTIN}/235/TPX`, { '235': 'TPX' }],
    [`/01/${GTIN}/10/A%2FB%3fC`, { '10': 'A/B?C' }],
  ])('is read from %s', (path, qualifiers) => {
    expect(read(path)).toEqual({ gtin: GTIN, qualifiers })
  })

  it('is read with a slash at its end, and whatever attributes its query has', () => {
    expect(read(`/01/${GTIN}/10/A/`)).toEqual(read(`/01/${GTIN}/10/A`))
    expect(read(`/01/${GTIN}/10/A`, '17=271231&3103=000195&linkType=gs1:pip&utm_source=x&10=B')).toEqual(
      read(`/01/${GTIN}/10/A`),
    )
  })

  it('is printed so that it is read back, of whatever GS1 allows', () => {
    fc.assert(
      fc.property(link, (one) => {
        const path = digitalLinkPath(one)
        expect(path).toMatch(/^[\w/.~%-]+$/)
        expect(read(path)).toEqual(one)
      }),
    )
  })

  it('is read back as a browser sends it, unless a value is what an address takes for "here" or "above"', () => {
    const isDots = (text: string): boolean => /^\.{1,2}$/.test(text)
    const sendable = link.filter(({ qualifiers }) => !Object.values(qualifiers).some(isDots))
    fc.assert(
      fc.property(sendable, (one) => {
        expect(read(new URL(digitalLinkPath(one), 'https://example.org').pathname)).toEqual(one)
      }),
    )
  })

  it('is read or refused, and nothing else, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (rest, query) => {
        const found = readDigitalLink(`/01/${rest}`, query)
        expect(found.ok || found.refusal.code).toBeOneOf([true, 'invalid-request'])
      }),
    )
  })

  it.each([
    ['/01/9506000134352', 'in an address a GTIN has 14 digits: write 09506000134352'],
    ['/01/73513537', 'write 00000073513537'],
    ['/01/0950600013435', '14 digits'],
    ['/01/ABC', '14 digits'],
    ['/01/09506000134353', 'does not check'],
    ['/01/00000000000000', 'noughts alone'],
    ['/00/095060001343520000', 'only GTINs (01)'],
    ['/gtin/09506000134352', 'only GTINs (01)'],
    [`/01/${GTIN}//`, 'without a value'],
    [`/01/${GTIN}/10`, 'without a value'],
    [`/01/${GTIN}/foo`, 'compressed links are not read here'],
    [`/01/${GTIN}/lot/A`, 'does not qualify a GTIN'],
    [`/01/${GTIN}/17/271231`, 'other AIs in the query'],
    [`/01/${GTIN}/21/7/10/A`, 'in this order'],
    [`/01/${GTIN}/10/A/10/B`, 'each once'],
    [`/01/${GTIN}/10/A/235/B`, '235 alone'],
    [`/01/${GTIN}/10//`, 'empty lot'],
    [`/01/${GTIN}/10/${'A'.repeat(21)}`, '21 characters; at most 20'],
    [`/01/${GTIN}/235/${'A'.repeat(29)}`, 'at most 28'],
    [`/01/${GTIN}/10/A%20B`, 'does not allow'],
    [`/01/${GTIN}/10/A%23B`, 'does not allow'],
    [`/01/${GTIN}/10/%E6%89%B9`, 'does not allow'],
    [`/01/${GTIN}/10/%zz`, 'encodes no character'],
  ])('is refused as %s', (path, fault) => {
    expect(faultOf(path)).toContain(fault)
  })

  it.each([
    ['21=7', 'belongs into the path'],
    ['01=09506000134352', 'belongs into the path'],
    ['a=b&12345=x', 'no AI'],
  ])('is refused with the query %s', (query, fault) => {
    expect(faultOf(`/01/${GTIN}/10/A`, query)).toContain(fault)
  })
})

describe('a serial number', () => {
  it.each([
    ['LOT-7', { lot: 'LOT', unit: 7 }],
    ['A-B-100', { lot: 'A-B', unit: 100 }],
  ])('%s names its lot', (serial, reading) => {
    expect(lotInSerial(serial)).toEqual(reading)
  })

  it.each(['7', '-7', 'LOT-', 'LOT-07', 'LOT-0', 'LOT-7a', 'LOT-1234567890'])('%s names none', (serial) => {
    expect(lotInSerial(serial)).toBeUndefined()
  })
})

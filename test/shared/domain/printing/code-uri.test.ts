import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDigitalLink } from '../../../../shared/domain/gs1/digital-link.ts'
import { lotKeyOf, serialOf } from '../../../../shared/domain/gs1/lot.ts'
import { codeUri, serialUri } from '../../../../shared/domain/printing/code-uri.ts'

const ORIGIN = 'https://tidemark.example'
const ID = 'B7K3M9QXT2ABC'
const GTIN = '09506000134352'

describe('what a code says', () => {
  it('is the passport’s address, for whatever has no GTIN', () => {
    expect(codeUri(ORIGIN, { id: ID })).toBe(`${ORIGIN}/b/${ID}`)
  })

  it('is the GS1 Digital Link URI of the lot, where its maker gave GTIN and lot number', () => {
    const product = { gtin: GTIN, lot: 'C-2026.11' }
    expect(codeUri(ORIGIN, { id: ID, product })).toBe(`${ORIGIN}/01/${GTIN}/10/C-2026.11`)
  })

  it.each([{ gtin: GTIN }, { lot: 'C-1' }, {}])(
    'is the passport’s address where one is missing: %j',
    (product) => {
      expect(codeUri(ORIGIN, { id: ID, product })).toBe(`${ORIGIN}/b/${ID}`)
      expect(lotKeyOf(product)).toBeUndefined()
    },
  )

  it('ends with the serial number for a single piece', () => {
    expect(serialUri(ORIGIN, { gtin: GTIN, lot: 'C-1', batch: ID }, 10_000)).toBe(
      `${ORIGIN}/01/${GTIN}/10/C-1/21/C-1-10000`,
    )
  })

  it('says for a piece of a lot with a long number which batch it is from, since GS1 takes 20 characters', () => {
    const lot = 'DACHEN-2026-NOVEMBER'
    const uri = serialUri(ORIGIN, { gtin: GTIN, lot, batch: ID }, 99_999_999)
    expect(uri).toBe(`${ORIGIN}/01/${GTIN}/10/${lot}/21/${ID.slice(1)}99999999`)
    expect(readDigitalLink(uri.slice(ORIGIN.length)).ok).toBe(true)
  })

  it('never says the same of two pieces of a GTIN, whatever their lots are called', () => {
    const lots = fc.stringMatching(/^[A-Z0-9._-]{1,20}$/)
    const batches = fc.stringMatching(/^B[0-9A-HJKMNP-TV-Z]{12}$/)
    const units = fc.integer({ min: 1, max: 99_999_999 })
    const pieces = fc.record({ lot: lots, batch: batches, unit: units })
    fc.assert(
      fc.property(pieces, pieces, ({ unit: one, ...a }, { unit: other, ...b }) => {
        fc.pre(a.lot !== b.lot && a.batch !== b.batch)
        const serials = [serialOf({ gtin: GTIN, ...a }, one), serialOf({ gtin: GTIN, ...b }, other)]
        expect(serials.every((serial) => serial.length <= 20)).toBe(true)
        expect(serials[0]).not.toBe(serials[1])
      }),
    )
  })
})

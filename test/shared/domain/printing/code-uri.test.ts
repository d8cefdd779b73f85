import { describe, expect, it } from 'vitest'
import { lotKeyOf } from '../../../../shared/domain/gs1/lot.ts'
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
    expect(serialUri(ORIGIN, { gtin: GTIN, lot: 'C-1' }, 10_000)).toBe(`${ORIGIN}/01/${GTIN}/10/C-1/21/10000`)
  })
})

import { describe, expect, it } from 'vitest'
import { labelPdf, type LabelJob } from '../../../functions/printing/label-pdf.ts'
import { matrixOf } from '../../../functions/printing/qr.ts'
import { codeUri } from '../../../shared/domain/printing/code-uri.ts'
import { labelOf } from '../../../shared/domain/printing/label.ts'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { LEAST_MODULE_MM, SHEET, SHEETS } from '../../../shared/domain/printing/sheets.ts'
import { HELD, LARGEST, PELLETS, PICKUP, PRODUCT } from '../../web/trace/samples.ts'
import { printed, readCodes } from './paper.ts'

const ORIGIN = 'https://tidemark.example.org'
const GTIN = '09506000134352'
const COMB: Passport = {
  ...PRODUCT,
  product: { name: '海洋塑料梳子', units: 1000, gramsPerUnit: 35, gtin: GTIN, lot: 'C-2026-11' },
}
const KINDS = {
  bag: PICKUP,
  lot: PELLETS,
  product: PRODUCT,
  'product with a GTIN': COMB,
  held: HELD,
} as const

function jobOf(passport: Passport, changes: Partial<LabelJob> = {}): LabelJob {
  const sheet = changes.sheet ?? SHEET.a4
  return {
    label: labelOf(passport),
    matrix: matrixOf(codeUri(ORIGIN, passport), 'Q'),
    sheet,
    codeMm: sheet.code,
    copies: 1,
    language: 'both',
    asOf: passport.updatedAt,
    ...changes,
  }
}

describe.each(SHEETS)('a label on %s', (name) => {
  const sheet = SHEET[name]

  it.each(Object.entries(KINDS))('is read back: %s', async (_, passport) => {
    const pages = await printed(await labelPdf(jobOf(passport, { sheet })))
    expect(await Promise.all(pages.map(readCodes))).toEqual([[codeUri(ORIGIN, passport)]])
  })

  it('is of the size of its paper', async () => {
    const [page] = await printed(await labelPdf(jobOf(PICKUP, { sheet })), 254)
    expect([page?.width, page?.height].map((pixels) => Math.round((pixels ?? 0) / 10))).toEqual([
      sheet.width,
      sheet.height,
    ])
  })

  it('is read back with the smallest code that may be printed', async () => {
    const modules = matrixOf(codeUri(ORIGIN, COMB), 'Q').size + 8
    const codeMm = Math.ceil(modules * LEAST_MODULE_MM)
    const [page] = await printed(await labelPdf(jobOf(COMB, { sheet, codeMm })))
    expect(page && (await readCodes(page))).toEqual([codeUri(ORIGIN, COMB)])
  })

  it.each([
    ['both', ['已冻结，不得使用', 'HELD – do not use']],
    ['en', ['HELD – do not use']],
    ['zh', ['已冻结，不得使用']],
  ] as const)('says in full that the batch is held: %s', async (language, texts) => {
    const [page] = await printed(await labelPdf(jobOf(HELD, { sheet, language })), 72)
    for (const text of texts) expect(page?.text).toContain(text)
    expect(page?.text).toContain(labelOf(HELD).id)
  })

  it('leaves the edge of every label white, whatever stands on it', async () => {
    for (const passport of [PRODUCT, LARGEST, HELD].map((one) => ({ ...one, product: HUGE }))) {
      const [page] = await printed(await labelPdf(jobOf(passport, { sheet })), 254)
      expect(page && darkBeyondInset(page, sheet)).toBe(0)
    }
  })
})

const HUGE = {
  name: `${'海'.repeat(300)} ${'W'.repeat(200)}`,
  units: 1,
  gramsPerUnit: 1,
  lot: 'W'.repeat(20),
}

/** Dark pixels within the inset of the first label, at 10 pixels a millimetre. */
function darkBeyondInset(
  { width, pixels }: { readonly width: number; readonly pixels: Uint8Array },
  sheet: (typeof SHEET)['a4'],
): number {
  const cell = {
    width: (sheet.width - 2 * sheet.margin) / sheet.columns,
    height: (sheet.height - 2 * sheet.margin) / sheet.rows,
  }
  const isInside = (mm: number, length: number): boolean =>
    mm > sheet.inset - 0.2 && mm < length - sheet.inset + 0.2
  let dark = 0
  for (let y = 0; y < cell.height * 10 - 1; y++) {
    for (let x = 0; x < cell.width * 10 - 1; x++) {
      const at = (y + sheet.margin * 10) * width + x + sheet.margin * 10
      if (!(isInside(x / 10, cell.width) && isInside(y / 10, cell.height)) && (pixels[at] ?? 255) < 128)
        dark++
    }
  }
  return dark
}

describe('labels', () => {
  it('say a long name in either language on a line of its own, where there is room for it', async () => {
    const madeBy = { en: 'Taizhou Island Moulding', zh: '台州岛注塑示范合作社' }
    const pdf = await labelPdf(jobOf({ ...PRODUCT, madeBy }, { sheet: SHEET['50x30'] }))
    const [page] = await printed(pdf, 72)
    expect(page?.text).toContain(madeBy.en)
    expect(page?.text).toContain(madeBy.zh)
  })

  it('fill sheet after sheet: twenty are three sheets of A4, each with its code on every label', async () => {
    const pages = await printed(await labelPdf(jobOf(PICKUP, { copies: 20 })))
    expect((await Promise.all(pages.map(readCodes))).map(({ length }) => length)).toEqual([8, 8, 4])
  })

  it('are the same file, byte for byte, for the same passport', async () => {
    const [one, other] = await Promise.all([labelPdf(jobOf(COMB)), labelPdf(jobOf(COMB))])
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
  })

  it('leave no fact out for a hold, in both languages on the smallest of them', async () => {
    const facts = { ...PICKUP, holds: HELD.holds.slice(0, 1) }
    const label = labelOf(facts)
    const [page] = await printed(await labelPdf(jobOf(facts, { sheet: SHEET['50x30'] })), 72)
    for (const { value } of label.rows) expect(page?.text).toContain(value.zh)
  })

  it.each([
    ['Ocean comb 🐟🌊', 'Ocean comb'],
    ['Comb 👩‍👩‍👧 of 🇨🇳 Dachen ✌🏽 1️⃣', 'Comb of Dachen'],
    ['🐟', 'Product'],
    ['Comb © 2 №5™', 'Comb © 2 №5™'],
  ])('print no emoji, and no question mark for one: %s', async (name, expected) => {
    const product = { name, units: 1, gramsPerUnit: 1 }
    const job = jobOf({ ...PRODUCT, product }, { sheet: SHEET.a5, language: 'en' })
    const [page] = await printed(await labelPdf(job), 72)
    expect(page?.text.split(/\r?\n/)[0]?.trim()).toBe(expected)
  })

  it('show Chinese from their own type, rare characters too, and a question mark for what it lacks', async () => {
    const product = { name: '嵊泗枸杞硇洲鱻臺 Ünïcode ሀ', units: 1, gramsPerUnit: 1 }
    const pdf = await labelPdf(jobOf({ ...PRODUCT, product }, { sheet: SHEET.a5 }))
    const [page] = await printed(pdf, 72)
    expect(page?.text.replaceAll(/\s/g, '')).toContain('嵊泗枸杞硇洲鱻臺Ünïcode?')
  })

  it('put no mark that turns text around into the PDF', async () => {
    const product = { name: 'Comb \u202Egnp.exe\u2066', units: 1, gramsPerUnit: 1 }
    const [page] = await printed(await labelPdf(jobOf({ ...PRODUCT, product }, { sheet: SHEET.a5 })), 72)
    expect(page?.text).toContain('Comb gnp.exe')
  })

  it('say GTIN, lot and number so that people can read them', async () => {
    const [page] = await printed(await labelPdf(jobOf(COMB)), 72)
    for (const text of [`(01) ${GTIN}`, '(10) C-2026-11', labelOf(COMB).id, '海洋塑料梳子'])
      expect(page?.text).toContain(text)
  })
})

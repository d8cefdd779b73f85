import { describe, expect, it } from 'vitest'
import {
  cellsOf,
  insideOf,
  mostCodeMm,
  SHEET,
  SHEETS,
  type Box,
} from '../../../../shared/domain/printing/sheets.ts'

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe.each(SHEETS)('a sheet of %s', (name) => {
  const sheet = SHEET[name]
  const insides = cellsOf(sheet).map((cell) => insideOf(cell, sheet.inset))

  it('has its labels within its margins, and none on another', () => {
    for (const { x, y, width, height } of cellsOf(sheet)) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(sheet.margin)
      expect(x + width).toBeLessThanOrEqual(sheet.width - sheet.margin + 1e-9)
      expect(y + height).toBeLessThanOrEqual(sheet.height - sheet.margin + 1e-9)
    }
    expect(insides.filter((one, at) => insides.slice(at + 1).some((other) => overlap(one, other)))).toEqual(
      [],
    )
  })

  it('keeps print 2 mm from any cut, and 4 mm from the edge of what an office printer feeds', () => {
    expect(sheet.inset).toBeGreaterThanOrEqual(2)
    expect(sheet.margin + sheet.inset).toBeGreaterThanOrEqual(name.startsWith('a') ? 4 : 2)
  })

  it('has room for the code that it has by itself, and for text beside or below the largest', () => {
    const [inside] = insides
    expect(sheet.code).toBeLessThanOrEqual(mostCodeMm(sheet))
    const left = Math.max((inside?.width ?? 0) - mostCodeMm(sheet), (inside?.height ?? 0) - mostCodeMm(sheet))
    expect(left).toBeGreaterThanOrEqual(15)
  })
})

it('has eight labels on A4 and two on A5', () => {
  expect([cellsOf(SHEET.a4), cellsOf(SHEET.a5)].map(({ length }) => length)).toEqual([8, 2])
})

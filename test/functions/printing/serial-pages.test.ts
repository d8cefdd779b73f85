import { crc32, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { zipPage } from '../../../functions/printing/serial-archive.ts'
import { csvPage } from '../../../functions/printing/serial-pages.ts'
import { serialUri } from '../../../shared/domain/printing/code-uri.ts'
import { readCodes } from './paper.ts'
import { pictureOf } from './svg.ts'

const LOT = {
  gtin: '09506000134352',
  lot: 'C-2026-11',
  batch: 'B7K3M9QXT2ABC',
  units: 1200,
  origin: 'https://tidemark.example.org',
}
const DRAWING = { level: 'Q', quiet: 4, dark: '000000', light: 'ffffff' } as const

/** Files of a ZIP by its central directory (APPNOTE.TXT, §4.3.12), their contents checked against their sums. */
function filesOf(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [crc, packed, , nameLength] = [16, 20, 24, 28].map((field) =>
      field === 28 ? zip.readUInt16LE(at + field) : zip.readUInt32LE(at + field),
    )
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = inflateRawSync(zip.subarray(from, from + (packed ?? 0)))
    expect(crc32(bytes)).toBe(crc)
    files.set(name, bytes.toString('utf8'))
    at += 46 + (nameLength ?? 0) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

describe('codes of single pieces', () => {
  it('are a table of numbers and addresses', () => {
    const { bytes, last } = csvPage(LOT, 1, { limit: 2, drawing: undefined })
    const uris = [1, 2].map((serial) => serialUri(LOT.origin, LOT, serial))
    expect(bytes.toString()).toBe(`serial,uri\r\nC-2026-11-1,${uris[0]}\r\nC-2026-11-2,${uris[1]}\r\n`)
    expect(last).toBe(2)
  })

  it('are an archive of drawings, named so that they sort as they count', () => {
    const { bytes, last } = zipPage(LOT, 9, { limit: 3, drawing: DRAWING })
    const names = [...filesOf(bytes).keys()]
    expect(names).toEqual(['0009', '0010', '0011'].map((serial) => `${LOT.gtin}-${LOT.lot}-${serial}.svg`))
    expect(names).toEqual(names.toSorted())
    expect(last).toBe(11)
  })

  it('are read back, each its own address, from archive and table alike', async () => {
    const svgs = [...filesOf(zipPage(LOT, 1198, { limit: 10, drawing: DRAWING }).bytes).values()]
    const table = csvPage(LOT, 1198, { limit: 10, drawing: DRAWING }).bytes.toString()
    const cells = [...table.matchAll(/"((?:[^"]|"")*)"\r\n/g)].map(([, cell = '']) =>
      cell.replaceAll('""', '"'),
    )
    expect(cells).toEqual(svgs)
    const read = await Promise.all(svgs.map((svg) => readCodes(pictureOf(svg))))
    expect(read).toEqual([1198, 1199, 1200].map((serial) => [serialUri(LOT.origin, LOT, serial)]))
  })

  it('are as many as the lot has pieces, whatever is asked for', () => {
    expect(csvPage(LOT, 1, { limit: 2500, drawing: undefined }).last).toBe(1200)
    expect(csvPage(LOT, 1201, { limit: 10, drawing: undefined }).bytes.toString()).toBe('serial,uri\r\n')
  })

  it('are the same bytes whenever they are asked for', () => {
    const [one, other] = [1, 2].map(() => zipPage(LOT, 1, { limit: 20, drawing: DRAWING }).bytes)
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
  })

  it('end before the answer is too large for Lambda, and go on from there', () => {
    const large = {
      ...LOT,
      lot: 'W'.repeat(20),
      units: 99_999_999,
      origin: `https://${'long.'.repeat(12)}example.org`,
    }
    const drawing = { ...DRAWING, level: 'H' } as const
    for (const { bytes, last } of [
      csvPage(large, 1, { limit: 2500, drawing }),
      zipPage(large, 1, { limit: 2500, drawing }),
    ]) {
      expect(Math.ceil(bytes.length / 3) * 4).toBeLessThan(6 * 1024 * 1024)
      expect(last).toBeGreaterThan(200)
      expect(last).toBeLessThan(2500)
    }
  })
})

import { crc32, deflateRawSync } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { serialUri } from '../../shared/domain/printing/code-uri.ts'
import { drawn, isWanted, MOST_BYTES, type Drawing, type SerialLot, type SerialPage } from './serial-pages.ts'

/** An archive with an SVG for each piece from `from` on. The same pieces give the same bytes, whenever they are asked for. */
export function zipPage(
  lot: SerialLot,
  from: number,
  { limit, drawing }: { readonly limit: number; readonly drawing: Drawing },
): SerialPage {
  const written = { parts: new Array<Uint8Array>(), bytes: 0 }
  const zip = new Zip((error, part) => {
    if (error) throw error
    written.parts.push(part)
    written.bytes += part.length
  })
  let unit = from
  for (; isWanted(lot, unit, from + limit) && written.bytes < MOST_BYTES; unit++) {
    addFile(zip, nameOf(lot, unit), Buffer.from(drawn(serialUri(lot.origin, lot, unit), drawing)))
  }
  zip.end()
  return { bytes: Buffer.concat(written.parts), last: unit - 1 }
}

/** The archive is fflate's, what is in it packed by Node, which is ten times as fast. */
function addFile(zip: Zip, filename: string, bytes: Buffer): void {
  const file: ZipInputFile = {
    filename,
    size: bytes.length,
    crc: crc32(bytes),
    compression: DEFLATE,
    mtime: LONG_AGO,
  }
  zip.add(file)
  file.ondata?.(null, deflateRawSync(bytes), true)
}

const DEFLATE = 8

/** The first moment that the format can tell: when it was made says nothing of a code. */
const LONG_AGO = new Date(1980, 0, 1)

/** Numbers are padded, so that names sort as numbers do. */
function nameOf({ gtin, lot, units }: SerialLot, unit: number): string {
  return `${gtin}-${lot}-${String(unit).padStart(String(units).length, '0')}.svg`
}

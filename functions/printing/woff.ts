import { inflateSync } from 'node:zlib'

/** Bytes of the headers and of one entry of the table directories (WOFF File Format 1.0, §3 and §4; OpenType). */
const WOFF = { signature: 0x774f4646, header: 44, entry: 20 } as const
const SFNT = { header: 12, entry: 16 } as const

interface Table {
  readonly tag: number
  readonly checksum: number
  readonly bytes: Buffer
}

/**
 * A font as it was before it was packed for the web. Node unpacks one in a millisecond; the font library, which knows the
 * format too, does it in JavaScript and takes a hundred times as long.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== WOFF.signature) throw new Error('this is no WOFF')
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => tableAt(woff, index))
  return written(woff.readUInt32BE(4), tables)
}

function tableAt(woff: Buffer, index: number): Table {
  const at = WOFF.header + index * WOFF.entry
  const [tag, offset, packed, length, checksum] = [0, 4, 8, 12, 16].map((field) =>
    woff.readUInt32BE(at + field),
  )
  if (tag === undefined || offset === undefined || packed === undefined || checksum === undefined)
    throw new Error('the font ends within its directory')
  const bytes = woff.subarray(offset, offset + packed)
  return { tag, checksum, bytes: packed === length ? bytes : inflateSync(bytes) }
}

function written(flavour: number, tables: readonly Table[]): Buffer {
  const exponent = Math.floor(Math.log2(tables.length))
  const head = Buffer.alloc(SFNT.header + tables.length * SFNT.entry)
  head.writeUInt32BE(flavour, 0)
  head.writeUInt16BE(tables.length, 4)
  head.writeUInt16BE(16 * 2 ** exponent, 6)
  head.writeUInt16BE(exponent, 8)
  head.writeUInt16BE(16 * (tables.length - 2 ** exponent), 10)
  let offset = head.length
  const parts = tables.map(({ tag, checksum, bytes }, index) => {
    const at = SFNT.header + index * SFNT.entry
    for (const [field, value] of [tag, checksum, offset, bytes.length].entries())
      head.writeUInt32BE(value, at + 4 * field)
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    offset += padded.length
    return padded
  })
  return Buffer.concat([head, ...parts])
}

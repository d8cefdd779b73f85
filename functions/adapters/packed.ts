import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/**
 * Long texts are stored compressed. A write is paid by the kilobyte, and an item may have 400 of them: a lot that was
 * blended from everywhere names some two thousand places and months, 120 KB as text and a tenth of that compressed.
 * A short text, which fits in one kilobyte together with the attributes beside it, stays as it is, to be read in the table.
 */
const LONGEST_TEXT = 600

/** Half the time of zlib's own settings for a tenth more bytes; the window is as wide as most texts are long. */
const SETTINGS = { level: 3, windowBits: 12, memLevel: 5, chunkSize: 4_096 }

/** Zlib takes 16 KB for what comes out, whatever that is; most of ours is less than half of it. */
const UNPACKING = { chunkSize: 8_192 }

/** Loading zlib takes a tenth of a start, so it waits for the first long text: many starts meet none. */
const zlib = () => process.getBuiltinModule('node:zlib')

export function packed(value: string): AttributeValue {
  return value.length <= LONGEST_TEXT ? { S: value } : { B: zlib().gzipSync(value, SETTINGS) }
}

/** The text of an attribute that {@link packed} made; undefined where there is none. */
export function unpacked(value: AttributeValue | undefined): string | undefined {
  return value?.B ? inflate(value.B) : value?.S
}

/** The same of an attribute in a stream record, where bytes come as base64. */
export function unpackedRecord(
  value: { readonly S?: string | undefined; readonly B?: string | undefined } | undefined,
): string | undefined {
  return value?.B === undefined ? value?.S : inflate(Buffer.from(value.B, 'base64'))
}

/** Text gzipped as small as it gets: for what is written once and read often. */
export const deflate = (text: string): Uint8Array => zlib().gzipSync(text)

/** The text of gzipped bytes. */
export const inflate = (bytes: Uint8Array): string => zlib().gunzipSync(bytes, UNPACKING).toString('utf8')

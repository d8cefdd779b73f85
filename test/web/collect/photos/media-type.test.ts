import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from '../../../../web/collect/photos/media-type.ts'
import { heicWith, jpegWith, tiffOf } from './camera.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('what a file is', () => {
  it.each([
    ['a JPEG', jpegWith(tiffOf({})), 'image/jpeg'],
    ['a PNG', bytesOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), 'image/png'],
    ['a WebP', bytesOf('RIFF\x10\0\0\0WEBPVP8 '), 'image/webp'],
    ['what an iPhone writes', heicWith(tiffOf({})), 'image/heic'],
    ['a HEIF of another codec', heicWith(tiffOf({}), { brand: 'mif1' }), 'image/heif'],
  ])('is told by its first bytes: %s', (_, bytes, type) => {
    expect(mediaTypeOf(bytes)).toBe(type)
  })

  it.each([
    ['nothing', ''],
    ['a GIF', 'GIF89a'],
    ['text', 'Dear diary, ftyp heic'],
    ['a film', '\0\0\0\x18ftypisom\0\0\0\0isomavc1'],
    ['an AVIF', '\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf'],
    ['a sound', 'RIFF\x10\0\0\0WAVEfmt '],
    ['brands that stand outside their box', '\0\0\0\x10ftypisom\0\0\0\0heicmif1'],
  ])('is no photo: %s', (_, text) => {
    expect(mediaTypeOf(bytesOf(text))).toBeUndefined()
  })
})

import { PDFiumLibrary } from '@hyzyla/pdfium'
import { decodeCodes } from '../../e2e/decode.ts'

/** Paper as a camera or a scanner sees it: grey values, row by row, 255 for white. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array<ArrayBuffer>
}

export interface Page extends Grey {
  readonly text: string
}

let ready: Promise<PDFiumLibrary> | undefined

/** The pages of a PDF as PDFium, which is Chrome's renderer, puts them on paper; and the text that it finds on them. */
export async function printed(pdf: Uint8Array, dpi = 300): Promise<Page[]> {
  ready ??= PDFiumLibrary.init()
  const document = await (await ready).loadDocument(pdf)
  try {
    const pages: Page[] = []
    for (const page of document.pages()) {
      // Rendering closes the page, so the text comes first.
      const text = page.getText()
      const { width, height, data } = await page.render({ scale: dpi / 72, render: 'bitmap' })
      pages.push({ width, height, pixels: greenOf(data), text })
    }
    return pages
  } finally {
    document.destroy()
  }
}

/** Of four bytes a pixel the second; in black and white all are alike. */
function greenOf(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const green = new Uint8Array(data.length / 4)
  for (let at = 0; at < green.length; at++) green[at] = data[at * 4 + 1] ?? 255
  return green
}

/** The texts of all codes in a picture, by a decoder that shares no code with what drew them. */
export async function readCodes({ width, height, pixels }: Grey): Promise<string[]> {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const picture = new Uint8Array(header.length + pixels.length)
  picture.set(header)
  picture.set(pixels, header.length)
  return decodeCodes(picture)
}

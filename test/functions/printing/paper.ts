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
      const pixels = Uint8Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 255)
      pages.push({ width, height, pixels, text })
    }
    return pages
  } finally {
    document.destroy()
  }
}

/** The texts of all codes in a picture, by a decoder that shares no code with what drew them. */
export async function readCodes({ width, height, pixels }: Grey): Promise<string[]> {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  return decodeCodes(new Uint8Array([...header, ...pixels]))
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { printed } from '../functions/printing/paper.ts'

/** Labels as they come out of the printer: PDFs, put on paper by a renderer that is not ours. */
const FOLDER = fileURLToPath(new URL('../../web/pictures', import.meta.url))
const DPI = 300

/** Makes a picture of the first label that an address answers with, with a thin edge, where it is cut. */
export async function makeLabelPicture(browser: Browser, url: string, name: string): Promise<void> {
  const answer = await fetch(url)
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  const [paper] = await printed(new Uint8Array(await answer.arrayBuffer()), DPI)
  if (!paper) throw new Error(`${url} has no page`)
  const { width, height, pixels } = paper
  const page = await browser.newPage({ viewport: { width: width + 2, height: height + 2 } })
  await page.setContent(
    `<body style="margin:0"><canvas width="${width}" height="${height}" style="display:block;border:1px solid #b9c4c9"></canvas>`,
  )
  await page.evaluate(`(() => {
    const grey = Uint8Array.from(atob('${Buffer.from(pixels).toString('base64')}'), (sign) => sign.charCodeAt(0))
    const paper = document.querySelector('canvas').getContext('2d')
    const image = paper.createImageData(${width}, ${height})
    grey.forEach((value, at) => image.data.set([value, value, value, 255], 4 * at))
    paper.putImageData(image, 0, 0)
  })()`)
  await writeFile(join(FOLDER, `${name}.png`), await page.screenshot())
  await page.close()
}

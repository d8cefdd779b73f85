import type { Page } from 'playwright-core'

/** Photos for tests: small, real, and each with bytes of its own. */
export interface Picture {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A camera that gives a picture of the page, with a comment (JPEG, B.2.4.5) that makes each one different. */
export async function cameraOf(page: Page): Promise<(comment: string) => Picture> {
  const shot = await page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 160, height: 120 } })
  return (comment) => {
    const text = Buffer.from(comment)
    const head = Buffer.from([0xff, 0xfe, 0, text.length + 2])
    const buffer = Buffer.concat([shot.subarray(0, 2), head, text, shot.subarray(2)])
    return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer }
  }
}

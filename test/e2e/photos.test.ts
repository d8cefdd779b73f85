import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts'
import { heicWith, jpegWith, tiffOf, type Told } from '../web/collect/photos/camera.ts'
import { launchBrowser } from './browser.ts'
import { goOn, keptOn } from './phone/collector.ts'

/** Photos in a real browser: from the file that a phone hands over to what lies in storage. */
let folder: string
let runtime: Runtime
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-e2e-photos-'))
  runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir: folder, seed: 'none' })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await runtime?.stop()
  await rm(folder, { recursive: true, force: true })
})

const TOLD: Told = {
  takenAt: '2026:08:05 14:29:58',
  offset: '+08:00',
  lat: ['N', 28, 16, 1805],
  lon: ['E', 121, 36, 5544],
}

interface Claim {
  readonly sha256: string
  readonly mediaType: string
  readonly thumbnail?: { readonly sha256: string; readonly bytes: number }
}

/** A phone with the form open, and what it sends. */
async function openForm(before = '') {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' })
  const page = await context.newPage()
  if (before !== '') await page.addInitScript(before)
  const errors: string[] = []
  const puts: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('requestfinished', (request) => {
    if (request.method() === 'PUT') puts.push(new URL(request.url()).pathname.split('/').at(-1) ?? '')
  })
  await page.goto(`${runtime.url}/collect/#key=${runtime.credentials.keys.collector}`)
  await page.locator('#entry-form').waitFor()
  return { page, errors, puts }
}

const AREA = { x: 0, y: 0, width: 300, height: 200 }
const file = (name: string, buffer: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(buffer) })
const choose = (page: Page, ...files: readonly ReturnType<typeof file>[]) =>
  page.locator('#photo-gallery').setInputFiles([...files])
const frame = (page: Page, state: string) => page.locator(`#photo-list li[data-state="${state}"]`)

/** No two entries have the same mass: with the same photo, they would be the same entry. */
let massKg = 2

async function fill(page: Page): Promise<void> {
  await page.locator('label:has(input[name="form"][value="net"])').click()
  await page.locator('input[name="massKg"]').fill(String(++massKg))
  const station = page.locator('select[name="siteId"]')
  // Remembered from the entry before, and folded away.
  if (await station.isVisible()) await station.selectOption('dachen')
}

/** Fills the form, saves, and waits until so many files have arrived; the photos as they were claimed. */
async function save(page: Page, puts: readonly string[], files: number): Promise<readonly Claim[]> {
  await fill(page)
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/v1/pickups'),
  )
  await page.locator('#save').click()
  await goOn(page)
  const { photos = [] }: { photos?: readonly Claim[] } = JSON.parse((await sent).postData() ?? '')
  await page.locator('#recent-list li:first-child[data-batch-id]').waitFor()
  await expect.poll(() => puts.length, { timeout: 15_000 }).toBe(files)
  return photos
}

const stored = async (sha256: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(join(folder, 'objects', 'photos', 'demo-coop', sha256)))
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Width and height as a JPEG says them in the head of its picture. */
function sizeOf(jpeg: Uint8Array): readonly [width: number, height: number] {
  const at = textOf(jpeg).search(/\xff[\xc0\xc2]/)
  const view = new DataView(jpeg.buffer, jpeg.byteOffset + at)
  return [view.getUint16(7), view.getUint16(5)]
}

describe('a photo with EXIF', () => {
  it('is sent as it is, after an upright thumbnail that knows nothing of where and when', async () => {
    const { page, errors, puts } = await openForm()
    const photo = jpegWith(tiffOf({ ...TOLD, orientation: 6 }), await page.screenshot({ type: 'jpeg' }))
    await choose(page, file('scale.jpg', photo))
    await frame(page, 'ready').locator('img').waitFor()
    const [claim] = await save(page, puts, 2)
    expect(claim).toMatchObject({
      sha256: sha256Of(photo),
      mediaType: 'image/jpeg',
      takenAt: '2026-08-05T06:29:58.000Z',
      lat: 28.271681,
      lon: 121.6154,
    })
    const name = claim?.thumbnail?.sha256 ?? ''
    expect(puts).toEqual([name, sha256Of(photo)])
    expect(await stored(sha256Of(photo))).toEqual(photo)
    const thumbnail = await stored(name)
    expect(sha256Of(thumbnail)).toBe(name)
    expect(textOf(thumbnail)).not.toContain('Exif')
    // The camera lay on its side: what it saw was 740 wide.
    const [width, height] = sizeOf(thumbnail)
    expect([width, Math.abs(height - (640 * 360) / 740) < 2]).toEqual([640, true])
    expect(errors).toEqual([])
  })
})

describe('a photo that this browser cannot show', () => {
  it('is kept and sent none the less, and that is said', async () => {
    const { page, errors, puts } = await openForm()
    const heic = heicWith(tiffOf(TOLD))
    await choose(page, file('IMG_0001.HEIC', heic))
    await page.getByText('Kept; no preview on this phone').waitFor()
    const [claim] = await save(page, puts, 1)
    expect(claim).toMatchObject({ mediaType: 'image/heic', sha256: sha256Of(heic), lat: 28.271681 })
    expect(claim).not.toHaveProperty('thumbnail')
    expect(await stored(sha256Of(heic))).toEqual(heic)
    expect(errors).toEqual([])
  })
})

describe('a photo of 48 megapixels', () => {
  it('has a thumbnail of 640 px, and goes as it is', async () => {
    const { page, errors, puts } = await openForm()
    await page.evaluate(`(async () => {
      const canvas = document.createElement('canvas')
      canvas.width = 8000
      canvas.height = 6000
      const pen = canvas.getContext('2d')
      for (let band = 0; band < 60; band++) {
        pen.fillStyle = 'hsl(' + band * 6 + ' 60% 50%)'
        pen.fillRect(0, band * 100, 8000, 100)
      }
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
      const taken = new DataTransfer()
      taken.items.add(new File([blob], 'large.jpg'))
      const input = document.getElementById('photo')
      input.files = taken.files
      input.dispatchEvent(new Event('change'))
    })()`)
    await frame(page, 'ready').locator('img').waitFor()
    const [claim] = await save(page, puts, 2)
    expect(sizeOf(await stored(claim?.thumbnail?.sha256 ?? ''))).toEqual([640, 480])
    expect(sizeOf(await stored(claim?.sha256 ?? ''))).toEqual([8000, 6000])
    expect(errors).toEqual([])
  })
})

describe('photos in the form', () => {
  it('are there again after the page was ended, but for those that were removed', async () => {
    const { page, puts } = await openForm()
    const jpeg = await page.screenshot({ type: 'jpeg' })
    const other = await page.screenshot({ type: 'jpeg', clip: AREA })
    const [one, two, three] = [
      jpegWith(tiffOf(TOLD), jpeg),
      heicWith(tiffOf({})),
      jpegWith(tiffOf({}), other),
    ]
    await choose(page, file('1', one), file('2', two), file('3', three))
    await expect.poll(() => frame(page, 'ready').count()).toBe(3)
    await page.getByRole('button', { name: 'Remove photo 1' }).click()
    await expect.poll(() => frame(page, 'ready').count()).toBe(2)
    // Until its files are gone from the disk too: two originals are left, and the one thumbnail that there could be.
    await expect.poll(async () => (await keptOn(page)).photos.length).toBe(3)
    await page.reload()
    await expect.poll(() => frame(page, 'ready').count()).toBe(2)
    await expect.poll(() => page.locator('#photo-list img').count()).toBe(1)
    expect(await page.locator('#notice').isHidden()).toBe(true)
    const claims = await save(page, puts, 3)
    expect(claims.map(({ sha256 }) => sha256)).toEqual([sha256Of(two), sha256Of(three)])
    // The thumbnail before either original.
    expect(puts).toEqual([claims[1]?.thumbnail?.sha256, sha256Of(two), sha256Of(three)])
    await page.reload()
    await page.locator('#entry-form').waitFor()
    expect(await page.locator('#photo-list li').count()).toBe(0)
  })

  it('of an entry that was refused are back in the form with it, also after the page was ended', async () => {
    const { page, puts } = await openForm()
    const jpeg = jpegWith(tiffOf(TOLD), await page.screenshot({ type: 'jpeg', clip: AREA }))
    await choose(page, file('1', jpeg))
    await frame(page, 'ready').waitFor()
    await save(page, puts, 2)
    await choose(page, file('1', jpeg))
    await frame(page, 'ready').waitFor()
    // The very same again.
    massKg--
    await fill(page)
    await page.locator('#save').click()
    await goOn(page)
    await page.locator('#recent-list [data-state="refused"]').waitFor()
    await page.reload()
    await page.locator('#entry-form').waitFor()
    expect(await frame(page, 'ready').count()).toBe(0)
    await page.locator('#recent-list').getByRole('button', { name: 'Correct' }).click()
    await page.locator('#notice', { hasText: 'Not accepted' }).waitFor()
    await frame(page, 'ready').locator('img').waitFor()
    expect(await page.locator('#notice').innerText()).not.toContain('not kept')
    const [claim] = await save(page, puts, 4)
    expect(puts).toEqual([claim?.thumbnail?.sha256, sha256Of(jpeg), claim?.thumbnail?.sha256, sha256Of(jpeg)])
  })

  it('are not held up by a file that is none, which is told so', async () => {
    const { page, puts } = await openForm()
    const jpeg = jpegWith(tiffOf(TOLD), await page.screenshot({ type: 'jpeg' }))
    await choose(
      page,
      file('diary.jpg', Buffer.from('Dear diary')),
      file('empty.jpg', Buffer.alloc(0)),
      file('3', jpeg),
    )
    await frame(page, 'foreign').getByText('Not a photo').waitFor()
    await frame(page, 'unreadable').getByRole('button', { name: 'Retry' }).waitFor()
    await frame(page, 'ready').locator('img').waitFor()
    const claims = await save(page, puts, 2)
    expect(claims.map(({ sha256 }) => sha256)).toEqual([sha256Of(jpeg)])
  })

  it('are six at most, and the same only once', async () => {
    const { page } = await openForm()
    const heic = (picture: number) => file(`${picture}`, heicWith(tiffOf({}), { picture }))
    await choose(page, heic(1), heic(1), heic(2))
    await expect.poll(() => frame(page, 'ready').count()).toBe(2)
    await choose(page, ...[3, 4, 5, 6, 7, 8].map(heic))
    await expect.poll(() => frame(page, 'ready').count()).toBe(6)
    expect(await page.locator('#photo').isDisabled()).toBe(true)
    expect(await page.locator('#photo-gallery').isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Remove photo 6' }).click()
    expect(await page.locator('#photo-gallery').isDisabled()).toBe(false)
  })

  const FULL = `
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...values) {
      if (this.name === 'photos') throw new DOMException('No room', 'QuotaExceededError')
      return put.apply(this, values)
    }`
  const CLOSED = `IDBFactory.prototype.open = () => { throw new DOMException('Not here', 'SecurityError') }`
  it('are not kept by a phone that is full, which says so, and saves the entry without them', async () => {
    const { page, errors, puts } = await openForm(FULL)
    const jpeg = jpegWith(tiffOf(TOLD), await page.screenshot({ type: 'jpeg' }))
    await choose(page, file('1', jpeg))
    await page.locator('#photo-note', { hasText: 'no room for these photos' }).waitFor()
    await fill(page)
    await page.locator('#save').click()
    await page.locator('#notice', { hasText: 'Not saved' }).waitFor()
    await page.getByRole('button', { name: 'Remove photo 1' }).click()
    massKg--
    expect(await save(page, puts, 0)).toEqual([])
    expect(errors).toEqual([])
  })

  it('are not taken in by a browser that keeps nothing, which says so before anything is typed in vain', async () => {
    const { page, errors } = await openForm(CLOSED)
    const jpeg = jpegWith(tiffOf(TOLD), await page.screenshot({ type: 'jpeg' }))
    await choose(page, file('1', jpeg))
    await page.locator('#photo-note', { hasText: 'keeps nothing' }).waitFor()
    await fill(page)
    await page.locator('#save').click()
    await page.locator('#notice', { hasText: 'this browser keeps nothing' }).waitFor()
    expect(await page.locator('input[name="massKg"]').inputValue()).toBe(String(massKg))
    expect(errors).toEqual([])
  })
})

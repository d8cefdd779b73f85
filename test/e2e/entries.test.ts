import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { batchPage } from '../../shared/contract/answers/batches.ts'
import { deviceList } from '../../shared/contract/answers/devices.ts'
import { jsonOf } from '../client.ts'
import { newEnrolment } from '../enrolled.ts'
import { decodeCodes } from './decode.ts'
import {
  enrol,
  fill,
  goOn,
  keptOn,
  keptOnPhone,
  log,
  openForm,
  tapSave,
  tellOnline,
} from './phone/collector.ts'
import { cameraOf } from './phone/jpeg.ts'
import { givenBrowser, givenWorld } from './given.ts'

/** Entries after they are saved: looked at again, taken back, corrected, removed; and what is begun meanwhile. */
const world = givenWorld()
const browser = givenBrowser()

let count = 0

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'en-GB' } as const
const station = (): string => world().runtime.credentials.keys.station

async function enrolled(before = ''): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser().newContext(PHONE)
  if (before !== '') await context.addInitScript(before)
  const page = await context.newPage()
  await enrol(page, world(), `Entries ${++count}`)
  await page.getByRole('button', { name: 'Start' }).click()
  return { context, page }
}

const mass = (page: Page): Promise<string> => page.locator('input[name="massKg"]').inputValue()
const refuse = (page: Page): Promise<unknown> =>
  page.route('**/v1/signed-pickups', (route) =>
    route.fulfill({ status: 422, json: { code: 'future-time', detail: 'No.' } }),
  )

async function massesAtStation(): Promise<readonly number[]> {
  const { items } = batchPage.parse(
    jsonOf(await world().client.get('/v1/batches?site=shitang&limit=100', { key: station() })),
  )
  return items.map(({ massKg }) => massKg)
}

describe('an entry in the list', () => {
  it('shows the code and QR code for its bag again, without a network', async () => {
    const { context, page } = await enrolled()
    const id = await log(page, { massKg: '21' })
    await goOn(page)
    await page.locator('#recent-list [data-state="received"]').waitFor()
    await keptOnPhone(page)
    await context.setOffline(true)
    await openForm(page, world())
    await page.locator('#list-show').click()
    await page.locator(`#list-entries [data-entry="${id}"]`).getByRole('button', { name: 'QR code' }).click()
    const [entry] = (await keptOn(page)).entries
    const [read] = await decodeCodes(new Uint8Array(await page.locator('#outcome svg.qr').screenshot()))
    expect(read).toBe(`${world().client.url}/b/${entry?.state.receipt?.batchId}`)
    await page.getByRole('button', { name: 'All entries' }).click()
    await page.locator('#list-entries').waitFor()
  })

  it('that was refused is removed by a tap, and put back into the form by another, with its photo', async () => {
    const { page } = await enrolled()
    const photo = await cameraOf(page)
    await refuse(page)
    const id = await log(page, { massKg: '22', photos: [photo('22')] })
    await goOn(page)
    const line = page.locator(`#recent-list [data-entry="${id}"]`)
    await line.getByRole('button', { name: 'Remove' }).click()
    await page.locator(`#recent-list [data-entry="${id}"][data-state="removed"]`).waitFor()
    await page.reload()
    await line.getByRole('button', { name: 'Put back' }).click()
    await page.locator('#photo-list img').waitFor()
    expect(await mass(page)).toBe('22')
    await page.unroute('**/v1/signed-pickups')
    await tapSave(page)
    await goOn(page)
    await page.locator(`#recent-list [data-entry="${id}"][data-state="received"]`).waitFor()
  })
})

describe('an entry of another station', () => {
  it('says so once the phone is enrolled elsewhere, and is mended by saving it for the new one', async () => {
    const { page } = await enrolled('delete ServiceWorkerRegistration.prototype.sync')
    await page.route('**/healthz', (route) => route.abort())
    const id = await log(page, { massKg: '31' })
    await goOn(page)
    const { link } = await newEnrolment(world().client, station(), { siteId: 'dachen', label: 'Moved' })
    await page.goto(link)
    await page.getByRole('button', { name: 'Start' }).click()
    // Until now nobody could be reached, or the entry would have gone as one of the old station.
    await page.unroute('**/healthz')
    await tellOnline(page)
    const line = page.locator(`#recent-list [data-entry="${id}"]`)
    await line.getByText('cannot enter for that station').waitFor()
    await line.getByRole('button', { name: 'Correct' }).click()
    expect(await page.locator('#siteId option:checked').innerText()).toContain('Dachen')
    await tapSave(page)
    await goOn(page)
    const receipt = page.locator(`#recent-list [data-entry="${id}"][data-batch-id]`)
    await receipt.waitFor()
    const batch = await world().client.batch((await receipt.getAttribute('data-batch-id')) ?? '', station())
    expect(batch).toMatchObject({ siteId: 'dachen', massKg: 31 })
  })
})

describe('an entry that is taken back', () => {
  it('is sent as it was saved again, though the old one was on its way out over a slow network', async () => {
    const { page } = await enrolled('delete ServiceWorkerRegistration.prototype.sync')
    let asked = (): void => {}
    let answer = (): void => {}
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const isAnswered = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/healthz', async (route) => {
      asked()
      await isAnswered
      await route.continue()
    })
    await log(page, { massKg: '23' })
    await goOn(page)
    await isAsked
    await page.locator('#recent-list').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => mass(page)).toBe('23')
    const id = await log(page, { massKg: '24' })
    answer()
    await goOn(page)
    await page.locator(`#recent-list [data-entry="${id}"][data-state="received"]`).waitFor()
    const masses = await massesAtStation()
    expect([masses.includes(23), masses.filter((kg) => kg === 24).length]).toEqual([false, 1])
  })

  it('is found again though the tab it was put into is closed', async () => {
    const { context, page } = await enrolled('delete ServiceWorkerRegistration.prototype.sync')
    await context.route('**/healthz', (route) => route.abort())
    const id = await log(page, { massKg: '25' })
    await goOn(page)
    const other = await context.newPage()
    await openForm(other, world())
    await other.locator('#recent-list').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => mass(other)).toBe('25')
    await other.close()
    await page.locator(`#recent-list [data-entry="${id}"]`).getByRole('button', { name: 'Put back' }).click()
    await expect.poll(() => mass(page)).toBe('25')
  })
})

describe('what was begun', () => {
  it('comes back after each of two others was put into the form over it', async () => {
    const { page } = await enrolled()
    await refuse(page)
    for (const massKg of ['26', '27']) {
      await log(page, { massKg })
      await goOn(page)
    }
    await expect.poll(() => page.locator('#recent-list [data-state="refused"]').count()).toBe(2)
    await fill(page, { massKg: '28', form: 'rope' })
    const correct = page.locator('#recent-list').getByRole('button', { name: 'Correct' })
    await correct.nth(0).click()
    await correct.nth(1).click()
    await page.unroute('**/v1/signed-pickups')
    const seen: string[] = []
    for (let at = 0; at < 3; at++) {
      seen.push(await mass(page))
      await tapSave(page)
      await goOn(page)
    }
    expect(seen).toEqual(['26', '27', '28'])
    await expect.poll(() => page.locator('#recent-list [data-state="received"]').count()).toBe(3)
  })

  it('in a second tab outlives it once the first is closed', async () => {
    const { context, page } = await enrolled()
    const other = await context.newPage()
    await openForm(other, world())
    await page.close()
    await fill(other, { massKg: '29' })
    await expect.poll(() => other.evaluate("localStorage.getItem('tidemark.draft')")).toContain('"29"')
    await other.reload()
    await other.locator('#entry-form').waitFor()
    expect(await mass(other)).toBe('29')
  })
})

describe('photos', () => {
  it('follow each other though the phone can read one of them no more, which is told', async () => {
    const { page } = await enrolled(`
      delete ServiceWorkerRegistration.prototype.sync
      const read = Blob.prototype.arrayBuffer
      const isLost = (blob) => globalThis.lost && blob.size === globalThis.lost
      Blob.prototype.arrayBuffer = function () {
        return isLost(this) ? Promise.reject(new DOMException('Gone', 'NotReadableError')) : read.call(this)
      }
      const ask = fetch
      fetch = (url, init) => isLost(init?.body ?? {}) ? Promise.reject(new TypeError('Failed')) : ask(url, init)`)
    const photo = await cameraOf(page)
    const lost = photo('the first of the two, with a longer comment')
    await fill(page, { massKg: '30', photos: [lost, photo('second')] })
    await page.evaluate(`lost = ${lost.buffer.length}`)
    await tapSave(page)
    await goOn(page)
    await page.locator('#recent-list [data-photos="refused"]', { hasText: 'One photo' }).waitFor()
    await expect.poll(async () => (await keptOn(page)).photos.length).toBe(1)
  })
})

describe('a phone that was revoked', () => {
  it('is enrolled again by typing the next code', async () => {
    const { page } = await enrolled()
    const { items } = deviceList.parse(jsonOf(await world().client.get('/v1/devices', { key: station() })))
    const device = items.find(({ label }) => label === `Entries ${count}`)
    await world().client.post(`/v1/devices/${device?.id}/revoke`, station(), {})
    await page.reload()
    await page.getByRole('button', { name: 'Enter a code' }).click()
    const { code } = await newEnrolment(world().client, station(), { siteId: 'shitang', label: 'Typed' })
    await page.locator('#key').fill(code)
    await page.locator('#key-save').click()
    await page.locator('#enrolment [data-state="received"]').waitFor()
    expect(await page.locator('#enrolment').innerText()).toContain('Typed')
  })
})

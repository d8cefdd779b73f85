import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyEvidence } from '../../shared/ledger/evidence.ts'
import { codeIn, newEnrolment, storedPickup } from '../enrolled.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { deviceList } from '../../shared/contract/answers/devices.ts'
import { jsonOf } from '../client.ts'
import { launchBrowser } from './browser.ts'
import { goOn, keptOn } from './phone/collector.ts'
import { decodeCodes } from './decode.ts'

/** A collector's phone in a real browser: enrolled by a station's link, it signs what is logged. */
let world: InProcess
let browser: Browser
let station: string

beforeAll(async () => {
  world = await startInProcess()
  browser = await launchBrowser()
  station = world.runtime.credentials.keys.station
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'en-GB' } as const
const newPhone = (): Promise<BrowserContext> => browser.newContext(PHONE)
const heading = (page: Page): Promise<string> => page.locator('#enrolment h1').innerText()
const link = async (label: string): Promise<string> =>
  (await newEnrolment(world.client, station, { siteId: 'shitang', label })).link
const devices = async () =>
  deviceList.parse(jsonOf(await world.client.get('/v1/devices', { key: station }))).items

async function enrol(page: Page, label: string): Promise<void> {
  await page.goto(await link(label))
  await page.locator('#enrolment [data-state="received"]').waitFor()
}

async function log(page: Page, massKg: string, collector = ''): Promise<void> {
  await page.locator('label:has(input[name="form"][value="net"])').click()
  await page.locator('input[name="massKg"]').fill(massKg)
  if (collector !== '') {
    await page.locator('#more summary').click()
    await page.locator('input[name="collector"]').fill(collector)
  }
  await page.locator('#save').click()
  await goOn(page)
}

describe('a phone that opens the link of a station', () => {
  it('is enrolled, and what it logs is signed by a key that nothing can take out of it', async () => {
    const page = await (await newPhone()).newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await enrol(page, 'Lamp 3')
    expect(await page.locator('#enrolment').innerText()).toContain('Lamp 3')
    expect(await page.locator('#enrolment').innerText()).toContain('Shitang')
    expect(page.url()).toBe(`${world.client.url}/collect/`)
    await page.getByRole('button', { name: 'Start' }).click()
    await log(page, '12.5', 'Old Wang')
    const receipt = page.locator('[data-batch-id]').first()
    await receipt.waitFor()
    const { event, openings } = await storedPickup((await receipt.getAttribute('data-batch-id')) ?? '')
    const device = (await devices()).find(({ label }) => label === 'Lamp 3')
    if (!device || !openings['entry']) throw new Error('no device or no evidence')
    expect(await verifyEvidence(event, openings['entry'], device.publicKey)).toMatchObject({
      ok: true,
      device: device.id,
    })
    expect([openings['collector']?.value, openings['weigher']?.value]).toEqual(['Old Wang', 'Lamp 3'])
    expect(await page.evaluate<boolean>(EXPORTS)).toBe(false)
    expect(errors).toEqual([])
  })

  it('stays enrolled when it is opened again, and is recorded as the collector where nobody else is named', async () => {
    const context = await newPhone()
    await enrol(await context.newPage(), 'Lamp 4')
    const page = await context.newPage()
    await page.goto(`${world.client.url}/collect/`)
    await page.locator('#entry-form').waitFor()
    expect(await page.locator('#key-of').innerText()).toContain('Lamp 4')
    await log(page, '3')
    const receipt = page.locator('[data-batch-id]').first()
    await receipt.waitFor()
    const { openings } = await storedPickup((await receipt.getAttribute('data-batch-id')) ?? '')
    expect([openings['collector']?.value, openings['weigher']?.value]).toEqual(['Lamp 4', undefined])
  })

  it('signs without a network what it sends once there is one, as of when it was made', async () => {
    const context = await newPhone()
    const page = await context.newPage()
    await enrol(page, 'Lamp 5')
    await page.getByRole('button', { name: 'Start' }).click()
    await context.setOffline(true)
    await log(page, '7')
    await page.locator('#recent-list [data-state="kept"]').waitFor()
    const [entry] = (await keptOn(page)).entries
    const jws = entry?.packet?.signed?.jws ?? ''
    const [, payload = ''] = jws.split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).capturedAt).toBe(entry?.madeAt)
    await context.setOffline(false)
    const receipt = page.locator('[data-batch-id]').first()
    await receipt.waitFor()
    const { event, openings } = await storedPickup((await receipt.getAttribute('data-batch-id')) ?? '')
    expect(event.occurredAt).toBe(entry?.madeAt)
    expect(openings['entry']?.value).toBe(jws)
  })

  it('sends photos too', async () => {
    const page = await (await newPhone()).newPage()
    await enrol(page, 'Lamp 6')
    await page.getByRole('button', { name: 'Start' }).click()
    const jpeg = await page.screenshot({ type: 'jpeg' })
    const uploaded = page.waitForResponse((response) => response.request().method() === 'PUT')
    await page
      .locator('input[name="photo"]')
      .setInputFiles({ name: 'net.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await page.locator('#photo-list [data-state="ready"]').waitFor()
    await log(page, '3')
    expect((await uploaded).status()).toBe(200)
  })

  it('is told that a code was used, and can be enrolled by typing the next one', async () => {
    const used = await link('Lamp 7')
    const first = await (await newPhone()).newPage()
    await first.goto(used)
    await first.locator('#enrolment [data-state="received"]').waitFor()
    const page = await (await newPhone()).newPage()
    await page.goto(used)
    await page.locator('#enrolment [data-state="unsent"]').waitFor()
    expect(await heading(page)).toBe('This code can no longer be used')
    await page.getByRole('button', { name: 'Go back' }).click()
    const { code } = await newEnrolment(world.client, station, { label: 'Lamp 8' })
    await page.locator('#key').fill(code.toLowerCase())
    await page.locator('#key-save').click()
    await page.locator('#enrolment [data-state="received"]').waitFor()
    expect((await devices()).map(({ label }) => label)).toContain('Lamp 8')
  })

  it('keeps what it could not send when it was revoked, and sends it once it is enrolled again', async () => {
    const page = await (await newPhone()).newPage()
    await enrol(page, 'Lamp 9')
    await page.getByRole('button', { name: 'Start' }).click()
    const device = (await devices()).find(({ label }) => label === 'Lamp 9')
    await world.client.post(`/v1/devices/${device?.id}/revoke`, station, {})
    await log(page, '4')
    await page.locator('#waiting').click()
    await page.getByText('Go to your station; nothing is lost').waitFor()
    await page.reload()
    await page.locator('#enrolment [data-state="unsent"]').waitFor()
    expect(await heading(page)).toBe('This phone is no longer enrolled')
    await enrol(page, 'Lamp 9 again')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.locator('#recent-list [data-state="received"]').waitFor()
  })

  it('is told where its browser cannot sign', async () => {
    const page = await (await newPhone()).newPage()
    await page.addInitScript("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    await page.goto(await link('Lamp 10'))
    await page.locator('#enrolment [data-state="unsent"]').waitFor()
    expect(await heading(page)).toBe('This page cannot keep a signing key')
  })
})

/** True where the key can be taken out of the phone; what is kept is looked at as a script of the page would. */
const EXPORTS = `(async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open('tidemark')
    request.onsuccess = () => resolve(request.result)
  })
  const kept = await new Promise((resolve) => {
    const request = database.transaction('phone').objectStore('phone').get('enrolled')
    request.onsuccess = () => resolve(request.result)
  })
  const { privateKey } = kept.key
  return crypto.subtle.exportKey('pkcs8', privateKey).then(() => true, () => privateKey.extractable)
})()`

it('is shown the link as a code that another decoder reads', async () => {
  const made = await newEnrolment(world.client, station)
  const page = await (await newPhone()).newPage()
  await page.setContent(`<div style="width:320px">${made.qrSvg}</div>`)
  const [read] = await decodeCodes(new Uint8Array(await page.locator('svg').screenshot()))
  expect(read).toBe(`${world.client.url}/collect/#enrol=${codeIn(made)}`)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts'
import { clientOf } from '../client.ts'
import { newEnrolment } from '../enrolled.ts'
import { launchBrowser } from './browser.ts'
import { decodeCodes } from './decode.ts'
import { goOn } from './phone/collector.ts'

/** The main job in a real browser: a pickup from the form becomes a product whose code leads back to the place. */
let folder: string
let runtime: Runtime
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-e2e-'))
  runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir: folder, seed: 'none' })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await runtime?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function collectorsPhone(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
    geolocation: { latitude: 28.2716, longitude: 121.6154, accuracy: 9 },
    permissions: ['geolocation'],
  })
  return context.newPage()
}

async function post<T>(path: string, key: string, body: object): Promise<T> {
  const response = await fetch(runtime.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
  })
  const answer = await response.text()
  if (response.status !== 201) throw new Error(answer)
  const value: T = JSON.parse(answer)
  return value
}

interface Run {
  readonly outputs: readonly { readonly id: string }[]
}

/** As a recycler: washes and pelletizes a whole pickup; resolves to the pellets' id. */
async function makePellets(pickup: string): Promise<string> {
  const { recycler } = runtime.credentials.keys
  const clean = { step: 'cleaning', siteId: 'huzhou', losses: { 'wash-loss': 7.5 } }
  const cleaned = await post<Run>('/v1/runs', recycler, {
    ...clean,
    charges: [{ batchId: pickup, massKg: 37.5 }],
    outputs: [{ massKg: 30 }],
  })
  const pelletized = await post<Run>('/v1/runs', recycler, {
    step: 'pelletizing',
    siteId: 'huzhou',
    charges: [{ batchId: cleaned.outputs[0]?.id, massKg: 30 }],
    outputs: [{ massKg: 29.4 }],
    losses: { purge: 0.6 },
  })
  return pelletized.outputs[0]?.id ?? ''
}

describe('from the sea to the shelf', () => {
  it('logs a pickup in the form, makes a product through the API, and reads the place behind its code', async () => {
    const phone = await collectorsPhone()
    const errors: string[] = []
    phone.on('pageerror', (error) => errors.push(error.message))
    const enrolment = await newEnrolment(clientOf(runtime.url), runtime.credentials.keys.station, {
      siteId: 'shitang',
    })
    await phone.goto(enrolment.link)
    await phone.getByRole('button', { name: 'Start' }).click()
    await phone.locator('label:has(input[name="form"][value="float"])').click()
    await phone.locator('input[name="massKg"]').fill('37.5')
    await phone.locator('#save').click()
    await goOn(phone)
    const receipt = phone.locator('[data-batch-id]').first()
    await receipt.waitFor()
    const pickup = await receipt.getAttribute('data-batch-id')
    expect(pickup).toMatch(/^B[0-9A-Z]{12}$/)
    expect(errors).toEqual([])

    const pellets = await makePellets(pickup ?? '')
    const product = await post<{ id: string }>('/v1/products', runtime.credentials.keys.brand, {
      siteId: 'taizhou-moulding',
      name: 'Shopping basket',
      units: 14,
      gramsPerUnit: 2000,
      charges: [{ batchId: pellets, massKg: 28 }],
    })
    await runtime.projected()

    await phone.locator('#list-show').click()
    await phone.locator('#list-entries', { hasText: 'went into 14 × Shopping basket' }).waitFor()
    expect(await phone.locator('#list-became').innerText()).toBe('Your plastic went into 14 products.')

    const reader = await (
      await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
    ).newPage()
    await reader.goto(`${runtime.url}/b/${product.id}`)
    const code = reader.locator(`img[src$="/v1/batches/${product.id}/qr.svg"]`)
    await code.scrollIntoViewIfNeeded()
    const [link] = await decodeCodes(new Uint8Array(await code.screenshot({ scale: 'device' })))
    expect(link).toBe(`${runtime.url}/b/${product.id}`)

    await reader.goto(link ?? '')
    const page = await reader.locator('main').innerText()
    expect(page).toContain('Shopping basket')
    expect(page).toContain('Shitang')

    await reader.goto(`${link}?lang=zh`)
    expect(await reader.locator('main').innerText()).toContain('石塘')
  })

  it('shows the public page without script, and asks nobody else for anything', async () => {
    const pickup = await post<{ id: string }>('/v1/pickups', runtime.credentials.keys.station, {
      siteId: 'dachen',
      form: 'net',
      massKg: 5,
    })
    await runtime.projected()
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${runtime.url}/b/${pickup.id}`)
    expect(await page.locator('main').innerText()).toContain('Dachen')
    expect(asked.filter((origin) => origin !== runtime.url && origin !== 'null')).toEqual([])
    expect(complaints).toEqual([])
  })

  it.each(['en', 'zh'])('has letters to be read and links to be hit on a phone: %s', async (lang) => {
    const { id } = await post<{ id: string }>('/v1/pickups', runtime.credentials.keys.station, {
      siteId: 'dachen',
      form: 'net',
      massKg: 5,
    })
    await runtime.projected()
    const page = await collectorsPhone()
    for (const path of [`/b/${id}`, '/b/BZZZZZZZZZZZZ']) {
      await page.goto(`${runtime.url}${path}?lang=${lang}`)
      const links = await page
        .locator('a:not(.skip), summary')
        .evaluateAll((found) =>
          found.map((link) => ({ text: link.textContent, height: link.getBoundingClientRect().height })),
        )
      // WCAG 2.2, 2.5.8: a target is at least 24 by 24 CSS pixels.
      expect(links.length).toBeGreaterThan(2)
      expect(links.filter(({ height }) => height < 24)).toEqual([])
      // A line of letters is a fifth higher than they are large: at least 13 px. What is not shown has no height.
      const labels = await page
        .locator('.chart text')
        .evaluateAll((found) => found.map((text) => text.getBoundingClientRect().height))
      expect(labels.filter((height) => height > 0 && height < 15)).toEqual([])
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    }
  })

  it('keeps a photo that was taken with a pickup, by its hash', async () => {
    const phone = await collectorsPhone()
    await phone.goto(`${runtime.url}/collect/#key=${runtime.credentials.keys.collector}`)
    await phone.locator('label:has(input[name="form"][value="net"])').click()
    await phone.locator('input[name="massKg"]').fill('3')
    await phone.locator('select[name="siteId"]').selectOption('dachen')
    const jpeg = await phone.screenshot({ type: 'jpeg' })
    const uploaded = phone.waitForResponse((response) => response.request().method() === 'PUT')
    await phone
      .locator('input[name="photo"]')
      .setInputFiles({ name: 'net.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await phone.locator('#photo-list img').first().waitFor()
    await phone.locator('#save').click()
    await goOn(phone)
    expect((await uploaded).status()).toBe(200)
    await phone.locator('[data-batch-id]').first().waitFor()
  })
})

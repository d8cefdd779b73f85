import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { makeLabelPicture } from './labels.ts'
import { makeSharePictures } from './share.ts'

/**
 * `npm run pictures`: makes the README's pictures anew, of the pages as they are. Chinese ones need a font on the machine
 * that has the letters, so the README's are English.
 */
const FOLDER = fileURLToPath(new URL('../../web/pictures', import.meta.url))
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: 'en-GB' } as const

async function picturesOfForm(browser: Browser, { url, credentials }: Runtime): Promise<void> {
  const context = await browser.newContext({
    ...PHONE,
    geolocation: { latitude: 28.2716, longitude: 121.6154, accuracy: 9 },
    permissions: ['geolocation'],
  })
  const page = await context.newPage()
  await page.goto(`${url}/collect/#key=${credentials.keys.collector}`)
  await page.locator('#entry-form').waitFor()
  await page.locator('#siteId').selectOption('shitang')
  await page.locator('#more summary').click()
  await page.locator('label:has(input[value="net"])').click()
  for (const key of ['1', '2', '.', '5']) await page.locator(`#keypad [data-key="${key}"]`).click()
  await page.locator('#position-fix[data-fix="found"]').waitFor({ state: 'attached' })
  await page.evaluate('scrollTo(0, 0)')
  await keep(page, 'form')
  await context.setOffline(true)
  await page.locator('#save').click()
  await page.locator('#outcome article').waitFor()
  await keep(page, 'saved')
}

/** What hangs on a bag and what goes with a lot of products. */
async function picturesOfLabels(browser: Browser, { url, story }: Runtime): Promise<void> {
  if (!story) throw new Error('the story has not been told')
  const label = (batch: string, sheet: string): string => `${url}/v1/batches/${batch}/label?sheet=${sheet}`
  await makeLabelPicture(browser, label(story.pickup, '50x30'), 'label-bag')
  await makeLabelPicture(browser, label(story.product, '100x150'), 'label-product')
}

/** The story's product as a reader has it: on a phone by day, on a desk by night, and while it is held. */
async function picturesOfPage(
  browser: Browser,
  { url, story, credentials, projected }: Runtime,
): Promise<void> {
  if (!story) throw new Error('the story has not been told')
  const open = async (colorScheme: 'light' | 'dark', look: object): Promise<Page> => {
    const page = await (await browser.newContext({ ...PHONE, ...look, colorScheme })).newPage()
    await page.goto(`${url}/b/${story.product}?lang=en`)
    return page
  }
  const phone = await open('light', {})
  await keep(phone, 'page-phone')
  await phone.locator('.journey').evaluate((element) => element.scrollIntoView())
  await keep(phone, 'page-journey')
  const desk = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 }
  await keep(await open('light', desk), 'page-desk')
  const night = await open('dark', desk)
  await night.locator('section:has(.chart)').evaluate((element) => element.scrollIntoView())
  await keep(night, 'page-night')
  await fetch(`${url}/v1/batches/${story.product}/hold`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${credentials.keys.operator}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ reason: 'contamination' }),
  })
  await projected()
  await keep(await open('light', {}), 'page-held')
}

async function keep(page: Page, name: string): Promise<void> {
  await writeFile(join(FOLDER, `${name}.png`), await page.screenshot({ animations: 'disabled' }))
}

const dataDir = await mkdtemp(join(tmpdir(), 'tidemark-pictures-'))
const runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir, seed: 'demo' })
const browser = await launchBrowser()
try {
  await mkdir(FOLDER, { recursive: true })
  await picturesOfForm(browser, runtime)
  await picturesOfLabels(browser, runtime)
  await picturesOfPage(browser, runtime)
  await makeSharePictures(browser)
} finally {
  await browser.close()
  await runtime.stop()
  await rm(dataDir, { recursive: true, force: true })
}

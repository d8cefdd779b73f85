import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { batchOf } from '../client.ts'
import { aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { launchBrowser } from './browser.ts'

/** The demo story, logged, and a browser that has never been here, whose reader has the story of the product checked. */
export interface Verifying {
  readonly here: () => InProcess
  readonly product: () => string
  readonly browser: () => Browser
  readonly page: () => Page
  readonly open: (lang?: string, batch?: string) => Promise<void>
  /** Presses the button, and resolves to what is said in the end. */
  readonly verified: () => Promise<string>
  readonly alerted: () => Promise<string>
  /** Records another pickup, and resolves once it is logged. */
  readonly recordPickup: () => Promise<string>
  /** To be undone when the test is over. */
  readonly repair: (undo: () => Promise<unknown>) => void
}

/** No address of this machine: what is there has no TLS. */
export const PLAIN_HOST = 'plain.example'

export function verifying(): Verifying {
  let here: InProcess
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const repairs: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    here = await startInProcess('demo')
    await here.runtime.logged()
    browser = await launchBrowser([`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.end()
  })
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    while (repairs.length > 0) await repairs.pop()?.()
  })
  const product = (): string => here.runtime.story?.product ?? ''
  return {
    here: () => here,
    product,
    browser: () => browser,
    page: () => page,
    open: async (lang = 'en', batch = product()) => {
      await page.goto(`${here.client.url}/b/${batch}?lang=${lang}`)
    },
    verified: async () => {
      await page.locator('.verify button').click()
      await page.locator('.told .verdict, .told .banner, .told .lead').first().waitFor()
      return page.locator('.told').innerText()
    },
    alerted: () => page.locator('.told [role=alert]').innerText(),
    recordPickup: async () => {
      const { station } = here.runtime.credentials.keys
      const { id } = batchOf(await here.client.post('/v1/pickups', station, aPickup()))
      await here.runtime.logged()
      return id
    },
    repair: (undo) => void repairs.push(undo),
  }
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONFORMANCE_GTINS, givenLots, type Lots } from '../conformance/gs1-lots.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { violationsOn } from './axe.ts'
import { launchBrowser } from './browser.ts'

/** What people see who scan a GS1 code, in a browser. */
let world: InProcess
let browser: Browser
let lots: Lots
beforeAll(async () => {
  world = await startInProcess()
  lots = await givenLots(world)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

const { single, several, unknown } = CONFORMANCE_GTINS

async function scan(path: string, look: object = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...look })
  const page = await context.newPage()
  await page.goto(world.client.url + path)
  return page
}

it('a code that names its lot opens the passport', async () => {
  const page = await scan(`/01/${single}/10/ONLY/21/7?utm_source=wechat`)
  expect(page.url()).toBe(`${world.client.url}/b/${lots.only}?utm_source=wechat`)
  expect(await page.locator('h1').textContent()).toContain('Phone case')
})

it('a code that names no lot offers all, and a choice opens its passport', async () => {
  const page = await scan(`/01/${several}`)
  await page.getByText('lot B-2').click()
  await page.waitForURL(`**/b/${lots.second}`)
  expect(await page.locator('h1').count()).toBe(1)
})

describe.each([
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
])('in $locale, $colorScheme', (look) => {
  it.each([
    ['the lots of a GTIN', `/01/${several}`],
    ['a lot that is not on record', `/01/${single}/10/OTHER`],
    ['a GTIN that is not on record', `/01/${unknown}`],
    ['an address without a GTIN', '/01/'],
    ['an address without a batch number', '/b/'],
    ['a code that is none', `/01/${single.slice(1)}/10/${'X'.repeat(60)}`],
    ['a link that there is not', `/01/${single}?linkType=gs1:recipeInfo`],
  ])('axe finds no fault on the page of %s, and it fits a small phone', async (_what, path) => {
    const page = await scan(path, look)
    expect(await violationsOn(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  })
})

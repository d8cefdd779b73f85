import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchOf } from '../client.ts'
import { aPickup, aRun, outputIdOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { forgetPassport } from '../table.ts'
import { violationsOn } from './axe.ts'
import { launchBrowser } from './browser.ts'

/** Every state of the public page, in both languages, light and dark, on a phone and on a desk. */
let world: InProcess
let browser: Browser
const states = new Map<string, { readonly path: string; readonly status: number }>()

beforeAll(async () => {
  world = await startInProcess()
  browser = await launchBrowser()
  const { operator, station, recycler, brand } = world.runtime.credentials.keys
  const { client } = world
  const pickup = async (): Promise<string> =>
    batchOf(await client.post('/v1/pickups', station, aPickup({ massKg: 40 }))).id
  const product = async (name: string): Promise<string> => {
    const charges = [{ batchId: await pickup(), massKg: 40 }]
    const run = aRun('', { step: 'cleaning', charges, outputs: [{ massKg: 36 }], losses: { 'wash-loss': 4 } })
    const flakes = outputIdOf(await client.post('/v1/runs', recycler, run))
    const pelletizing = aRun('', {
      step: 'pelletizing',
      charges: [{ batchId: flakes, massKg: 36 }],
      outputs: [{ massKg: 35 }],
      losses: { purge: 1 },
    })
    const pellets = outputIdOf(await client.post('/v1/runs', recycler, pelletizing))
    const made = await client.post('/v1/products', brand, {
      siteId: 'taizhou-moulding',
      name,
      units: 1000,
      gramsPerUnit: 35,
      charges: [{ batchId: pellets, massKg: 28 }],
      otherMaterialKg: 7,
    })
    if (made.status !== 201) throw new Error(made.text)
    const { id }: { id: string } = JSON.parse(made.text)
    return id
  }
  const add = (name: string, id: string, status = 200): void => {
    states.set(name, { path: `/b/${id}`, status })
  }
  add('a pickup', await pickup())
  add('a product', await product('Comb'))
  const held = await product('Held comb')
  await client.post(`/v1/batches/${held}/hold`, operator, { reason: 'contamination' })
  add('one that is held', held)
  add('a hostile name', await product(`"><b>x</b> بلاستيك 👩‍👩‍👧 ${'W'.repeat(60)}`))
  const wrong = await pickup()
  const voided = await client.post(`/v1/events/${wrong}-1/corrections`, station, { reason: 'Entered twice' })
  if (voided.status !== 201) throw new Error(voided.text)
  add('one that never was', wrong)
  await world.runtime.projected()
  const early = await pickup()
  await world.runtime.projected()
  await forgetPassport(early)
  add('one whose passport is being made', early, 503)
  add('an unknown number', 'BZZZZZZZZZZZZ', 404)
  add('no number', 'what-is-this', 400)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

/** Each language in each scheme, on a small phone and on a wide screen in turn: what is wide does not depend on the scheme. */
const LOOKS = [
  { lang: 'en', colorScheme: 'light', width: 320 },
  { lang: 'en', colorScheme: 'dark', width: 1280 },
  { lang: 'zh', colorScheme: 'light', width: 1280 },
  { lang: 'zh', colorScheme: 'dark', width: 320 },
] as const

async function newPage(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme })
  return context.newPage()
}

async function opened(path: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await newPage(width, colorScheme)
  await page.goto(world.client.url + path)
  return page
}

describe.each(LOOKS)('in $lang, $colorScheme, $width wide', ({ lang, colorScheme, width }) => {
  it('has no state in which axe finds a fault or anything is cut off sideways', async () => {
    const page = await newPage(width, colorScheme)
    for (const [name, { path, status }] of states) {
      await page.goto(`${world.client.url}${path}?lang=${lang}`)
      for (const closed of await page.locator('details').all())
        await closed.evaluate((details) => details.setAttribute('open', ''))
      expect([name, await violationsOn(page)]).toEqual([name, []])
      const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect([name, sideways]).toEqual([name, 0])
      expect([name, (await page.request.get(page.url())).status()]).toEqual([name, status])
    }
    await page.context().close()
  })
})

describe('the page', () => {
  it('reads with letters twice as large at 320 pixels, nothing sideways', async () => {
    const page = await newPage(320)
    for (const [name, { path }] of states) {
      await page.goto(world.client.url + path)
      await page.evaluate("document.documentElement.style.fontSize = '200%'")
      const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect([name, sideways]).toEqual([name, 0])
    }
    await page.context().close()
  })

  it('looks the same when it is visited again and the server has nothing new to say', async () => {
    const page = await newPage(360)
    const { path } = states.get('a product') ?? { path: '' }
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    const looks: string[] = []
    for (let visit = 0; visit < 3; visit++) {
      await page.goto(world.client.url + path)
      looks.push(
        await page.evaluate('getComputedStyle(document.body).fontFamily + document.body.scrollHeight'),
      )
    }
    expect(new Set(looks).size).toBe(1)
    expect(refused).toEqual([])
    await page.context().close()
  })

  it('asks for nothing that a reader has to wait for, and has nothing that its policy refuses', async () => {
    const path = states.get('a product')?.path ?? ''
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    const complaints: string[] = []
    const asked: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => asked.push(request.resourceType()))
    await page.goto(world.client.url + path)
    expect(complaints).toEqual([])
    expect(asked.filter((type) => type !== 'document' && type !== 'image')).toEqual([])
  })

  it('shows in its preview a picture that is there, as large as it says', async () => {
    for (const name of ['a product', 'one that is held', 'one that never was']) {
      const page = await opened(states.get(name)?.path ?? '', 1280)
      const content = async (property: string): Promise<string> =>
        (await page.locator(`meta[property="og:${property}"]`).getAttribute('content')) ?? ''
      const picture = await page.request.get(await content('image'))
      expect(picture.headers()['content-type']).toBe('image/png')
      const png = await picture.body()
      expect([png.readUInt32BE(16), png.readUInt32BE(20)].map(String)).toEqual([
        await content('image:width'),
        await content('image:height'),
      ])
      expect(await content('url')).toBe(world.client.url + (states.get(name)?.path ?? ''))
      await page.context().close()
    }
  })

  it('prints in dark on white, without what only a screen needs, with what was folded in', async () => {
    const page = await opened(states.get('a product')?.path ?? '', 1280, 'dark')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const styles = await page.evaluate<string[]>(
      `[getComputedStyle(document.body).color, getComputedStyle(document.querySelector('nav')).display]`,
    )
    expect(styles).toEqual(['rgb(0, 0, 0)', 'none'])
    expect(await page.locator('.checks details li').first().isVisible()).toBe(true)
  })
})

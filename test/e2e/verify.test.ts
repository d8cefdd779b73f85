import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { text, type Item } from '../../functions/adapters/items.ts'
import { eventKey, LOG_CHECKPOINT, passportKey, type Key } from '../../functions/adapters/keys.ts'
import { loadTiles, putTiles } from '../../functions/adapters/log-objects.ts'
import { signTree } from '../../functions/adapters/log-signer.ts'
import { packed, unpacked } from '../../functions/adapters/packed.ts'
import { readItem } from '../../functions/adapters/read.ts'
import { hashesOf, EMPTY_EDGE, frontierOf, growTiles } from '../../shared/ledger/merkle/tiles.ts'
import { partialTiles } from '../../shared/ledger/merkle/tile.ts'
import { rootOf } from '../../shared/ledger/merkle/tree.ts'
import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { parseNote } from '../../shared/ledger/note.ts'
import { batchOf } from '../client.ts'
import { aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { passportIn } from '../table.ts'
import { violationsOn } from './axe.ts'
import { launchBrowser } from './browser.ts'

/** What a reader sees who has the story checked: that it holds and, whatever was tampered with, that it does not. */
let here: InProcess
let browser: Browser
let product: string

beforeAll(async () => {
  here = await startInProcess('demo')
  product = here.runtime.story?.product ?? ''
  await here.runtime.logged()
  browser = await launchBrowser(['--host-resolver-rules=MAP plain.example 127.0.0.1'])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await here?.end()
})

let context: BrowserContext
let page: Page
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  page = await context.newPage()
})
/** Puts back what a test took apart. */
const repairs: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await context.close()
  while (repairs.length > 0) await repairs.pop()?.()
})

const open = (lang = 'en', batch = product): Promise<unknown> =>
  page.goto(`${here.client.url}/b/${batch}?lang=${lang}`)
const button = () => page.locator('.verify button')
const told = () => page.locator('.told')

/** Presses the button, and resolves to what is said in the end. */
async function verified(): Promise<string> {
  await button().click()
  await page.locator('.told .verdict, .told .banner, .told .lead').first().waitFor()
  return told().innerText()
}

const alertOf = (): Promise<string> => page.locator('.told [role=alert]').innerText()

async function changeItem(key: Key, change: (item: Item) => Item): Promise<void> {
  const item = await readItem(key)
  if (!item) throw new Error(`there is nothing at ${key.pk}`)
  const put = (Item: Item) => dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
  repairs.push(() => put(item))
  await put(change(item))
}

const checkpointText = async (): Promise<string> => (await here.client.get('/log/checkpoint')).text
async function sizeOfLog(): Promise<bigint> {
  const note = parseNote(await checkpointText())
  const read = note.ok ? parseCheckpoint(note.value.text) : note
  if (!read.ok) throw new Error(read.why)
  return read.value.size
}
const showCheckpoint = (note: string): Promise<void> =>
  changeItem(LOG_CHECKPOINT, (item) => ({ ...item, note: text(note) }))

async function recordPickup(): Promise<string> {
  const { id } = batchOf(
    await here.client.post('/v1/pickups', here.runtime.credentials.keys.station, aPickup()),
  )
  await here.runtime.logged()
  return id
}

/** Changes what the server sends on its way to the browser. */
async function changeLines(change: (lines: string[]) => string[]): Promise<void> {
  await page.route('**/proof*', async (route) => {
    const response = await route.fetch()
    const lines = (await response.text()).trimEnd().split('\n')
    await route.fulfill({ response, body: `${change(lines).join('\n')}\n` })
  })
}

describe('a story that holds', () => {
  it('is shown to, with what was proven, the shares, and what cannot be proven', async () => {
    await open()
    const said = await verified()
    expect(said).toContain('The story holds.')
    expect(said).toContain('All 26 records, of 12 pickups and 4 processing runs')
    expect(said).toMatch(/number 27 of 27 in the public log/)
    expect(said).toMatch(/Dachen Island[\s\S]*62\.830\s+62\.830 · 18\.7% ✓/)
    expect(said).toContain('no independent witness')
    expect(said).toContain('That the scales were right')
    expect(await page.locator('.told tr.off').count()).toBe(0)
  })

  it('is told in Chinese too', async () => {
    await open('zh')
    const said = await verified()
    expect(said).toContain('核验无误。')
    expect(said).toContain('全部 26 条记录')
  })

  it('is checked by the keyboard alone, and told to who cannot see it', async () => {
    await open()
    await button().focus()
    await page.keyboard.press('Enter')
    await page.locator('.told .verdict').waitFor()
    expect(await told().getAttribute('role')).toBe('status')
    expect(await button().innerText()).toBe('Verify again')
  })

  it('proves at the next look that the log has only grown, in whichever batch one looks', async () => {
    await open()
    expect(await verified()).toContain('now remembers the log')
    const before = await sizeOfLog()
    expect(await verified()).toContain('the very one')
    const other = await recordPickup()
    await here.runtime.projected()
    await open('en', other)
    expect(await verified()).toContain(`has only grown: the ${before} entries of then are all there`)
  })

  it('asks for the program only when the button is pressed, and moves nothing before', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.addInitScript(
      "globalThis.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value }).observe({ type: 'layout-shift', buffered: true })",
    )
    await open()
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await page.waitForLoadState('networkidle')
    expect(asked.filter((path) => path.startsWith('/verify'))).toEqual([])
    expect(await page.evaluate('shift')).toBe(0)
    await verified()
    expect(asked.filter((path) => path.startsWith('/verify'))).toHaveLength(1)
    expect(asked.filter((path) => path.endsWith('/proof'))).toHaveLength(1)
  })

  it.each(['light', 'dark'] as const)('has no fault that axe finds, in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await open()
    await verified()
    expect(await violationsOn(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  })

  it('is not on paper', async () => {
    await open()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.verify').isVisible()).toBe(false)
  })
})

describe('where nothing can be checked', () => {
  it('says so without TLS, when the browser keeps its cryptography back', async () => {
    const { port } = new URL(here.client.url)
    await page.goto(`http://plain.example:${port}/b/${product}?lang=en`)
    expect(await verified()).toContain('did not come over HTTPS')
  })

  it('says without scripts where the records are', async () => {
    const without = await browser.newContext({ javaScriptEnabled: false })
    const plain = await without.newPage()
    await plain.goto(`${here.client.url}/b/${product}?lang=en`)
    expect(await plain.locator('.verify button').isVisible()).toBe(false)
    expect(await plain.locator('.verify').innerText()).toContain('That needs JavaScript')
    expect(await plain.locator('.verify a').getAttribute('href')).toBe(`/b/${product}/proof`)
    await without.close()
  })

  it('says so when the records cannot be fetched, and checks them at the next try', async () => {
    await page.route('**/proof*', (route) => route.abort())
    await open()
    expect(await verified()).toContain('Nothing was checked')
    await page.unroute('**/proof*')
    await button().click()
    await page.locator('.told .verdict').waitFor()
  })

  it('runs no other program than the page names', async () => {
    const folder = join(here.dataDir, 'site', 'verify', 'assets')
    await open()
    const src = (await button().getAttribute('data-src')) ?? ''
    const [name = ''] = (await readdir(folder)).filter((file) => src.endsWith(file))
    const file = join(folder, name)
    const whole = await readFile(file)
    await page.route(`**${src}`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}\nalert(1)` })
    })
    await button().click()
    await expect.poll(() => told().innerText()).toContain('is not the one that this page names')
    expect(await button().isEnabled()).toBe(true)
    expect(whole.length).toBeGreaterThan(1000)
  })
})

describe('what was tampered with', () => {
  const pickupOf = async (): Promise<string> => {
    const line = (await here.client.get(`/b/${product}/proof`)).text
      .split('\n')
      .find((one) => one.includes('PickupRecorded'))
    const { id }: { id: string } = JSON.parse(line ?? '{}')
    return id
  }
  const changeEvent = async (event: string, change: (canonical: string) => string): Promise<void> =>
    changeItem(eventKey(event), (item) => ({
      ...item,
      event: packed(change(unpacked(item['event']) ?? '')),
    }))

  it('is found where the table has a gram more', async () => {
    const event = await pickupOf()
    await changeEvent(event, (canonical) =>
      canonical.replace(/"massGrams":(\d+)/, (_, grams: string) => `"massGrams":${Number(grams) + 1}`),
    )
    await open()
    await verified()
    expect(await alertOf()).toContain('A record was changed after it was entered.')
    expect(await alertOf()).toContain(event)
    expect(await violationsOn(page)).toEqual([])
  })

  it('is found where the table has another place', async () => {
    const event = await pickupOf()
    await changeEvent(event, (canonical) => canonical.replace(/"placeId":"[^"]*"/, '"placeId":"shengsi"'))
    await open('zh')
    await verified()
    expect(await alertOf()).toContain('有一条记录在登记之后被改动。')
    expect(await alertOf()).toContain(event)
  })

  it('is found where a record was left out', async () => {
    const event = await pickupOf()
    await changeLines((lines) => lines.filter((line) => !line.includes(`"id":"${event}"`)))
    await open()
    await verified()
    expect(await alertOf()).toContain('A record is missing')
    expect(await alertOf()).toContain(event.slice(0, 13))
  })

  it('is found where the last records were left out, and where the bundle ends early', async () => {
    await changeLines((lines) => lines.slice(0, -1))
    await open()
    await verified()
    expect(await alertOf()).toContain('incomplete or damaged')
  })

  it('is found where another key has signed the log', async () => {
    const [body = '', , signature = ''] = (await checkpointText()).split(/\n(\n)/)
    const bytes = Buffer.from(signature.trim().split(' ').at(-1) ?? '', 'base64')
    const other = Buffer.concat([randomBytes(4), bytes.subarray(4)]).toString('base64')
    const name = body.split('\n')[0] ?? ''
    await showCheckpoint(`${body}\n\n— ${name} ${other}\n`)
    await open()
    await verified()
    expect(await alertOf()).toContain('not that of the key that this program knows')
  })

  it('is found where the log signs another history of the same length', async () => {
    await open()
    await verified()
    const size = await sizeOfLog()
    const [tile] = partialTiles(size)
    if (!tile) throw new Error('the log is in one tile')
    const leaves = hashesOf(tile, (await loadTiles([tile]))[0])
    if (!leaves.ok) throw new Error(leaves.why)
    const { edge, tiles } = await growTiles(EMPTY_EDGE, [
      Uint8Array.from(randomBytes(32)),
      ...leaves.value.slice(1),
    ])
    const honest = await growTiles(EMPTY_EDGE, leaves.value)
    repairs.push(() => putTiles(honest.tiles))
    await putTiles(tiles)
    await showCheckpoint(await signTree({ size, root: await rootOf(await frontierOf(edge)) }))
    await verified()
    expect(await alertOf()).toContain('The log has signed two different histories.')
  })

  it('is found where the log forgot what this browser saw', async () => {
    const earlier = await checkpointText()
    await recordPickup()
    await open()
    await verified()
    await showCheckpoint(earlier)
    await verified()
    expect(await alertOf()).toContain('The log is shorter than when this browser last saw it')
  })

  it('is found where a tile is cut short that the growth is proven by', async () => {
    await open()
    await verified()
    await recordPickup()
    await page.route('**/log/tile/**', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, -32) })
    })
    await verified()
    expect(await alertOf()).toContain('The log is not the one that this browser saw before')
  })

  it('is found where the page says more than the records', async () => {
    await changeItem(passportKey(product), (item) => {
      const passport = passportIn(item)
      const [first, second, ...others] = passport.origins
      if (!first || !second) throw new Error('there are several places')
      const origins = [
        { ...first, grams: first.grams + 5000 },
        { ...second, grams: second.grams - 5000 },
        ...others,
      ]
      return { ...item, passport: { B: gzipSync(JSON.stringify({ ...passport, origins })) } }
    })
    await open()
    await verified()
    expect(await alertOf()).toContain('This page says something else than the records.')
    expect(await page.locator('.told tr.off').count()).toBe(2)
    expect(await violationsOn(page)).toEqual([])
  })

  it('is not blamed on the records where the page is of an earlier state', async () => {
    await open()
    await here.client.post(`/v1/batches/${product}/hold`, here.runtime.credentials.keys.operator, {
      reason: 'quality',
    })
    await here.runtime.logged()
    expect(await verified()).toContain('another state of this batch than this page')
  })
})

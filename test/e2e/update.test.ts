import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { enrol, fill, goOn, keptOnPhone, log, openForm, tapSave, tellOnline } from './phone/collector.ts'
import { DOWN, type Fault } from './phone/network.ts'
import { givenHandset, givenNetwork, givenWorld } from './given.ts'

/** A new version of the form comes out while phones have the old one open, some of them without a network. */
const world = givenWorld()
const network = givenNetwork()
const phone = givenHandset(network)

const UPDATE = 'navigator.serviceWorker.getRegistration().then((worker) => worker.update())'
const ENDED = `navigator.serviceWorker.getRegistration().then(({ installing }) => installing && new Promise((resolve) =>
  installing.addEventListener('statechange', () => installing.state === 'redundant' && resolve())))`
const versionOf = (page: Page): Promise<string> =>
  page.evaluate<string>("document.documentElement.dataset.version ?? 'old'")
const cacheNames = (page: Page): Promise<readonly string[]> => page.evaluate<string[]>('caches.keys()')

/** What the network gives of another version of the form, in the place of what the service has. */
async function nextVersion(): Promise<ReadonlyMap<string, Fault>> {
  const folder = join(world().dataDir, 'site/collect')
  const script = (await readdir(join(folder, 'assets'))).find((name) => /^main-\w+\.js$/.test(name)) ?? ''
  const textOf = async (name: string): Promise<string> => {
    const text = await readFile(join(folder, name), 'utf8')
    return text.replace(/"[0-9a-f]{12}"/, '"next"').replaceAll(script, `next-${script}`)
  }
  const answer = (type: string, body: string): Fault => ({
    status: 200,
    headers: { 'content-type': type },
    body,
  })
  const code = `document.documentElement.dataset.version = 'new';${await textOf(`assets/${script}`)}`
  return new Map([
    ['/collect/', answer('text/html; charset=utf-8', await textOf('index.html'))],
    ['/collect/sw.js', answer('text/javascript', await textOf('sw.js'))],
    [`/collect/assets/next-${script}`, answer('text/javascript', code)],
  ])
}

it('keeps the old form whole until the new one is there whole, and opens that next time', async () => {
  const page = await phone().open()
  await enrol(page, world(), 'Old')
  await openForm(page, world())
  await keptOnPhone(page)
  const [old] = await cacheNames(page)
  const next = await nextVersion()

  // Half of it cannot be fetched: the phone has the old one, with a network and without.
  network().become((path) => (path.includes('/next-') ? { status: 503 } : next.get(path)))
  await page.evaluate(UPDATE)
  await page.evaluate(ENDED)
  for (const weather of ['fair', DOWN] as const) {
    network().become(weather)
    await openForm(page, world())
    expect(await versionOf(page)).toBe('old')
  }

  // The whole of it comes while an entry is being filled in: nothing of that is lost.
  network().become((path) => next.get(path))
  await fill(page, { massKg: '3' })
  await page.evaluate(UPDATE)
  await expect.poll(() => cacheNames(page), { timeout: 10_000 }).not.toContain(old)
  network().become(DOWN)
  await tapSave(page)
  await page.locator('#outcome .qr').waitFor()
  await goOn(page)
  await openForm(page, world())
  expect(await versionOf(page)).toBe('new')
  await log(page, { massKg: '4' })
  await goOn(page)
  network().become('fair')
  await tellOnline(page)
  await expect
    .poll(() => page.locator('#recent-list [data-state="received"]').count(), { timeout: 10_000 })
    .toBe(2)
})

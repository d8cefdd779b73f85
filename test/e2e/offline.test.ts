import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { storedPickup } from '../enrolled.ts'
import { batchPage } from '../../shared/contract/answers/batches.ts'
import { deviceList } from '../../shared/contract/answers/devices.ts'
import { jsonOf } from '../client.ts'
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
import { newHandset, type Handset } from './phone/handset.ts'
import { DOWN } from './phone/network.ts'
import { givenNetwork, givenWorld } from './given.ts'

/** The form where the network, the service or the phone itself fails: nothing is lost, counted twice, or kept quiet. */
const world = givenWorld()
const network = givenNetwork()

let phone: Handset
let page: Page
let count = 0

beforeEach(async () => {
  network().become('fair')
  phone = await newHandset(network().port)
  page = await phone.open()
  await enrol(page, world(), `Phone ${++count}`)
  await openForm(page, world())
  await keptOnPhone(page)
})
afterEach(() => phone.end())

const station = (): string => world().runtime.credentials.keys.station
const isPickup = (path: string): boolean => path === '/v1/signed-pickups'
const received = (id: string) => page.locator(`#recent-list [data-entry="${id}"][data-state="received"]`)
const waiting = (id: string) => page.locator(`#recent-list [data-entry="${id}"][data-state="kept"]`)

/** Batches of so many kilograms at the station: each test has its own mass. */
async function batchesOf(massKg: number): Promise<readonly string[]> {
  const { items } = batchPage.parse(
    jsonOf(await world().client.get('/v1/batches?site=shitang&limit=100', { key: station() })),
  )
  return items.flatMap((batch) => (batch.massKg === massKg ? [batch.id] : []))
}

async function revoke(label: string): Promise<void> {
  const { items } = deviceList.parse(jsonOf(await world().client.get('/v1/devices', { key: station() })))
  const device = items.find((one) => one.label === label)
  await world().client.post(`/v1/devices/${device?.id}/revoke`, station(), {})
}

describe('without a network', () => {
  it('opens after the first visit, saves and signs, and sends by itself once there is one', async () => {
    network().become(DOWN)
    await phone.kill()
    page = await phone.open()
    await openForm(page, world())
    const id = await log(page, { massKg: '1.01' })
    const code = await page.locator('#outcome .batch code').innerText()
    await goOn(page)
    await waiting(id).waitFor()
    const [entry] = (await keptOn(page)).entries
    expect(entry?.packet?.signed?.jws.split('.')).toHaveLength(3)
    network().become('fair')
    await tellOnline(page)
    await received(id).waitFor()
    expect(await batchesOf(1.01)).toEqual([code.replaceAll('-', '')])
    const { openings } = await storedPickup(code.replaceAll('-', ''))
    expect(openings['entry']?.value).toBe(entry?.packet?.signed?.jws)
  })

  it('says how many entries wait, and why, wherever one looks', async () => {
    network().become(DOWN)
    await log(page, { massKg: '1.02' })
    await goOn(page)
    expect(await page.locator('#waiting').getAttribute('aria-label')).toContain('1 waiting')
    await page.locator('#waiting').click()
    await page.getByText('One entry waits on this phone. No network.').waitFor()
  })

  it('gives an entry back that was a mistake, and does not send it', async () => {
    network().become(DOWN)
    await log(page, { massKg: '1.03', form: 'rope' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('#entry-form').waitFor()
    expect(await page.locator('input[name="massKg"]').inputValue()).toBe('1.03')
    expect(await page.locator('input[name="form"][value="rope"]').isChecked()).toBe(true)
    expect((await keptOn(page)).entries.map(({ state }) => state.is)).toEqual(['removed'])
    network().become('fair')
    const id = await log(page, { massKg: '1.04', form: 'rope' })
    await goOn(page)
    await received(id).waitFor()
    expect([await batchesOf(1.03), (await keptOn(page)).entries.length]).toEqual([[], 1])
  })
})

describe('where the service fails', () => {
  it.each([
    ['500', { status: 500 }],
    ['a proxy’s page', { status: 502, body: '<h1>Bad gateway</h1>' }],
    ['a login page that says 200', { status: 200, body: '<h1>Welcome to our Wi-Fi</h1>' }],
    ['a suspended organisation', { status: 403, body: '{"code":"organisation-suspended"}' }],
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
  ])('keeps the entry on %s, and sends it later', async (_what, fault) => {
    const massKg = `2.${count}`
    network().become((path) => (isPickup(path) ? fault : undefined))
    const id = await log(page, { massKg })
    await goOn(page)
    await waiting(id).waitFor()
    await page.locator('#waiting').click()
    await page.getByText('One entry waits on this phone.').waitFor()
    network().become('fair')
    // It may have been sent by itself since then, which takes the button away.
    await page
      .getByRole('button', { name: 'Send now' })
      .evaluateAll((found) => found.forEach((button) => button.click()))
    await page.locator(`#list-entries [data-entry="${id}"][data-state="received"]`).waitFor()
    expect(await batchesOf(Number(massKg))).toHaveLength(1)
  })

  it('sends again what was stored when its answer was lost, and it counts once', async () => {
    network().become((path) => (isPickup(path) ? 'answer-lost' : undefined))
    const id = await log(page, { massKg: '3.01' })
    await goOn(page)
    await expect.poll(() => batchesOf(3.01)).toHaveLength(1)
    network().become('fair')
    await tellOnline(page)
    await received(id).waitFor()
    expect(await batchesOf(3.01)).toHaveLength(1)
  })

  it('tells a collector whose phone was revoked, loses nothing, and sends once it is enrolled again', async () => {
    await revoke(`Phone ${count}`)
    const id = await log(page, { massKg: '4.01' })
    await goOn(page)
    await page.locator('#waiting').click()
    await page.getByText('no longer enrolled').first().waitFor()
    expect(await batchesOf(4.01)).toEqual([])
    await enrol(page, world(), `Phone ${count} again`)
    await openForm(page, world())
    await received(id).waitFor()
    expect(await batchesOf(4.01)).toHaveLength(1)
  })

  it('knows what was stored before the phone was revoked, though it is signed anew', async () => {
    network().become((path) => (isPickup(path) ? 'answer-lost' : undefined))
    const id = await log(page, { massKg: '4.02' })
    await goOn(page)
    await expect.poll(() => batchesOf(4.02)).toHaveLength(1)
    await revoke(`Phone ${count}`)
    network().become('fair')
    await enrol(page, world(), `Phone ${count} again`)
    await openForm(page, world())
    await received(id).waitFor()
    expect(await batchesOf(4.02)).toHaveLength(1)
  })
})

describe('on the phone', () => {
  it('keeps what two tabs save at once, each once', async () => {
    const other = await phone.context().newPage()
    await openForm(other, world())
    await fill(page, { massKg: '5.01' })
    await fill(other, { massKg: '5.02', form: 'rope' })
    await Promise.all([tapSave(page), tapSave(other)])
    await Promise.all([goOn(page), goOn(other)])
    await expect
      .poll(async () => (await keptOn(page)).entries.map(({ state }) => state.is))
      .toEqual(['received', 'received'])
    for (const tab of [page, other])
      await expect.poll(() => tab.locator('#recent-list [data-state="received"]').count()).toBe(2)
    expect([...(await batchesOf(5.01)), ...(await batchesOf(5.02))]).toHaveLength(2)
  })

  it.each([
    ['fast', 2],
    ['slow', -2],
  ])('puts right what a clock that is two days %s gets wrong', async (_how, days) => {
    await phone.context().addInitScript(clockOff(days))
    await openForm(page, world())
    const massKg = days > 0 ? 6.01 : 6.02
    const id = await log(page, { massKg: String(massKg) })
    await goOn(page)
    await received(id).waitFor()
    const [batch = ''] = await batchesOf(massKg)
    const { event } = await storedPickup(batch)
    expect(Math.abs(Date.parse(event.occurredAt) - Date.now())).toBeLessThan(120_000)
  })

  it('says plainly that it is full, keeps what was typed, and saves once there is room', async () => {
    // The browser remembers for a while how much room there was, so it is asked of one that was just started.
    await phone.kill()
    page = await phone.open()
    const session = await phone.context().newCDPSession(page)
    const origin = world().client.url
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    await openForm(page, world())
    await fill(page, { massKg: '7.01' })
    await tapSave(page)
    await page.getByText('storage is full').waitFor()
    expect(await page.locator('input[name="massKg"]').inputValue()).toBe('7.01')
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    await tapSave(page)
    await page.locator('#outcome article').waitFor()
    await goOn(page)
    await expect.poll(() => batchesOf(7.01)).toHaveLength(1)
  })
})

/** A phone whose clock is so many days fast. Its service worker would have the right one, so it does not send here. */
const clockOff = (days: number): string => `
  delete ServiceWorkerRegistration.prototype.sync
  const Right = Date
  Date = class extends Right {
    constructor(...parts) {
      super(...(parts.length === 0 ? [Right.now() + ${days} * 86_400_000] : parts))
    }
    static now() {
      return Right.now() + ${days} * 86_400_000
    }
  }`

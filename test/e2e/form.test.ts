import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { goOn } from './phone/collector.ts'
import { givenBrowser, givenWorld } from './given.ts'

/** The form in a real browser: how little has to be tapped, and what the phone remembers. */
const world = givenWorld()
const browser = givenBrowser()

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'en-GB' } as const
const key = () => world().runtime.credentials.keys.station

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${world().client.url}/collect/#key=${key()}`)
  await page.locator('#entry-form').waitFor()
  return page
}

const tile = (page: Page, form: string) =>
  page.locator(`label:has(input[name="form"][value="${form}"])`).click()
const unit = (page: Page, name: string) =>
  page.locator(`label:has(input[name="unit"][value="${name}"])`).click()
const echo = (page: Page) => page.locator('#echo').innerText()

async function press(page: Page, keys: string): Promise<void> {
  for (const digit of keys) await page.locator(`#keypad [data-key="${digit}"]`).click()
}

/** Saves what is in the form, and resolves to the batch that it became. */
async function saved(page: Page) {
  await page.locator('#save').click()
  return received(page)
}

/** Goes on from what was saved, and resolves to the batch that it became. */
async function received(page: Page) {
  await goOn(page)
  const receipt = page.locator('#recent-list li:first-child[data-batch-id]')
  await receipt.waitFor()
  return world().client.batch((await receipt.getAttribute('data-batch-id')) ?? '', key())
}

/** A phone that has logged something before, at a station that it remembers; one is made, and the others are like it. */
async function usedPhone(): Promise<Page> {
  used ??= useOnce()
  const page = await (await browser().newContext({ ...PHONE, storageState: await used })).newPage()
  await page.goto(`${world().client.url}/collect/`)
  await page.locator('#entry-form').waitFor()
  return page
}

let used: ReturnType<typeof useOnce> | undefined

async function useOnce() {
  const context = await browser().newContext(PHONE)
  const page = await opened(context)
  await page.locator('#siteId').selectOption('shitang')
  await tile(page, 'net')
  await press(page, '3')
  await saved(page)
  // Each begins an entry of its own.
  await page.evaluate("localStorage.removeItem('tidemark.draft')")
  return context.storageState({ indexedDB: true })
}

describe('a pickup', () => {
  it('is logged by a picture, digits and Save, with station and time by themselves', async () => {
    const page = await usedPhone()
    expect(await page.locator('#where').innerText()).toContain('Shitang station · now')
    await tile(page, 'bottle')
    await press(page, '12.5')
    expect(await echo(page)).toBe('12.5 kg, that is 25 jin')
    const batch = await saved(page)
    expect(batch).toMatchObject({ form: 'bottle', massKg: 12.5, siteId: 'shitang' })
  })

  it('is typed on a keyboard from wherever the focus is, and sent by Enter', async () => {
    const page = await usedPhone()
    await page.locator('input[name="form"][value="rope"]').focus()
    await page.keyboard.press('Space')
    await page.keyboard.type('7.x25')
    await page.keyboard.press('Backspace')
    expect(await page.locator('#massKg').inputValue()).toBe('7.2')
    await page.keyboard.press('Enter')
    await page.locator('#outcome article').waitFor()
    expect(await page.locator('#outcome .summary').innerText()).toContain('7.2 kg')
    expect((await received(page)).massKg).toBe(7.2)
  })

  it('takes pasted digits of any width, and shows no soft keyboard over its own keys', async () => {
    const page = await usedPhone()
    expect(await page.locator('#massKg').getAttribute('inputmode')).toBe('none')
    await page.locator('#massKg').fill('１２，５')
    await tile(page, 'net')
    expect((await saved(page)).massKg).toBe(12.5)
  })

  it('is weighed with its container, whose weight and unit are remembered for the next', async () => {
    const page = await usedPhone()
    await tile(page, 'rope')
    await unit(page, 'scale')
    await press(page, '20')
    await page.locator('#tareKg').click()
    await press(page, '1.8')
    expect(await echo(page)).toBe('18.2 kg net, that is 36.4 jin')
    expect((await saved(page)).massKg).toBe(18.2)
    await page.reload()
    await page.locator('#entry-form').waitFor()
    await press(page, '5')
    await tile(page, 'rope')
    expect([await page.locator('#grossKg').inputValue(), await page.locator('#tareKg').inputValue()]).toEqual(
      ['5', '1.8'],
    )
    expect(await echo(page)).toBe('3.2 kg net, that is 6.4 jin')
  })

  it('is counted in bags by the factor that the server uses, and a net is not counted by pieces', async () => {
    const page = await usedPhone()
    await tile(page, 'net')
    await unit(page, 'bags')
    await press(page, '2')
    expect(await echo(page)).toBe('about 15.2 kg (30.4 jin)')
    await unit(page, 'pieces')
    await page.locator('#save').click()
    expect(await page.locator('#fault-unit').innerText()).toContain('Please weigh it')
    expect(await page.evaluate('document.activeElement.value')).toBe('pieces')
    await unit(page, 'bags')
    expect(await page.locator('#fault-unit').innerText()).toBe('')
    expect((await saved(page)).massKg).toBe(15.2)
  })

  it('keeps a number that was typed in the wrong unit', async () => {
    const page = await usedPhone()
    await press(page, '40')
    await unit(page, 'pieces')
    expect([await page.locator('#massKg').inputValue(), await page.locator('#pieces').inputValue()]).toEqual([
      '',
      '40',
    ])
  })

  it('is remembered as it was left, and begins anew under another id only once it is saved', async () => {
    const page = await usedPhone()
    const draft = () =>
      page.evaluate<string>("localStorage.getItem('tidemark.draft')").then((text) => JSON.parse(text))
    await tile(page, 'net')
    await press(page, '4')
    const { id } = await draft()
    await page.reload()
    await page.locator('#entry-form').waitFor()
    expect(await page.locator('#massKg').inputValue()).toBe('4')
    expect(await draft()).toMatchObject({ id, massKg: '4', unit: 'kg', siteId: 'shitang' })
    const sent = page.waitForRequest((request) => request.url().endsWith('/v1/pickups'))
    await saved(page)
    expect((await sent).headers()['idempotency-key']).toBe(id)
    expect(await draft()).toMatchObject({ massKg: '', form: '', siteId: 'shitang' })
    expect((await draft()).id).not.toBe(id)
  })

  it('leads who has not chosen a station to the list of them', async () => {
    const page = await opened(await browser().newContext(PHONE))
    await page.locator('#more summary').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('siteId')
    await tile(page, 'net')
    await press(page, '3')
    await page.locator('#save').click()
    expect(await page.locator('#fault-siteId').innerText()).toBe('Please choose a station.')
    await page.locator('#siteId').selectOption('dachen')
    expect((await saved(page)).massKg).toBe(3)
  })
})

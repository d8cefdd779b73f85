import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeInvitationView } from '../../shared/contract/answers/people.ts'
import { jsonOf, type Body } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { launchBrowser } from './browser.ts'

/** People in a real browser: they sign in at the development issuer, join, and look after people and phones. */
let world: InProcess
let browser: Browser
beforeAll(async () => {
  world = await startInProcess('demo')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

const CONSOLE = '/console/'
const contexts = { viewport: { width: 360, height: 740 }, locale: 'en-GB' } as const
/** A browser of somebody's own; whatever it complains of makes the test fail. */
async function newVisitor(): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext(contexts)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(world.client.url) && !request.url().startsWith('data:'))
      complaints.push(request.url())
  })
  return { page, context, complaints }
}

const at = (path: string): string => world.client.url + path
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()
const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { name, exact: true }).first().waitFor()
/** The page of the development issuer, which asks for no password. */
const as = (page: Page, person: string): Promise<void> =>
  page.locator(`button[value="demo-${person}"]`).click()

async function signedIn(person: string) {
  const visitor = await newVisitor()
  await visitor.page.goto(at(CONSOLE))
  await press(visitor.page, 'Sign in')
  await as(visitor.page, person)
  await heading(visitor.page, 'Tidemark Demo Co-op')
  return visitor
}

async function invited(body: Body, owner = world.runtime.credentials.keys.operator): Promise<string> {
  return madeInvitationView.parse(jsonOf(await world.client.post('/v1/invitations', owner, body))).link
}

describe('somebody who signs in', () => {
  it('is told who they are here, and leaves no code or token in the address or the history', async () => {
    const { page, complaints } = await signedIn('station')
    expect(await page.locator('.who').innerText()).toMatch(/Your role\s+Station/)
    expect(page.url()).toBe(at(CONSOLE))
    expect(await page.evaluate<number>('localStorage.length')).toBe(0)
    await page.reload()
    await heading(page, 'Tidemark Demo Co-op')
    expect(complaints).toEqual([])
  })

  it('is asked again after signing out, here and at the issuer', async () => {
    const { page } = await signedIn('brand')
    await press(page, 'Sign out')
    await page.locator('button[name="logout"]').click()
    await heading(page, 'Look after people and phones')
    expect(await page.evaluate<number>('sessionStorage.length')).toBe(0)
    await press(page, 'Sign in')
    await page.locator('button[value="demo-brand"]').waitFor()
  })

  it('is not signed in by an answer that somebody else began', async () => {
    const { page } = await newVisitor()
    await page.goto(at(`${CONSOLE}?code=stolen&state=made-up`))
    await page.getByText('This sign-in is over, or was begun in another window.').waitFor()
    expect(page.url()).toBe(at(CONSOLE))
  })

  it('is told what to do while they belong to no organisation', async () => {
    const { page } = await newVisitor()
    await page.goto(at(CONSOLE))
    await press(page, 'Sign in')
    await as(page, 'newcomer')
    await heading(page, 'You belong to no organisation yet')
    expect(await page.locator('main').innerText()).toContain('Ask its operator for an invitation')
  })

  it('is asked to sign in again once their token is good no more', async () => {
    const { page } = await signedIn('station')
    await page.evaluate(
      "sessionStorage.setItem('tidemark.console.session', JSON.stringify({ accessToken: 'a.b.c', expiresAtMs: Date.now() + 60000 }))",
    )
    await press(page, 'Refresh')
    await page.getByText('Your sign-in has run out.').waitFor()
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(1)
  })
})

describe('an invitation', () => {
  it('is made by an operator, read before it is accepted, and makes a member, once', async () => {
    const { page: operator } = await signedIn('operator')
    await press(operator, 'People')
    await operator.getByLabel('What you call them').fill('Night shift')
    await operator.getByLabel('Shitang station').check()
    await press(operator, 'Make an invitation link')
    await heading(operator, 'Invitation for “Night shift”')
    const link = await operator.getByLabel('Link', { exact: true }).inputValue()

    const { page, complaints } = await newVisitor()
    await page.goto(link)
    await heading(page, 'Tidemark Demo Co-op invites you')
    expect(page.url()).toBe(at(CONSOLE))
    expect(await page.locator('main').innerText()).toMatch(/Station[^]*Shitang station/)
    await press(page, 'Sign in to accept')
    await as(page, 'newcomer')
    await press(page, 'Accept the invitation')
    await page.getByText('You have joined Tidemark Demo Co-op as station.').first().waitFor()
    expect(await page.getByLabel('Site').locator('option').allInnerTexts()).toEqual(['Shitang station'])

    await page.goto(link)
    await heading(page, 'This invitation was used')
    await press(page, 'Continue')
    await heading(page, 'Tidemark Demo Co-op')
    expect(complaints).toEqual([])

    await press(operator, 'Refresh')
    await press(operator, 'Remove: Night shift')
    await press(operator, 'Remove them')
    await operator.getByText('“Night shift” is removed.').first().waitFor()
    await press(page, 'Refresh')
    await heading(page, 'You belong to no organisation yet')
  })

  it('of another organisation is not accepted by a member, who is told why and can sign in as somebody else', async () => {
    const link = await invited(
      { role: 'brand', label: 'Buyer' },
      world.runtime.credentials.other.keys.operator,
    )
    const { page } = await signedIn('brand')
    await page.goto(link)
    await page.getByText('belongs to Tidemark Demo Co-op').waitFor()
    expect(await page.getByRole('button', { name: 'Accept the invitation' }).count()).toBe(0)
    await press(page, 'Sign in as somebody else')
    await page.locator('button[name="logout"]').click()
    await press(page, 'Sign in to accept')
    await as(page, 'newcomer')
    await page.getByRole('button', { name: 'Accept the invitation' }).waitFor()
  })

  it('whose link was cut off is not there', async () => {
    const { page } = await newVisitor()
    await page.goto(at(`${CONSOLE}#invitation=ti_short`))
    await heading(page, 'There is no such invitation')
    expect(page.url()).toBe(at(CONSOLE))
  })
})

describe('a station', () => {
  it('enrols a phone with a code, sees that it came, and revokes it only after it was asked', async () => {
    const { page, complaints } = await signedIn('station')
    await press(page, 'Make a code')
    await page.getByText('Please fill this in.').waitFor()
    await page.getByLabel('Name of the phone').fill('Boat 7')
    await page.getByLabel('Site').selectOption({ label: 'Shitang station' })
    await press(page, 'Make a code')
    await page.getByRole('img', { name: 'The code as a QR code' }).waitFor()
    const link = await page.getByLabel('Link', { exact: true }).inputValue()

    const phone = await (await browser.newContext(contexts)).newPage()
    await phone.goto(link)
    await phone.locator('#enrolment [data-state="received"]').waitFor()
    await page.getByText('“Boat 7” is enrolled.').first().waitFor()

    await press(page, 'Revoke: Boat 7')
    await page.getByText('Revoke “Boat 7”?').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate<string>("document.activeElement.getAttribute('aria-label')")).toBe(
      'Revoke: Boat 7',
    )
    await page.keyboard.press('Enter')
    await press(page, 'Revoke this phone')
    await page.getByText('“Boat 7” is revoked.').first().waitFor()
    expect(await page.getByRole('button', { name: 'Revoke: Boat 7' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('reads all of it in Chinese, too', async () => {
    const { page } = await signedIn('station')
    await press(page, '中文')
    await heading(page, '绑定一部手机')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('main').innerText()).not.toMatch(/undefined|\[object/)
  })
})

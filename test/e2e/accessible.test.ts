import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { newEnrolment } from '../enrolled.ts'
import { violationsOn } from './axe.ts'
import { givenBrowser, givenWorld } from './given.ts'

/** Every screen of the form, in both languages, light and dark: for everyone, in the sun, with large letters. */
const world = givenWorld()
const browser = givenBrowser()
// A page that nobody looks at any more still takes its share of the machine.
afterEach(() =>
  Promise.all(
    browser()
      .contexts()
      .map((context) => context.close()),
  ),
)

interface Look {
  readonly locale: 'zh-CN' | 'en-GB'
  readonly colorScheme: 'light' | 'dark'
}
const LOOKS: readonly Look[] = (['zh-CN', 'en-GB'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
)

async function phone(look: Partial<Look> = {}, viewport = { width: 360, height: 740 }): Promise<Page> {
  const context = await browser().newContext({ locale: 'en-GB', ...look, viewport })
  return context.newPage()
}

async function openForm(page: Page): Promise<void> {
  await page.goto(`${world().client.url}/collect/#key=${world().runtime.credentials.keys.station}`)
  await page.locator('#entry-form').waitFor()
}

describe.each(LOOKS)('in $locale, $colorScheme', (look) => {
  it('has no fault that axe can find on the screen for the key, empty and refused', async () => {
    const page = await phone(look)
    await page.goto(`${world().client.url}/collect/`)
    await page.locator('#key-form').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.locator('#key-save').click()
    await page.locator('#key-fault:not(:empty)').waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('has none on the form, in each unit, with faults and with all that is optional open', async () => {
    const page = await phone(look)
    await openForm(page)
    expect(await violationsOn(page)).toEqual([])
    await page.locator('#save').click()
    expect(await page.locator('.fault:not(:empty)').count()).toBeGreaterThan(2)
    expect(await violationsOn(page)).toEqual([])
    for (const unit of ['pieces', 'bags', 'scale']) {
      await page.locator(`label:has(input[value="${unit}"])`).click()
      expect([unit, await violationsOn(page)]).toEqual([unit, []])
    }
    await page.locator('#siteId').selectOption('shitang')
    await page.locator('label:has(input[value="net"])').click()
    expect(await page.locator('#more').getAttribute('open')).not.toBeNull()
    expect(await violationsOn(page)).toEqual([])
  })

  it('has none where an entry is saved, received or refused, nor in the list of all', async () => {
    const page = await phone(look)
    await openForm(page)
    const save = async (massKg: string): Promise<void> => {
      await page.locator('label:has(input[value="net"])').click()
      await page.locator('input[name="massKg"]').fill(massKg)
      await page.locator('#save').click()
      await page.locator('#outcome article').waitFor()
    }
    await page.locator('#siteId').selectOption('shitang')
    await save('3')
    expect(await violationsOn(page)).toEqual([])
    // Whoever goes on is not asked whether to undo it, so nothing here waits for that.
    await page.locator('#outcome .primary').click()
    await page.locator('#recent-list [data-state="received"] .bag').click()
    await page.locator('#outcome [data-state="received"]').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.locator('#outcome .primary').click()
    await page.locator('#list-back').click()
    await page.route('**/v1/pickups', (route) =>
      route.fulfill({ status: 422, json: { code: 'future-time', detail: 'No.' } }),
    )
    await save('4')
    await page.locator('#outcome .primary').click()
    await page.locator('#recent-list [data-state="refused"]').waitFor()
    await page.locator('#waiting').click()
    await page.locator('#list-entries [data-state="refused"]').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.locator('#list-entries .small').nth(1).click()
    await page.locator('#list-entries [data-state="removed"]').waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('has none where a phone is enrolled, and where its code was used', async () => {
    const { link } = await newEnrolment(world().client, world().runtime.credentials.keys.station, {
      siteId: 'shitang',
      label: 'Lamp 3',
    })
    const page = await phone(look)
    await page.goto(link)
    await page.locator('#enrolment [data-state="received"]').waitFor()
    expect(await violationsOn(page)).toEqual([])
    const other = await phone(look)
    await other.goto(link)
    await other.locator('#enrolment [data-state="unsent"]').waitFor()
    expect(await violationsOn(other)).toEqual([])
  })

  it('has letters of the form and amounts that stand out seven to one', async () => {
    const page = await phone(look)
    await openForm(page)
    await page.locator('label:has(input[value="bottle"])').click()
    await page.locator('#massKg').fill('12.5')
    const ratios = await page.evaluate<[string, number][]>(CONTRASTS)
    expect(ratios.length).toBeGreaterThan(20)
    expect(ratios.filter(([, ratio]) => ratio < 7)).toEqual([])
  })
})

describe.each(['zh-CN', 'en-GB'] as const)('in %s', (locale) => {
  it('shows what a common entry needs on one screen of 360 by 740, nothing of it under the Save button', async () => {
    const page = await phone({ locale })
    await openForm(page)
    await page.locator('#siteId').selectOption('shitang')
    await page.locator('#more summary').click()
    await page.evaluate('scrollTo(0, 0)')
    for (const unit of ['kg', 'scale', 'bags']) {
      await page.locator(`label:has(input[value="${unit}"])`).click()
      await page.evaluate('scrollTo(0, 0)')
      expect([unit, await page.evaluate<boolean>(IS_ABOVE_BAR)]).toEqual([unit, true])
    }
  })

  it.each([360, 320])('does so for kilograms at %d by 640, as much as an app leaves of it', async (width) => {
    const page = await phone({ locale }, { width, height: 640 })
    await openForm(page)
    await page.locator('#siteId').selectOption('dachen')
    await page.locator('#more summary').click()
    await page.evaluate('scrollTo(0, 0)')
    expect(await page.evaluate<boolean>(IS_ABOVE_BAR)).toBe(true)
  })

  it('shows pictures, units, amount and all keys at once where the phone lies on its side', async () => {
    const page = await phone({ locale }, { width: 740, height: 360 })
    await openForm(page)
    await page.locator('#siteId').selectOption('dachen')
    await page.evaluate('scrollTo(0, 0)')
    const ends = "['#field-form', '#field-unit', '#keypad'].map((part) => document.querySelector(part))"
    const isAbove = `${ends}.every((part) => part.getBoundingClientRect().bottom <=
      document.querySelector('.bar').getBoundingClientRect().top)`
    expect(await page.evaluate<boolean>(isAbove)).toBe(true)
    expect(await page.evaluate<string[]>(SMALL_TARGETS)).toEqual([])
  })

  it('gives every thing to tap 48 by 48 pixels at least, and scrolls no sideways at 320', async () => {
    const page = await phone({ locale }, { width: 320, height: 640 })
    await openForm(page)
    await page.locator('#save').click()
    const small = await page.evaluate<string[]>(SMALL_TARGETS)
    expect(small).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  })

  it('stays readable with letters twice as large: nothing cut off, nothing sideways, at 320 too', async () => {
    const page = await phone({ locale }, { width: 320, height: 640 })
    await openForm(page)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for (const unit of ['scale', 'bags', 'kg']) {
      await page.locator(`label:has(input[value="${unit}"])`).click()
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      expect(await page.evaluate<string[]>(CUT_OFF)).toEqual([])
    }
  })
})

it('moves nothing for who wants no motion', async () => {
  const context = await browser().newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await openForm(page)
  const moving = await page.evaluate<string[]>(`[...document.querySelectorAll('*')].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element)
    return animationName !== 'none' || parseFloat(transitionDuration) > 0
  }).map((element) => element.className)`)
  expect(moving).toEqual([])
})

/** True where the line of place and time, the last of what a common entry needs, ends above the bar. */
const IS_ABOVE_BAR = `document.querySelector('#more summary').getBoundingClientRect().bottom <=
  document.querySelector('.bar').getBoundingClientRect().top`

/** What can be tapped and is smaller. A control that covers its label is as large as that. */
const SMALL_TARGETS = `[...document.querySelectorAll('button, select, summary, a, label:has(input), label.add-photo, input')]
  .filter((element) => element.checkVisibility() && !element.classList.contains('unseen'))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ box }) => Math.round(box.width) < 48 || Math.round(box.height) < 48)
  .filter(({ element }) => !(element.matches('#amounts input') && element.closest('.amount').offsetHeight >= 48))
  .map(({ element, box }) => (element.id || element.className || element.textContent) + ' ' + box.width + '×' + box.height)`

/** Texts that are wider or higher than what shows them. */
const CUT_OFF = `[...document.querySelectorAll('#entry-form button, #entry-form .face, #entry-form label, summary, .echo')]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
  .map((element) => element.id || element.className || element.textContent)`

/** The contrast of each piece of main text with what is behind it, by WCAG's formula. Colours here are never see-through. */
const CONTRASTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    const { backgroundColor } = getComputedStyle(element)
    const isClear = channels(backgroundColor)[3] === 0
    return isClear && element.parentElement ? behind(element.parentElement) : backgroundColor
  }
  const main = '.face, .key, #amounts input, #amounts label, .unit, .echo, summary span, .bar button, .bar label, .brand'
  return [...document.querySelectorAll(main)].filter((element) => element.checkVisibility()).map((element) => {
    const [one, other] = [getComputedStyle(element).color, behind(element)].map(luminance).sort((a, b) => b - a)
    return [element.textContent.trim() || element.id, Math.round(100 * (one + 0.05) / (other + 0.05)) / 100]
  })
})()`

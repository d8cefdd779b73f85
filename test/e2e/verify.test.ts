import { describe, expect, it } from 'vitest'
import { violationsOn } from './axe.ts'
import { PLAIN_HOST, verifying } from './verifying.ts'

/** What a reader sees who has the story checked, where nobody has tampered with anything. */
const { here, product, browser, page, open, verified, recordPickup } = verifying()

/** A second check on the same page, once it says something else than the first. */
async function again(): Promise<string> {
  const said = await page().locator('.told').innerText()
  await page().locator('.verify button').click()
  await expect.poll(() => page().locator('.told .verdict').count()).toBe(1)
  await expect.poll(() => page().locator('.told').innerText()).not.toBe(said)
  await page().locator('.told .verdict').waitFor()
  return page().locator('.told').innerText()
}

/** As browsers before 2025. */
const WITHOUT_ED25519 = `{
  const { importKey } = SubtleCrypto.prototype
  SubtleCrypto.prototype.importKey = function (format, bytes, algorithm, ...more) {
    if (algorithm === 'Ed25519') throw new DOMException('unknown', 'NotSupportedError')
    return importKey.call(this, format, bytes, algorithm, ...more)
  }
}`

describe('a story that holds', () => {
  it('is shown to, with what was proven, the shares, and what cannot be proven', async () => {
    await open()
    const said = await verified()
    expect(said).toContain('The story holds.')
    expect(said).toContain('All 26 records, of 12 pickups and 4 processing runs')
    expect(said).toMatch(
      /The last record, of \w+ \d+, \d{4} at [\d:]+ [AP]M, is number 27 of 27 in the public log/,
    )
    expect(said).toMatch(/Dachen Island[\s\S]*62\.830\s+62\.830 · 18\.7% ✓/)
    expect(said).toContain('no independent witness')
    expect(said).toContain('That the scales were right')
    expect(await page().locator('.told tr.off').count()).toBe(0)
  })

  it('is told in Chinese too', async () => {
    await open('zh')
    const said = await verified()
    expect(said).toContain('核验无误。')
    expect(said).toContain('全部 26 条记录')
  })

  it.each(['en', 'zh'] as const)('has each share marked within the width of a phone: %s', async (lang) => {
    await page().setViewportSize({ width: 320, height: 640 })
    await open(lang)
    await verified()
    const told = await page().evaluate<number[]>(
      "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.verify'))",
    )
    expect(told[0]).toBe(told[1])
  })

  it('is checked by the keyboard alone, and told to who cannot see it', async () => {
    await open()
    await page().locator('.verify button').focus()
    await page().keyboard.press('Enter')
    await page().locator('.told .verdict').waitFor()
    expect(await page().locator('.told').getAttribute('role')).toBe('status')
    expect(await page().locator('.verify button').innerText()).toBe('Verify again')
  })

  it('proves at the next look that the log has only grown, in whichever batch one looks', async () => {
    await open()
    const first = await verified()
    expect(first).toContain('now remembers the log')
    const before = /of (\d+) in the public log/.exec(first)?.[1]
    expect(await again()).toContain('the very one')
    const other = await recordPickup()
    await here().runtime.projected()
    await open('en', other)
    expect(await verified()).toContain(`has only grown: the ${before} entries of then are all there`)
  })

  it('holds as well in a browser without Ed25519, which loads the arithmetic', async () => {
    const parts: string[] = []
    page().on('request', (request) => {
      if (request.url().includes('/verify/assets/arithmetic-')) parts.push(request.url())
    })
    await page().addInitScript(WITHOUT_ED25519)
    await open()
    expect(await verified()).toContain('The story holds.')
    expect(parts).toHaveLength(1)
  })

  it('asks for the program only when the button is pressed, and moves nothing before', async () => {
    const asked: string[] = []
    page().on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page().addInitScript(
      "globalThis.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value }).observe({ type: 'layout-shift', buffered: true })",
    )
    await open()
    await page().evaluate('scrollTo(0, document.body.scrollHeight)')
    await page().waitForLoadState('networkidle')
    expect(asked.filter((path) => path.startsWith('/verify'))).toEqual([])
    expect(await page().evaluate('shift')).toBe(0)
    await verified()
    expect(asked.filter((path) => path.startsWith('/verify'))).toHaveLength(1)
    expect(asked.filter((path) => path.endsWith('/proof'))).toHaveLength(1)
  })

  it.each([
    ['light', 'en'],
    ['dark', 'en'],
    ['light', 'zh'],
    ['dark', 'zh'],
  ] as const)('has no fault that axe finds, in %s and %s', async (colorScheme, lang) => {
    await page().emulateMedia({ colorScheme })
    await open(lang)
    await verified()
    expect(await violationsOn(page())).toEqual([])
    expect(await page().evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  })

  it('is not on paper', async () => {
    await open()
    await page().emulateMedia({ media: 'print' })
    expect(await page().locator('.verify').isVisible()).toBe(false)
  })
})

describe('where nothing can be checked', () => {
  it('says so without TLS, when the browser keeps its cryptography back', async () => {
    const { port } = new URL(here().client.url)
    await page().goto(`http://${PLAIN_HOST}:${port}/b/${product()}?lang=en`)
    expect(await verified()).toContain('did not come over HTTPS')
  })

  it('says without scripts where the records are', async () => {
    const without = await browser().newContext({ javaScriptEnabled: false })
    const plain = await without.newPage()
    await plain.goto(`${here().client.url}/b/${product()}?lang=en`)
    expect(await plain.locator('.verify button').isVisible()).toBe(false)
    expect(await plain.locator('.verify').innerText()).toContain('That needs JavaScript')
    expect(await plain.locator('.verify a').getAttribute('href')).toBe(`/b/${product()}/proof`)
    await without.close()
  })

  it('says so when the records cannot be fetched, and checks them at the next try', async () => {
    await page().route('**/proof*', (route) => route.abort())
    await open()
    expect(await verified()).toContain('Nothing was checked')
    await page().unroute('**/proof*')
    await page().locator('.verify button').click()
    await page().locator('.told .verdict').waitFor()
  })

  it.each(['arithmetic', 'compare'])('runs no other file for %s than the program names', async (part) => {
    await page().route(`**/verify/assets/${part}-*`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}\n;document.title = 'run'` })
    })
    if (part === 'arithmetic') await page().addInitScript(WITHOUT_ED25519)
    await open()
    if (part === 'compare') {
      await verified()
      const other = await recordPickup()
      await here().runtime.projected()
      await open('en', other)
    }
    expect(await verified()).toContain('Nothing was checked')
    expect(await page().title()).not.toBe('run')
  })

  it('runs no other program than the page names', async () => {
    await page().route('**/verify/assets/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}\n;document.title = 'run'` })
    })
    await open()
    await page().locator('.verify button').click()
    await expect
      .poll(() => page().locator('.told').innerText())
      .toContain('is not the one that this page names')
    expect(await page().locator('.verify button').isEnabled()).toBe(true)
    expect(await page().title()).not.toBe('run')
  })
})

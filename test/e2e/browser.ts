import { existsSync } from 'node:fs'
import { chromium as playwright, type Browser } from 'playwright-core'

/**
 * A real headless browser from npm alone on Linux x64; elsewhere `CHROMIUM_PATH` or an installed Chrome.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return playwright.launch({ executablePath: await browserPath(), args: [...BROWSER_ARGUMENTS, ...more] })
}

/** Where that browser is. */
export async function browserPath(): Promise<string> {
  const own = process.env['CHROMIUM_PATH']
  if (own !== undefined) return own
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium')
    return chromium.executablePath()
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed === undefined) throw new Error('No browser: install Chrome or set CHROMIUM_PATH.')
  return installed
}

/** Not the package's own list: that turns web security off and runs all in one process, which hides faults. */
export const BROWSER_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
]

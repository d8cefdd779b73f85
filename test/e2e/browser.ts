import { existsSync } from 'node:fs'
import { chromium as playwright, type Browser } from 'playwright-core'

/**
 * A real headless browser from npm alone on Linux x64; elsewhere `CHROMIUM_PATH` or an installed Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH']
  if (own !== undefined) return playwright.launch({ executablePath: own })
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium')
    return playwright.launch({
      executablePath: await chromium.executablePath(),
      args: [
        ...chromium.args,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed === undefined) throw new Error('No browser: install Chrome or set CHROMIUM_PATH.')
  return playwright.launch({ executablePath: installed })
}

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
]

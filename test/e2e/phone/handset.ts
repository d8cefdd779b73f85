import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { BROWSER_ARGUMENTS, browserPath } from '../browser.ts'

/** A phone with a browser that keeps its profile on disk, whose process can be killed at any moment, as phones do. */
export interface Handset {
  /** Starts the browser, if it is not running, and gives its one page. */
  readonly open: () => Promise<Page>
  readonly context: () => BrowserContext
  /** SIGKILL: nothing is told beforehand. */
  readonly kill: () => Promise<void>
  /** Kills it and forgets its profile. */
  readonly end: () => Promise<void>
}

interface Running {
  readonly process: ChildProcess
  readonly browser: Browser
  readonly context: BrowserContext
}

/** `proxyPort`: of the network that it uses, also for this machine's own addresses. */
export async function newHandset(proxyPort: number): Promise<Handset> {
  const profile = await mkdtemp(join(tmpdir(), 'tidemark-phone-'))
  let running: Running | undefined
  const kill = async (): Promise<void> => {
    const stopping = running
    running = undefined
    if (!stopping) return
    const { process } = stopping
    const ended = new Promise((resolve) => process.once('exit', resolve))
    process.kill('SIGKILL')
    await ended
    await stopping.browser.close().catch(() => undefined)
  }
  return {
    open: async () => {
      running ??= await start(profile, proxyPort)
      const [page] = running.context.pages()
      return page ?? running.context.newPage()
    },
    context: () => {
      if (!running) throw new Error('the phone is off')
      return running.context
    },
    kill,
    end: async () => {
      await kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function start(profile: string, proxyPort: number): Promise<Running> {
  // Of the last start; the browser writes it anew.
  await rm(join(profile, 'DevToolsActivePort'), { force: true })
  const child = spawn(
    await browserPath(),
    [
      ...BROWSER_ARGUMENTS,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--proxy-server=127.0.0.1:${proxyPort}`,
      '--proxy-bypass-list=<-loopback>',
      '--window-size=360,740',
      'about:blank',
    ],
    { stdio: 'ignore' },
  )
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(profile, child)}`)
  const [context] = browser.contexts()
  if (!context) throw new Error('the browser has no profile')
  return { process: child, browser, context }
}

const PATIENCE_MS = 20_000

/** The port that the browser chose, as soon as it says so. */
async function portOf(profile: string, process: ChildProcess): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const [port] = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').then(
      (text) => text.split('\n'),
      () => [],
    )
    if (port !== undefined && port !== '') return port
    if (process.exitCode !== null || Date.now() > until) throw new Error('the browser did not start')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

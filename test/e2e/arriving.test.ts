import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Language } from '../../shared/domain/organisation.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { renderPassport } from '../../web/trace/page.ts'
import { HELD, LARGEST, PRODUCT } from '../web/trace/samples.ts'
import { givenBrowser } from './given.ts'

/** A page that comes in bit by bit, as it does on a bad network: what was drawn of it must stay where it is. */
const browser = givenBrowser()

it.each([
  ['a product', PRODUCT, 'en', 768],
  ['a product, in Chinese', PRODUCT, 'zh', 360],
  ['one of many places that is held', LARGEST, 'en', 768],
  ['one that is held, on a desk', HELD, 'en', 1280],
] as const satisfies readonly (readonly [string, Passport, Language, number])[])(
  'moves nothing that it has shown, wherever it is cut: %s',
  async (_, passport, lang, width) => {
    const page = renderPassport(passport, { lang, publicUrl: `https://trace.example/b/${passport.id}` })
    expect(await movedWhileArriving(cut(page), width)).toEqual([])
  },
)

/**
 * The head and what fills a first screen, cut after each element but for names and figures: what follows these without a
 * space belongs on their line, and no style can foretell it. The rest is in one.
 */
function cut(page: string): string[] {
  const from = page.indexOf('<body')
  const [first = '', ...others] = page.slice(from).split(/(?<=<\/(?:strong|li|div|dd|p|h1|h2)>)/)
  return [page.slice(0, from) + first, ...others.slice(0, MOST_CUTS), others.slice(MOST_CUTS).join('')]
}

const MOST_CUTS = 36

/** What moved while a page came in, each piece after the browser had drawn all those before it. */
async function movedWhileArriving(pieces: readonly string[], width: number): Promise<string[]> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const context = await browser().newContext({ viewport: { width, height: 740 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(OBSERVE)
    const answering = new Promise<ServerResponse>((resolve) => {
      server.once('request', (_request, answer) => resolve(answer))
    })
    const going = page.goto(`http://127.0.0.1:${address.port}/`, { waitUntil: 'commit' })
    const answer = await answering
    server.on('request', (_request, other) => void other.writeHead(404).end())
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    for (const [index, piece] of pieces.entries()) {
      answer.write(`${piece}<!--piece ${index}-->`)
      await going
      await drawn(page, index)
    }
    answer.end()
    return await page.evaluate<string[]>('globalThis.moved')
  } finally {
    await context.close()
    server.closeAllConnections()
    server.close()
  }
}

/** Until the browser has read so far, and then drawn it: a frame that is asked for in one frame comes after it. */
async function drawn(page: Page, index: number): Promise<void> {
  await page.waitForFunction(
    `(() => {
      const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT)
      while (comments.nextNode()) if (comments.currentNode.nodeValue === 'piece ${index}') return true
    })()`,
  )
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

const OBSERVE = `
  globalThis.moved = []
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      moved.push(value + ': ' + sources.map(({ node }) => node?.outerHTML ?? node?.nodeValue).join(' | '))
  }).observe({ type: 'layout-shift', buffered: true })`

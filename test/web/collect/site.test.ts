import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSite } from '../../../infra/site.ts'
import { COLLECTED_FORMS } from '../../../shared/domain/material/material.ts'
import { EMPTY_DRAFT } from '../../../web/collect/form/entry.ts'
import { zh } from '../../../web/collect/words/zh.ts'
import { wordsByName } from '../../../web/collect/words/language.ts'

let site = ''
let html = ''
beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'tidemark-site-'))
  await buildSite(site)
  html = await readFile(join(site, 'collect/index.html'), 'utf8')
})
afterAll(async () => {
  await rm(site, { recursive: true, force: true })
})

const bytesOf = (url: string): Promise<Buffer> =>
  readFile(join(site, url.endsWith('/') ? `${url}index.html` : url))

/** What the service worker keeps, as its script says. */
const keptBy = (worker: string): readonly string[] =>
  all(/"(\/collect\/[^"]*)"/g, worker).filter((url) => url !== '/collect/sw.js')

function all(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

describe('the built site', () => {
  it('is small: its scripts are at most 45 KB over the air, and all that it needs without a network 120 KB', async () => {
    const worker = await readFile(join(site, 'collect/sw.js'), 'utf8')
    const files = ['/collect/sw.js', ...keptBy(worker)]
    const sizes = new Map<string, number>()
    for (const file of files) sizes.set(file, brotliCompressSync(await bytesOf(file)).length)
    const sum = (pattern: RegExp): number =>
      files.reduce((total, file) => total + (pattern.test(file) ? (sizes.get(file) ?? 0) : 0), 0)
    expect(sum(/\.js$/)).toBeLessThanOrEqual(45 * 1024)
    expect(sum(/./)).toBeLessThanOrEqual(120 * 1024)
  })

  it('keeps on the phone every file that the page refers to, but for pictures of the home screen', async () => {
    const kept = keptBy(await readFile(join(site, 'collect/sw.js'), 'utf8'))
    const files = all(/(?:src|href)="(\/collect\/[^"]*)"/g, html).filter((url) => !url.endsWith('.png'))
    expect(kept).toEqual(expect.arrayContaining(['/collect/', ...files]))
    for (const file of kept) await bytesOf(file)
  })

  it('has all parts of the form in its place', () => {
    expect(html).not.toContain('<!--')
    for (const part of ['<symbol id="icon-net"', '<form id="entry-form"', '<section id="recent"'])
      expect(html.split(part)).toHaveLength(2)
  })

  it.each(['index.html', 'collect/index.html', 'console/index.html'])(
    '%s refers to nothing but itself, by hashed names',
    async (page) => {
      const text = await readFile(join(site, page), 'utf8')
      const files = all(/(?:src|href)="(\/[^"]*\.[a-z]+)"/g, text).filter((url) => !url.startsWith('/v1/'))
      expect(files.length).toBeGreaterThan(1)
      for (const url of files) {
        expect(url).toMatch(/\/assets\/[a-z0-9-]+-[A-Z0-9]{8}\.(js|css|svg|png)$|\/manifest\.webmanifest$/)
        await readFile(join(site, url))
      }
      expect(all(/(?:src|href)="([^"]*)"/g, text).filter((url) => !/^[/#]/.test(url))).toEqual([])
    },
  )

  it('needs no inline script or style, so that a strict policy can forbid them', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
  })

  it('is the same for the same source', async () => {
    await buildSite(site)
    expect(await readFile(join(site, 'collect/index.html'), 'utf8')).toBe(html)
    expect(await readdir(join(site, 'collect/assets'))).toHaveLength(5)
  })
})

describe('the page', () => {
  it('asks the catalogue only for words that it has', () => {
    const words = wordsByName(zh)
    const asked = all(/data-[tl]="([^"]*)"/g, html)
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((key) => !words.has(key))).toEqual([])
  })

  it('says in the catalogue’s words what it says before any script has run', () => {
    const words = wordsByName(zh)
    const said = [...html.matchAll(/data-t="([^"]*)"[^>]*>([^<]+)</g)].map(([, key = '', text = '']) => ({
      key,
      text: text.replaceAll(/\s+/g, ''),
    }))
    expect(said.length).toBeGreaterThan(20)
    // The very first word is said in all languages: nobody knows yet which it will be.
    const apart = said.filter(({ key, text }) => words.get(key)?.replaceAll(' ', '') !== text)
    expect(apart.map(({ key }) => key)).toEqual(['opening'])
  })

  it('has a key for each digit, the decimal point and taking one back, each by a name', () => {
    const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', 'back']
    expect(all(/data-key="([^"]*)"/g, html)).toEqual(keys)
    expect(html.split(/<button type="button" class="key"/)).toHaveLength(keys.length + 1)
    expect(all(/data-key="(?:\.|back)"\s+aria-label="([^"]*)"/g, html)).toHaveLength(2)
  })

  it('has a tile with a drawing for every form', () => {
    expect(all(/name="form"\s+value="([^"]*)"/g, html)).toEqual([...COLLECTED_FORMS])
    for (const form of COLLECTED_FORMS) expect(html).toContain(`id="icon-${form}"`)
  })

  it('has a control and a place for complaints for every field of the draft', () => {
    const { id: _, ...controls } = EMPTY_DRAFT
    for (const field of Object.keys(controls)) {
      expect(html).toContain(`name="${field}"`)
      expect(html).toContain(`id="fault-${field}"`)
    }
  })
})

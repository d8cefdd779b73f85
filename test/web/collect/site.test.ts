import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSite } from '../../../infra/site.ts'
import { COLLECTED_FORMS } from '../../../shared/domain/material/material.ts'
import { EMPTY_DRAFT } from '../../../web/collect/entry.ts'
import { zh } from '../../../web/collect/messages.zh.ts'

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

function all(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

describe('the built site', () => {
  it('is small: the whole form is at most 27 KB over the air, signing included', async () => {
    const assets = await readdir(join(site, 'collect/assets'))
    const files = [
      'index.html',
      ...assets.filter((name) => !name.endsWith('.svg')).map((name) => `assets/${name}`),
    ]
    expect(files).toHaveLength(3)
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await readFile(join(site, 'collect', file))).length),
    )
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(27 * 1024)
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
        expect(url).toMatch(/\/assets\/[a-z]+-[A-Z0-9]{8}\.(js|css|svg)$/)
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
    expect(await readdir(join(site, 'collect/assets'))).toHaveLength(3)
  })
})

describe('the page', () => {
  it('asks the catalogue only for words that it has', () => {
    const forms = Object.keys(zh.forms).map((form) => `forms.${form}`)
    const words = new Set([...Object.keys(zh), ...forms])
    const asked = all(/data-t="([^"]*)"/g, html)
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((key) => !words.has(key))).toEqual([])
  })

  it('has a tile with a drawing for every form', () => {
    expect(all(/name="form"\s+value="([^"]*)"/g, html)).toEqual([...COLLECTED_FORMS])
    for (const form of COLLECTED_FORMS) expect(html).toContain(`id="icon-${form}"`)
  })

  it('has a control and a place for complaints for every field of the draft', () => {
    for (const field of Object.keys(EMPTY_DRAFT)) {
      expect(html).toContain(`name="${field}"`)
      expect(html).toContain(`id="fault-${field}"`)
    }
  })
})

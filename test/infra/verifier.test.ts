import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildVerifier } from '../../infra/verifier.ts'
import type { Verifier } from '../../web/trace/page.ts'

/** The program that the page offers, as it is built. */
const PINNED = { origin: 'log.example/log', keys: ['log.example/log+258532d9+AYyQXbm8pF1Zf0h3VY7nQbYw4M2n'] }
/** Nobody waits long for it on a phone. What few need beside it is small as well. */
const MOST_BYTES = 20 * 1024
const MOST_BYTES_OF_A_PART = 2 * 1024

let folder: string
let verifier: Verifier
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-verifier-'))
  verifier = await buildVerifier(folder, PINNED)
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(['en', 'zh'] as const)('the program that checks stories, in %s', (lang) => {
  const read = (): Promise<Buffer> => readFile(join(folder, verifier[lang].src))

  it('is named by a hash of what is in it, and has the hash that the page says', async () => {
    const bytes = await read()
    expect(verifier[lang].integrity).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`)
    expect(verifier[lang].src).toBe(
      `/verify/assets/${lang}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.js`,
    )
  })

  it('trusts the origin and the keys that it was built with', async () => {
    const text = (await read()).toString()
    expect(text).toContain(PINNED.origin)
    for (const key of PINNED.keys) expect(text).toContain(key)
  })

  it('is another program where it is to trust another key', async () => {
    const other = await buildVerifier(join(folder, 'other'), {
      ...PINNED,
      keys: ['log.example/log+00000000+AA=='],
    })
    expect(other[lang].integrity).not.toBe(verifier[lang].integrity)
  })

  it('makes no markup of what it says, and runs no text', async () => {
    const text = (await read()).toString()
    for (const way of [
      'innerHTML',
      'outerHTML',
      'insertAdjacentHTML',
      'document.write',
      'eval(',
      'new Function',
    ])
      expect(text).not.toContain(way)
  })

  it('stays small', async () => {
    expect(brotliCompressSync(await read()).length).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('names the hash of each part that it may load, and there is no other file', async () => {
    const text = (await read()).toString()
    const files = await readdir(join(folder, '/verify/assets'))
    const parts = files.filter((name) => !/^(?:en|zh)-/.test(name))
    expect(parts.map((name) => name.replace(/-.*/, '')).sort()).toEqual(['arithmetic', 'compare'])
    for (const name of parts) {
      const bytes = await readFile(join(folder, '/verify/assets', name))
      expect(text).toContain(`/verify/assets/${name}`)
      expect(text).toContain(`sha256-${createHash('sha256').update(bytes).digest('base64')}`)
      expect(brotliCompressSync(bytes).length).toBeLessThanOrEqual(MOST_BYTES_OF_A_PART)
    }
  })
})

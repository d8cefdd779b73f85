import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildVerifier } from '../../infra/verifier.ts'
import type { Verifier } from '../../web/trace/page.ts'

/** The program that the page offers, as it is built. */
const PINNED = { origin: 'log.example/log', keys: ['log.example/log+258532d9+AYyQXbm8pF1Zf0h3VY7nQbYw4M2n'] }
/** Nobody waits long for it on a phone. */
const MOST_BYTES = 24 * 1024

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
    expect(brotliCompressSync(await read()).length).toBeLessThan(MOST_BYTES)
  })
})

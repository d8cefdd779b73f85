import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleFunction } from '../../../infra/bundle.ts'
import { digestOfFile, RELEASE } from '../../../functions/http/release.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-release-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('tells one release of a function from another by a byte of its code', async () => {
  const file = join(folder, 'code.mjs')
  const digests = new Set<string>()
  for (const code of ['one', 'two', 'one']) {
    await writeFile(file, code)
    digests.add(digestOfFile(pathToFileURL(file)))
  }
  expect(digests.size).toBe(2)
})

it('is read from a bundle as from the sources, when it is loaded', async () => {
  await bundleFunction('scan', folder)
  const bundle = pathToFileURL(join(folder, 'index.mjs'))
  expect(digestOfFile(bundle)).not.toBe(RELEASE)
  expect(await import(bundle.href)).toHaveProperty('handler')
})

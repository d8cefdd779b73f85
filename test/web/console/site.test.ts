import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { buildSite } from '../../../infra/site.ts'

it('the console is small: at most 19 KB over the air, and no schema library comes with it', async () => {
  const site = await mkdtemp(join(tmpdir(), 'tidemark-console-'))
  onTestFinished(() => rm(site, { recursive: true, force: true }))
  await buildSite(site)
  const assets = await readdir(join(site, 'console/assets'))
  const names = assets.filter((name) => !name.endsWith('.svg')).map((name) => `assets/${name}`)
  const files = await Promise.all(
    ['index.html', ...names].map((name) => readFile(join(site, 'console', name))),
  )
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
  expect(bytes).toBeLessThanOrEqual(19 * 1024)
  expect(Buffer.concat(files).toString()).not.toContain('ZodError')
})

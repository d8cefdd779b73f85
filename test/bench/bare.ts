import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleFunction } from '../../infra/bundle.ts'

/** What any function on DynamoDB pays before it does anything of its own. */
const SOURCE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
export const client = new DynamoDBClient({})
export const handler = (key) => client.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: key }))
`

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"

/** Bundles that file as `infra/bundle.ts` bundles functions, and makes sure of it: throws once the two differ. */
export async function bundleBare(outDir: string): Promise<void> {
  await assertSameSettings()
  await bundle(SOURCE, outDir)
}

/** One function bundled both ways must give the same bytes. */
async function assertSameSettings(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-settings-'))
  try {
    await bundleFunction('scan', join(folder, 'theirs'))
    await bundle("export * from './functions/scan.ts'", join(folder, 'ours'))
    const [theirs, ours] = await Promise.all(
      ['theirs', 'ours'].map((name) => readFile(join(folder, name, 'index.mjs'), 'utf8')),
    )
    if (theirs !== ours)
      throw new Error('infra/bundle.ts bundles otherwise now; test/bench/bare.ts must follow')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bundle(contents: string, outDir: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    outfile: join(outDir, 'index.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    minify: true,
    treeShaking: true,
    legalComments: 'none',
    logLevel: 'error',
  })
}

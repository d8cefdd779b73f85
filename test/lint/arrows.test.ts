import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'

/** The arrows between the parts are held by the linter; here the linter is shown files that break them. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RULES = new Set([
  'eslint(no-restricted-imports)',
  'eslint(no-restricted-globals)',
  'eslint(no-restricted-properties)',
])

const BROKEN: readonly [path: string, imports: string, message: string][] = [
  ['shared/domain/sdk.ts', '@aws-sdk/client-dynamodb', 'The core is plain TypeScript'],
  ['shared/domain/node.ts', 'node:fs', 'The core is plain TypeScript'],
  ['shared/domain/zod.ts', 'zod', 'The core is plain TypeScript'],
  ['shared/domain/builtin.ts', 'crypto', 'The core is plain TypeScript'],
  ['shared/domain/builtin-deep.ts', 'fs/promises', 'The core is plain TypeScript'],
  ['shared/domain/node-deep.ts', 'node:fs/promises', 'The core is plain TypeScript'],
  ['shared/domain/sdk-deep.ts', '@aws-sdk/lib-dynamodb/dist', 'The core is plain TypeScript'],
  ['shared/domain/lambda.ts', 'aws-lambda', 'The core is plain TypeScript'],
  ['shared/domain/zod-mini.ts', 'zod/mini', 'The core is plain TypeScript'],
  ['shared/contract/builtin.ts', 'http', 'shared/ is pure'],
  ['functions/sdk-deep.ts', '@aws-sdk/client-dynamodb/dist-es', 'Only functions/adapters/ knows the SDK'],
  ['web/trace/builtin.ts', 'fs', 'web/ runs in browsers'],
  ['shared/domain/outwards.ts', '../../functions/x.ts', 'The core depends on nothing but itself'],
  ['shared/ledger/contract.ts', '../contract/routes.ts', 'The core depends on nothing but itself'],
  ['shared/verification/zod.ts', 'zod', 'The core is plain TypeScript'],
  ['shared/contract/sdk.ts', '@aws-sdk/client-dynamodb', 'shared/ is pure'],
  ['shared/contract/outwards.ts', '../../infra/table.ts', 'Arrows point towards shared/'],
  ['functions/sdk.ts', '@aws-sdk/client-dynamodb', 'Only functions/adapters/ knows the SDK'],
  ['functions/middy.ts', '@middy/core', 'Only functions/http/http.ts knows middy'],
  ['functions/infra.ts', '../infra/table.ts', 'functions/ may import shared/'],
  ['functions/collect.ts', '../web/collect/main.ts', 'functions/ may import shared/'],
  ['functions/console.ts', '../web/console/oidc.ts', 'functions/ may import shared/'],
  ['functions/http/http.ts', '@aws-sdk/client-dynamodb', 'Only functions/adapters/ knows the SDK'],
  ['functions/adapters/middy.ts', '@middy/core', 'Only functions/http/http.ts knows middy'],
  ['functions/adapters/page.ts', '../../web/trace/page.ts', 'Adapters may import shared/'],
  ['web/collect/functions.ts', '../../functions/http/http.ts', 'web/ may import shared/ only'],
  ['web/trace/node.ts', 'node:fs', 'web/ runs in browsers'],
  ['infra/test.ts', '../test/x.ts', 'Nothing imports test/'],
  ['infra/local/middy.ts', '@middy/core', 'Only functions/http/http.ts knows middy'],
]

/** What needs no import: clock, chance, network, process. */
const IMPURE: readonly [path: string, expression: string, rule: string][] = [
  ['shared/domain/now.ts', 'Date.now()', 'eslint(no-restricted-properties)'],
  ['shared/domain/chance.ts', 'Math.random()', 'eslint(no-restricted-properties)'],
  ['shared/ledger/uuid.ts', 'crypto.randomUUID()', 'eslint(no-restricted-properties)'],
  ['shared/verification/now.ts', 'Date.now()', 'eslint(no-restricted-properties)'],
  ['shared/domain/network.ts', "fetch('/')", 'eslint(no-restricted-globals)'],
  ['shared/domain/socket.ts', "new WebSocket('/')", 'eslint(no-restricted-globals)'],
  ['shared/domain/detour.ts', "globalThis.fetch('/')", 'eslint(no-restricted-globals)'],
  ['shared/contract/environment.ts', "process.env['HOME']", 'eslint(no-restricted-globals)'],
  ['shared/domain/later.ts', 'setTimeout(() => {}, 1)', 'eslint(no-restricted-globals)'],
]

const KEPT: readonly [path: string, imports: string][] = [
  ['shared/domain/inwards.ts', './mass.ts'],
  ['shared/contract/inwards.ts', '../domain/material/mass.ts'],
  ['shared/contract/zod.ts', 'zod'],
  ['functions/adapters/sdk.ts', '@aws-sdk/client-dynamodb'],
  ['functions/page.ts', '../web/trace/page.ts'],
  ['infra/local/handlers.ts', '../../functions/projector.ts'],
  ['web/trace/inwards.ts', '../../shared/domain/passport.ts'],
]

const report = z.object({
  diagnostics: z.array(
    z.object({ code: z.string(), filename: z.string(), message: z.string(), help: z.string().optional() }),
  ),
})
type Diagnostic = z.output<typeof report>['diagnostics'][number]

let folder: string
let found: Diagnostic[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-lint-'))
  await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, imports] of [...BROKEN, ...KEPT]) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `import * as it from '${imports}'\n\nexport const seen = it\n`)
  }
  for (const [path, expression] of IMPURE) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `export const seen = ${expression}\n`)
  }
  found = await lint()
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

async function lint(): Promise<Diagnostic[]> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const child = spawn(process.execPath, [oxlint, '--format=json'], { cwd: folder })
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  return report.parse(JSON.parse(output)).diagnostics.filter(({ code }) => RULES.has(code))
}

describe('the linter', () => {
  it.each(BROKEN)('refuses %s to import %s', (path, _imports, message) => {
    const [only, ...others] = found.filter(({ filename }) => filename === path)
    expect(`${only?.message} ${only?.help}`).toContain(message)
    expect(others).toEqual([])
  })

  it.each(IMPURE)('refuses %s to say %s', (path, _expression, rule) => {
    expect(found.filter(({ filename }) => filename === path).map(({ code }) => code)).toEqual([rule])
  })

  it.each(KEPT)('lets %s import %s', (path) => {
    expect(found.filter(({ filename }) => filename === path)).toEqual([])
  })
})

/** The linter cannot tell `new Date()`, which is a clock, from `new Date(given)`, which is not. */
it('finds no clock in the core', async () => {
  const files = await readdir(join(ROOT, 'shared'), { recursive: true })
  const sources = files.filter((file) => file.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(50)
  const texts = await Promise.all(sources.map((file) => readFile(join(ROOT, 'shared', file), 'utf8')))
  expect(sources.filter((_, index) => /new Date\(\s*\)|[^.\w]Date\(\s*\)/.test(texts[index] ?? ''))).toEqual(
    [],
  )
})

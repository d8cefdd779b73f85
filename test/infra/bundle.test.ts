import { mkdtemp, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../infra/bundle.ts'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { ROUTES, type Route } from '../../shared/contract/routes.ts'

/** What a function starts with. How long that takes is for the bench; here it is what it must not load at all. */
const CONTRACT = 'shared/contract'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-bundle-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

/** All that serve routes, but for `contract`: it has the whole table, and reads it only when asked for OpenAPI. */
const SERVING = [...new Set(Object.values<Route>(ROUTES).map(({ serves }) => serves))].filter(
  (name): name is Exclude<FunctionName, 'contract'> => name !== 'site' && name !== 'contract',
)

describe.each(SERVING)('the bundle of %s', (name) => {
  let loaded: string[]
  let imported: string[]
  beforeAll(async () => {
    const { metafile } = await bundleFunction(name, join(folder, name))
    loaded = Object.keys(metafile.inputs)
    imported = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path))
  })

  it('has its own rows of the route table and no others', () => {
    const rows = loaded.filter((path) => path.startsWith(`${CONTRACT}/routes`))
    expect(rows).toEqual([`${CONTRACT}/routes/${name}.ts`])
  })

  it('has no schema of an answer', () => {
    expect(loaded.filter((path) => path.startsWith(`${CONTRACT}/answers`))).toEqual([])
  })

  it('imports none of Node, whose modules would be read whole', () => {
    expect(imported.filter((path) => isBuiltin(path))).toEqual([])
  })

  it('has no provider of credentials but the one that reads the environment', () => {
    const providers = loaded.flatMap((path) => /credential-provider-\w+/.exec(path)?.[0] ?? [])
    expect(new Set(providers)).toEqual(
      new Set(FUNCTIONS[name].table === 'none' ? [] : ['credential-provider-env']),
    )
  })

  it('has the schema library only where a request has a body or a query', () => {
    const asks = Object.values<Route>(ROUTES).some(
      ({ serves, body, query }) => serves === name && (body ?? query) !== undefined,
    )
    expect(loaded.some((path) => path.includes('node_modules/zod/'))).toBe(asks)
  })
})

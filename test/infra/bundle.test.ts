import { mkdtemp, rm } from 'node:fs/promises'
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

  it('never imports http, which would load undici too', () => {
    // Which the client of the table does, and so every function that can reach it.
    const reaches = FUNCTIONS[name].table !== 'none'
    expect(imported.some((path) => /^(node:)?https$/.test(path))).toBe(reaches)
    expect(imported.filter((path) => /^(node:)?http$/.test(path))).toEqual([])
  })

  it('has the schema library only where a request has a body or a query', () => {
    const asks = Object.values<Route>(ROUTES).some(
      ({ serves, body, query }) => serves === name && (body ?? query) !== undefined,
    )
    expect(loaded.some((path) => path.includes('node_modules/zod/'))).toBe(asks)
  })
})

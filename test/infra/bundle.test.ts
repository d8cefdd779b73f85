import { mkdtemp, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { bundleFunction } from '../../infra/bundle.ts'
import { mostStartBytes } from '../bench/start-bytes.ts'
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
  let bytes: number
  beforeAll(async () => {
    const { metafile, startBytes } = await bundleFunction(name, join(folder, name))
    loaded = Object.keys(metafile.inputs)
    imported = Object.values(metafile.outputs)
      .flatMap((output) => output.imports)
      .flatMap(({ path, kind }) => (kind === 'import-statement' ? [path] : []))
    bytes = startBytes
  })

  it('starts with no more bytes than it may', () => {
    expect(bytes).toBeLessThanOrEqual(mostStartBytes(name))
  })

  it('has its own rows of the route table and no others', () => {
    const rows = loaded.filter((path) => path.startsWith(`${CONTRACT}/routes`))
    expect(rows).toEqual([`${CONTRACT}/routes/${name}.ts`])
  })

  it('has no schema of an answer', () => {
    expect(loaded.filter((path) => path.startsWith(`${CONTRACT}/answers`))).toEqual([])
  })

  it('imports none of Node at its start, whose modules would be read whole', () => {
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

  it('has the small half of the schema library alone', () => {
    expect(loaded.filter((path) => path.includes('node_modules/zod/v4/classic/'))).toEqual([])
  })
})

/** Messages come from a part of the schema library that is loaded apart from it, or not at all. */
it('says in words what is wrong with a request, from a bundle as from the sources', async () => {
  await bundleFunction('codes', join(folder, 'codes'))
  const { handler } = bundle.parse(await import(pathToFileURL(join(folder, 'codes', 'index.mjs')).href))
  const path = '/v1/batches/B7K3M9QXT2ABC/qr.svg'
  const event = {
    version: '2.0',
    routeKey: 'GET /v1/batches/{id}/qr.svg',
    rawPath: path,
    headers: {},
    queryStringParameters: { level: 'Z' },
    pathParameters: { id: 'B7K3M9QXT2ABC' },
    requestContext: { http: { method: 'GET', path, sourceIp: '' } },
  }
  const { body } = answer.parse(await handler(event, { awsRequestId: 'one' }))
  expect(JSON.parse(body)).toMatchObject({
    code: 'invalid-request',
    errors: [{ pointer: '/level', detail: 'Invalid option: expected one of "L"|"M"|"Q"|"H". Given: "Z".' }],
  })
})

const bundle = z.object({ handler: z.function({ input: [z.unknown(), z.unknown()], output: z.unknown() }) })
const answer = z.object({ statusCode: z.literal(400), body: z.string() })

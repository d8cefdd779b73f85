import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ROLES, type Role } from '../../shared/domain/organisation.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { givenTwoAffairs, type Affairs } from './affairs.ts'
import { junk, schema, valuesOf } from './schema.ts'

/**
 * Requests made from the OpenAPI document, as each role of each of two organisations, thousands of them: most are
 * nearly right, many are wrong, all name things of both. None is answered with a 5xx, and no answer carries anything of
 * the other organisation that the request did not name itself.
 */
const RUNS_PER_ROUTE_AND_ROLE = 16
const SEED = 20_261_125

const operation = z.object({
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema })).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
})
type Operation = z.output<typeof operation>
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) })

interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

let runtime: TestRuntime
let affairs: Affairs
let operations: { readonly path: string; readonly method: string; readonly of: Operation }[]

beforeAll(async () => {
  runtime = await startTestRuntime()
  affairs = await givenTwoAffairs(runtime)
  const { paths } = document.parse(JSON.parse((await runtime.get('/v1/openapi.json')).text))
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => ({ path, method: method.toUpperCase(), of })),
  )
})
afterAll(() => runtime.stop())

function requests(path: string, method: string, of: Operation): fc.Arbitrary<Asked> {
  const known = [...affairs.mine.ids, ...affairs.theirs.ids, ...affairs.sites]
  const ids = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: junk.map((value) => encodeURIComponent(String(value).slice(0, 100))) },
  )
  const asked = of.parameters.filter((parameter) => parameter.in === 'query')
  const query = fc.record(
    Object.fromEntries(asked.map(({ name, schema: of }) => [name, valuesOf(of, known)])),
    { requiredKeys: [] },
  )
  const wanted = of.requestBody?.content['application/json'].schema
  const body = wanted ? valuesOf(wanted, known).map((value) => JSON.stringify(value)) : fc.constant(undefined)
  return fc.record({ ids, query, body }).map(({ ids: id, query: values, body: text }) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(values)) search.set(name, textOf(value))
    return { method, path: `${path.replaceAll(/\{[^}]+\}/g, id)}?${search.toString()}`, body: text }
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

interface Outcome {
  readonly request: Asked
  readonly status: number
  /** What must not have happened. */
  readonly wrong?: string
}

async function ask(request: Asked, key: string): Promise<Outcome> {
  const { method, path, body } = request
  const answer = await runtime.send(method, path, {
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': randomUUID(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  })
  const { status, text } = answer
  if (status >= 500) return { request, status, wrong: text }
  const given = `${path} ${body ?? ''}`
  const leaked = affairs.theirs.marks.filter((mark) => text.includes(mark) && !given.includes(mark))
  if (leaked.length === 0) return { request, status }
  return { request, status, wrong: `told of ${leaked.join(', ')}: ${text.slice(0, 500)}` }
}

describe('whatever is asked', () => {
  it.each(ROLES)('as %s, nothing breaks and nothing of another organisation is told', async (role: Role) => {
    const outcomes: Outcome[] = []
    for (const { path, method, of } of operations) {
      const sample = fc.sample(requests(path, method, of), { seed: SEED, numRuns: RUNS_PER_ROUTE_AND_ROLE })
      outcomes.push(...(await Promise.all(sample.map((request) => ask(request, runtime.keys[role])))))
      expect(outcomes.filter(({ wrong }) => wrong !== undefined)).toEqual([])
    }
    expect(outcomes).toHaveLength(operations.length * RUNS_PER_ROUTE_AND_ROLE)
    // Were all refused for their shape alone, this would say little.
    const accepted = outcomes.filter(({ status }) => status < 300)
    expect(accepted.length).toBeGreaterThan(outcomes.length / 20)
  })

  it('without a key, nothing but what is open is answered', async () => {
    for (const { path, method, of } of operations) {
      if (of.security?.length === 0) continue
      const [request] = fc.sample(requests(path, method, of), { seed: SEED, numRuns: 1 })
      const { status } = await runtime.send(method, request?.path ?? path, {})
      expect([path, status]).toEqual([path, 401])
    }
  })
})

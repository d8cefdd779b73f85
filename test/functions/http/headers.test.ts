import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROUTES, type Route } from '../../../shared/contract/routes.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/** What answers carry besides what they say, as a browser would see it. */
let world: InProcess
beforeAll(async () => void (world = await startInProcess('demo')))
afterAll(() => world.end())

const headersAt = async (path: string): Promise<Headers> =>
  (await world.client.get(path, { key: world.runtime.credentials.keys.auditor })).headers

describe('answers', () => {
  it('of the API load, run and frame nothing, and are read by no other site', async () => {
    const headers = await headersAt('/v1/batches')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.has('access-control-allow-origin')).toBe(false)
  })

  it('that refuse carry the same', async () => {
    for (const path of ['/v1/batches/B0', '/v1/signed-pickups', '/nowhere', '/collect/nothing.js']) {
      const headers = await headersAt(path)
      expect([path, headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("default-src 'none'"),
      ])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.has('access-control-allow-origin')).toBe(false)
    }
  })

  it('of pages have a policy that lets in no inline script or style without its hash, and no other site', async () => {
    for (const path of [`/b/${world.runtime.story?.product}`, '/collect/', '/console/', '/']) {
      const policy = (await headersAt(path)).get('content-security-policy') ?? ''
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    }
  })

  it('set no cookie anywhere', async () => {
    for (const path of ['/', '/collect/', `/b/${world.runtime.story?.product}`, '/v1/batches', '/healthz'])
      expect((await headersAt(path)).has('set-cookie')).toBe(false)
  })
})

describe('other sites', () => {
  it('may read these routes and no others, all of them open and public', () => {
    const open = Object.entries<Route>(ROUTES).filter(([, route]) => route.crossOrigin)
    expect(open.map(([name]) => name)).toEqual([
      'qrSvg',
      'qrPng',
      'scan',
      'resolve',
      'describeResolver',
      'readProof',
      'readCheckpoint',
      'readTile',
      'listLogKeys',
      'openapi',
      'listRules',
    ])
    for (const [, { callers, method }] of open) expect([callers, method]).toEqual(['anyone', 'GET'])
  })

  it('may read the passport of a product', async () => {
    const headers = await headersAt(`/b/${world.runtime.story?.product}?format=json`)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })
})

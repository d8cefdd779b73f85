import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FUNCTIONS } from '../../../shared/contract/functions.ts'
import { routeKey, ROUTES, type Route } from '../../../shared/contract/routes.ts'

const routes = Object.entries<Route>(ROUTES)

describe('the route table', () => {
  it('has every route once', () => {
    const keys = routes.map(([, route]) => routeKey(route))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('lets nobody write without a credential, and nothing be recorded without an Idempotency-Key', () => {
    for (const [name, route] of routes.filter(([, candidate]) => candidate.method === 'POST')) {
      expect([name, route.callers]).not.toEqual([name, 'anyone'])
      const mayWrite = route.serves !== 'site' && ['append', 'erase'].includes(FUNCTIONS[route.serves].table)
      // A code belongs in no address, so what one is for is asked by POST too.
      const writes = mayWrite && name !== 'readInvitation'
      expect([name, route.idempotent ?? false]).toEqual([name, writes])
    }
  })

  it('takes a body for the credential in three routes alone, whose functions verify it', () => {
    const held = routes.filter(([, { callers }]) => callers === 'holder').map(([name]) => name)
    expect(held.sort()).toEqual(['enrolDevice', 'readInvitation', 'recordSignedPickup'])
  })

  it("lets collectors' devices do what a collector may, and of that only what is their own", () => {
    const theirs = routes.filter(([, { devices }]) => devices)
    expect(theirs.map(([name]) => name).sort()).toEqual(['readBecame', 'readOwnDevice', 'requestPhotoUpload'])
    for (const [, { callers }] of theirs) expect(callers).toContain('collector')
  })

  it('serves what is public from functions that cannot write', () => {
    for (const [name, route] of routes.filter(([, candidate]) => candidate.callers === 'anyone')) {
      const table = route.serves === 'site' ? 'none' : FUNCTIONS[route.serves].table
      expect([name, table]).not.toEqual([name, 'append'])
    }
  })
})

describe('the files in routes/', () => {
  const folder = new URL('../../../shared/contract/routes/', import.meta.url)
  const rows: { name: string; file: string; route: unknown }[] = []
  beforeAll(async () => {
    for (const file of await readdir(folder)) {
      const tables: Record<string, object> = await import(new URL(file, folder).href)
      for (const [name, route] of Object.values(tables).flatMap((table) => Object.entries(table)))
        rows.push({ name, file: basename(file, '.ts'), route })
    }
  })

  it('make up the table together, no name standing in two of them', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(ROUTES).sort())
    expect(Object.fromEntries(rows.map(({ name, route }) => [name, route]))).toEqual(ROUTES)
  })

  it('are each named after the function whose rows they hold', () => {
    for (const { name, file, route } of rows)
      expect([name, route]).toEqual([name, expect.objectContaining({ serves: file })])
  })
})

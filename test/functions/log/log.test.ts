import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeafIndex, readLatestCheckpoint } from '../../../functions/adapters/log-table.ts'
import { loadTiles } from '../../../functions/adapters/log-objects.ts'
import { openCheckpoint, type OpenCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import { proveInclusion, verifyInclusion } from '../../../shared/ledger/merkle/inclusion.ts'
import { verifyTiles } from '../../../shared/ledger/merkle/tile-audit.ts'
import { tileReader } from '../../../shared/ledger/merkle/tiles.ts'
import { parseVerifierKey } from '../../../shared/ledger/verifier-key.ts'
import { logKeyList } from '../../../shared/contract/answers/service.ts'
import { jsonOf } from '../../client.ts'
import { aPickup } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { expectProblem } from '../refused.ts'
import { eventsIn, wholeTable } from '../../table.ts'

/** The log of the running system, as a stranger asks for it. */
let world: InProcess

beforeAll(async () => {
  world = await startInProcess('demo')
  await world.runtime.logged()
})
afterAll(() => world.end())

async function newest(): Promise<OpenCheckpoint> {
  const note = (await world.client.get('/log/checkpoint')).text
  const { items } = logKeyList.parse(jsonOf(await world.client.get('/log/keys')))
  const keys = await Promise.all(items.map(({ key }) => parseVerifierKey(key)))
  const known = keys.flatMap((key) => (key.ok ? [key.value] : []))
  const opened = await openCheckpoint(note, { origin: known[0]?.name ?? '', keys: known })
  if (!opened.ok) throw new Error(opened.why)
  return opened.value
}

const bytesOf = (hash: string): Uint8Array => Uint8Array.from(Buffer.from(hash, 'hex'))

describe('the log', () => {
  it('has every event once, and all of it is under the checkpoint that it signed', async () => {
    const events = eventsIn(await wholeTable())
    const { size, root } = await newest()
    expect(size).toBe(BigInt(events.length))
    expect(await verifyTiles(size, root, loadTiles)).toEqual({ ok: true })
    const indexes = await Promise.all(events.map(({ hash }) => findLeafIndex(hash)))
    expect(new Set(indexes).size).toBe(events.length)
    for (const [at, { hash }] of events.entries()) {
      const index = indexes[at]
      if (index === undefined) throw new Error(`${hash} is not in the log`)
      const proof = await proveInclusion(index, size, tileReader(size, loadTiles))
      if (!proof.ok) throw new Error(proof.why)
      const verdict = await verifyInclusion({ leaf: bytesOf(hash), index, size, root }, proof.value)
      expect(verdict).toEqual({ ok: true })
    }
  })

  it('has an event after all those that it rests on', async () => {
    for (const { event, hash } of eventsIn(await wholeTable())) {
      const index = (await findLeafIndex(hash)) ?? -1n
      for (const { hash: before } of event.previous)
        expect((await findLeafIndex(before)) ?? index).toBeLessThan(index)
    }
  })
})

describe('GET /log/checkpoint', () => {
  it('is a text that any page may read, asked for anew by its tag, the same as is stored', async () => {
    const answer = await world.client.get('/log/checkpoint')
    expect(answer.text).toBe(await readLatestCheckpoint())
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=2, must-revalidate')
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' }
    expect((await world.client.get('/log/checkpoint', { headers })).status).toBe(304)
    expect((await world.client.send('HEAD', '/log/checkpoint')).status).toBe(200)
  })
})

describe('GET /log/tile/…', () => {
  it('is the bytes of a tile, which never change', async () => {
    const { size } = await newest()
    const answer = await world.client.get(`/log/tile/0/000.p/${size % 256n}`)
    expect(answer.status).toBe(200)
    expect(answer.bytes.length).toBe(Number(size % 256n) * 32)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('is not there before the log is that long, and then asked for again soon', async () => {
    const answer = await world.client.get('/log/tile/0/x001/000')
    expectProblem(answer, { status: 404, code: 'not-found' })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=2')
  })

  it.each([
    '0/0',
    '64/000',
    '0/000.p/256',
    '0/000.p/0',
    '00/000',
    '0/x000/000',
    '0/../000',
    '0/%2e%2e/log-keys/1.pem',
  ])('is refused as %s, for each tile has one path', async (path) => {
    const answer = await world.client.send('GET', `${world.client.url}/log/tile/${path}`)
    expect([400, 404]).toContain(answer.status)
  })
})

describe('the keys of the log', () => {
  it('are listed, with a warning that this is no reason to trust them', async () => {
    const { items } = logKeyList.parse(jsonOf(await world.client.get('/log/keys')))
    expect(items).toHaveLength(1)
    expect(items[0]?.key).toMatch(/^localhost\/tidemark-[0-9a-f]{8}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/)
  })

  it('can be read by nobody but who runs it', async () => {
    const { mode } = await stat(join(world.dataDir, 'log-keys', '1.pem'))
    expect(mode & 0o077).toBe(0)
    expect(await readFile(join(world.dataDir, 'log-keys', 'origin'), 'utf8')).toMatch(/^localhost/)
  })
})

describe('an event that is recorded', () => {
  it('is in a checkpoint once the log has caught up, whatever the passports do', async () => {
    const before = await newest()
    await world.client.post('/v1/pickups', world.runtime.credentials.keys.station, aPickup())
    await world.runtime.logged()
    expect((await newest()).size).toBe(before.size + 1n)
  })
})

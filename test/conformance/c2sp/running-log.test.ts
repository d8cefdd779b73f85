import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logKeyList } from '../../../shared/contract/answers/service.ts'
import { proveConsistency } from '../../../shared/ledger/merkle/consistency.ts'
import { tilePath } from '../../../shared/ledger/merkle/tile.ts'
import { tileReader } from '../../../shared/ledger/merkle/tiles.ts'
import { download } from '../../bundles.ts'
import { jsonOf } from '../../client.ts'
import { aPickup } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { run } from '../../infra/verify/processes.ts'
import { eventsIn, wholeTable } from '../../table.ts'
import {
  cosignedAt,
  leafOf,
  readCheckpoint,
  readKey,
  readLog,
  readProof,
  verifyEntry,
  verifyGrowth,
  type GetTile,
  type Key,
} from './verifier.ts'

/** What the running system shows of its log, held to its standards by the verifier that shares no code with it. */
let world: InProcess
let log: Key

beforeAll(async () => {
  world = await startInProcess('demo')
  await world.runtime.logged()
  const { items } = logKeyList.parse(jsonOf(await world.client.get('/log/keys')))
  log = readKey(items[0]?.key ?? '')
})
afterAll(() => world.end())

const checkpoint = async (): Promise<string> => (await world.client.get('/log/checkpoint')).text

const getTile: GetTile = async (path) => {
  const { status, bytes } = await world.client.get(`/log/${path}`)
  expect(status).toBe(200)
  return bytes
}

/** Enough for tiles of two levels. */
async function manyPickups(): Promise<void> {
  const key = world.runtime.credentials.keys.station
  for (let n = 0; n < 240; n += 20) {
    const some = Array.from({ length: 20 }, () => world.client.post('/v1/pickups', key, aPickup()))
    for (const { status } of await Promise.all(some)) expect(status).toBe(201)
  }
  await world.runtime.logged()
}

it('imports nothing but hashes and signatures of Node', async () => {
  const source = await readFile(fileURLToPath(new URL('verifier.ts', import.meta.url)), 'utf8')
  const imports = [...source.matchAll(/\bfrom '([^']+)'|\bimport\(/g)].map(([, from]) => from)
  expect(imports).toEqual(['node:crypto'])
})

describe('the second verifier', () => {
  it('accepts that the log has the product’s last event, by that event’s own bytes', async () => {
    const { lines } = await download(world.client, `/b/${world.runtime.story?.product ?? ''}/proof`)
    const [header] = lines
    if (header?.kind !== 'header') throw new Error('a bundle begins with its header')
    const { head, proof } = header.header
    const text = lines.flatMap((line) =>
      line.kind === 'event' && leafOf(Buffer.from(line.text)).toString('hex') === head ? [line.text] : [],
    )[0]
    const entry = Buffer.from(text ?? '')
    expect(verifyEntry(entry, proof, log).size).toBe(readCheckpoint(await checkpoint(), log).size)

    expect(() => verifyEntry(Buffer.from(`${text} `), proof, log)).toThrow('the path does not lead')
    const index = `index ${readProof(proof).index}`
    expect(() => verifyEntry(entry, proof.replace(index, 'index 3'), log)).toThrow('the path')
    expect(() => verifyEntry(entry, proof.replace(/\n(\d+)\n/, '\n99\n'), log)).toThrow('has not signed')
    const other: Key = { ...log, id: '00000000' }
    expect(() => verifyEntry(entry, proof, other)).toThrow('has not signed')
  })

  it('accepts that the log grew, and reads all of it from its tiles: every event of the table once', async () => {
    const older = readCheckpoint(await checkpoint(), log)
    await manyPickups()
    const newer = readCheckpoint(await checkpoint(), log)
    expect(newer.size).toBe(older.size + 240n)
    const load = tileReader(newer.size, async (tiles) =>
      Promise.all(tiles.map((tile) => getTile(tilePath(tile)))),
    )
    const proof = await proveConsistency(older.size, newer.size, load)
    if (!proof.ok) throw new Error(proof.why)
    const hashes = proof.value.map((hash) => Buffer.from(hash))
    verifyGrowth(older, newer, hashes)
    expect(() => verifyGrowth(older, newer, hashes.slice(1))).toThrow('the proof')
    expect(() => verifyGrowth({ ...older, size: older.size - 1n }, newer, hashes)).toThrow('the proof')

    const leaves = await readLog(newer, getTile)
    const events = eventsIn(await wholeTable()).map(({ hash }) => hash)
    expect(leaves.map((leaf) => leaf.toString('hex')).toSorted()).toEqual(events.toSorted())
    const changed: GetTile = async (path) => Buffer.from((await getTile(path)).map((byte) => byte ^ 1))
    await expect(readLog(newer, changed)).rejects.toThrow('the leaves are not those of the root')
  })

  it('accepts what a witness has cosigned', async () => {
    const folder = join(world.dataDir, 'witness')
    const args = [
      '--key-file',
      join(world.dataDir, 'witness.key'),
      '--folder',
      folder,
      '--name',
      'w.example/1',
    ]
    const { code, out, err } = await run('witness', [`${world.client.url}/log`, ...args])
    expect(code).toBe(0)
    const witness = readKey(/^\S+/.exec(err)?.[0] ?? '')
    expect(Math.abs(Number(cosignedAt(out, witness)) - Date.now() / 1000)).toBeLessThan(60)
    expect(readCheckpoint(out, log)).toEqual(readCheckpoint(await checkpoint(), log))
    expect(() => cosignedAt(out.replace(/\n\d+\n/, '\n1\n'), witness)).toThrow('does not fit')
  })
})

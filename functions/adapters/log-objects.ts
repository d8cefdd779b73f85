import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FULL, tilePath, type Tile } from '../../shared/ledger/merkle/tile.ts'
import type { LoadTiles, TileContents } from '../../shared/ledger/merkle/tiles.ts'
import { env, region, sendSigned } from './signed-request.ts'

/**
 * The log's files, all of which are written once and never change: `tile/…` as tlog-tiles names them, and
 * `checkpoint/<size>`, each that was ever signed. They are in the bucket `LOG_BUCKET`, where whole tiles and checkpoints
 * are locked against whoever would remove them, or in the folder `LOG_FOLDER` of this machine.
 */
interface Objects {
  readonly get: (path: string) => Promise<Uint8Array | undefined>
  readonly put: (path: string, bytes: Uint8Array<ArrayBuffer>, kept: Kept) => Promise<void>
  /** Names in a folder, in no order. */
  readonly list: (folder: string) => Promise<readonly string[]>
}

/**
 * `for-good`: nobody can remove it, or put another in its place. `while-needed`: a partial tile, which a whole one will
 * take the place of; the monitor puts those of the edge again, and all others end by themselves. `replaced`: the one file
 * that is no part of the log.
 */
type Kept = 'for-good' | 'while-needed' | 'replaced'

/** How long what is kept for good is locked: longer than anybody asks for records of recycled material. */
const LOCKED_YEARS = 10

const objects = (): Objects => {
  const folder = process.env['LOG_FOLDER']
  return folder === undefined ? inBucket(env('LOG_BUCKET')) : inFolder(folder)
}

/** Tiles in the order asked. In place of a partial one that has ended, its beginning of the whole one. */
export const loadTiles: LoadTiles = async (tiles) => {
  const { get } = objects()
  return Promise.all(tiles.map(async (tile) => (await get(tilePath(tile))) ?? (await partOfWhole(tile, get))))
}

async function partOfWhole(tile: Tile, get: Objects['get']): Promise<Uint8Array | undefined> {
  return tile.width === FULL ? undefined : get(tilePath({ ...tile, width: FULL }))
}

export async function putTiles(tiles: readonly TileContents[]): Promise<void> {
  const { put } = objects()
  await Promise.all(
    tiles.map(({ tile, bytes }) =>
      put(tilePath(tile), Uint8Array.from(bytes), tile.width === FULL ? 'for-good' : 'while-needed'),
    ),
  )
}

const checkpointPath = (size: bigint): string => `checkpoint/${size}`

export async function putCheckpoint(size: bigint, note: string): Promise<void> {
  await objects().put(checkpointPath(size), new TextEncoder().encode(note), 'for-good')
}

/** A checkpoint that was signed at this size, a signed note. */
export async function loadCheckpoint(size: bigint): Promise<string | undefined> {
  const bytes = await objects().get(checkpointPath(size))
  return bytes && new TextDecoder().decode(bytes)
}

/** Sizes at which checkpoints were signed and kept, the smallest first. */
export async function keptCheckpoints(): Promise<bigint[]> {
  const names = await objects().list('checkpoint')
  const sizes = names.filter((name) => /^\d+$/.test(name)).map(BigInt)
  return sizes.sort((a, b) => (a < b ? -1 : 1))
}

/** Where the monitor keeps what it saw the last time. */
const SEEN = 'monitor/seen'

export async function keepSeen(note: string): Promise<void> {
  await objects().put(SEEN, new TextEncoder().encode(note), 'replaced')
}

export async function readSeen(): Promise<string | undefined> {
  const bytes = await objects().get(SEEN)
  return bytes && new TextDecoder().decode(bytes)
}

function inBucket(bucket: string): Objects {
  const endpoint = process.env['LOG_ENDPOINT'] ?? `https://${bucket}.s3.${region()}.amazonaws.com`
  return {
    get: async (path) => {
      const answer = await sendSigned({ service: 's3', method: 'GET', url: `${endpoint}/${path}` })
      if (answer.status === 404) return undefined
      if (!answer.ok) throw new Error(`storage answered ${answer.status} when ${path} was read`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    put: async (path, body, kept) => {
      const headers = headersOf(body, kept, new Date())
      const { status } = await sendSigned({
        service: 's3',
        method: 'PUT',
        url: `${endpoint}/${path}`,
        headers,
        body,
      })
      // 412: it is there already, and 409: somebody is putting it. Whoever puts the same path puts the same bytes.
      if (status !== 200 && !(kept === 'for-good' && (status === 412 || status === 409)))
        throw new Error(`storage answered ${status} when ${path} was put`)
    },
    list: async (folder) => {
      const names: string[] = []
      let after = ''
      for (;;) {
        const asked = new URLSearchParams({ 'list-type': '2', prefix: `${folder}/`, 'start-after': after })
        const answer = await sendSigned({
          service: 's3',
          method: 'GET',
          url: `${endpoint}/?${asked.toString()}`,
        })
        if (!answer.ok) throw new Error(`storage answered ${answer.status} when ${folder} was listed`)
        const keys = [...(await answer.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key)
        names.push(...keys.map((key) => key.slice(folder.length + 1)))
        const last = keys.at(-1)
        if (last === undefined) return names
        after = last
      }
    },
  }
}

function headersOf(body: Uint8Array, kept: Kept, now: Date): Record<string, string> {
  const common = {
    'content-type': 'application/octet-stream',
    'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
  }
  if (kept === 'replaced') return common
  if (kept === 'while-needed') return { ...common, 'x-amz-tagging': 'partial=true' }
  const until = new Date(now)
  until.setUTCFullYear(until.getUTCFullYear() + LOCKED_YEARS)
  return {
    ...common,
    'if-none-match': '*',
    'x-amz-object-lock-mode': process.env['LOG_LOCK'] ?? 'GOVERNANCE',
    'x-amz-object-lock-retain-until-date': until.toISOString(),
  }
}

function inFolder(folder: string): Objects {
  return {
    get: async (path) => readFile(join(folder, path)).then(plain, absent),
    // Written aside and renamed, each before the next: a reader, or a machine that lost its power, finds the whole file or
    // none, and whatever the head rests on is there.
    put: async (path, bytes) => {
      const file = join(folder, path)
      const part = `${file}.${randomUUID()}.part`
      await mkdir(dirname(file), { recursive: true })
      await synced(part, 'w', (handle) => handle.writeFile(bytes))
      await rename(part, file)
      await synced(dirname(file), 'r')
    },
    list: async (path) => (await readdir(join(folder, path)).catch(absent)) ?? [],
  }
}

/** Opens a file, or a folder for its names, and closes it when all that was written is on the disk. */
async function synced(
  path: string,
  flags: string,
  write: (handle: FileHandle) => Promise<void> = async () => {},
): Promise<void> {
  const handle = await open(path, flags)
  try {
    await write(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const plain = ({ buffer, byteOffset, length }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length)

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined
  throw error
}

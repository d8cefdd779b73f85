import { setTimeout } from 'node:timers/promises'
import { tilePath, FULL, type Tile } from '../../shared/ledger/merkle/tile.ts'
import type { LoadTiles } from '../../shared/ledger/merkle/tiles.ts'
import { linesOf, parseLine, type Sample } from '../../shared/verification/bundle.ts'

/** What a stranger asks of the service, and nothing that they believe. */
export interface Place {
  /** Such as `http://127.0.0.1:3000`. */
  readonly base: string
  readonly batch: string
}

/** It did not answer as it must. */
export class NoAnswer extends Error {}

const isBatchPath = /^\/b\/([^/]+?)(?:\/proof)?\/?$/

/** Where a batch is told of. An address that is none of a batch itself, as a product's code, is followed to where it leads. */
export async function findPlace(address: string): Promise<Place> {
  const url = new URL(address)
  const [, batch] = isBatchPath.exec(url.pathname) ?? []
  if (batch !== undefined) return { base: url.origin, batch: batch.toUpperCase() }
  const led = new URL((await ask(address, { headers: { accept: 'application/json' } })).url)
  const [, found] = isBatchPath.exec(led.pathname) ?? []
  if (found === undefined)
    throw new NoAnswer(`${address} leads to no batch; give the address of its page, …/b/<number>.`)
  return { base: led.origin, batch: found }
}

/** Whether what was given is an address, and not a file. */
export const isAddress = (source: string): boolean => /^https?:\/\//.test(source)

const NOT_YET_TIMES = 10

/** Asks, and asks again while the answer is that it is not there yet. */
async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  for (let times = 1; ; times++) {
    const answer = await fetch(url, init).catch((cause: unknown) => {
      throw new NoAnswer(`${new URL(url).origin} does not answer`, { cause })
    })
    if (answer.ok) return answer
    const text = await answer.text()
    if (answer.status !== 503 || times === NOT_YET_TIMES)
      throw new NoAnswer(`${url} answers ${answer.status}: ${detailOf(text)}`)
    await setTimeout(1000 * Math.min(5, Number(answer.headers.get('retry-after') ?? 1)))
  }
}

function detailOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text)
    const said = typeof problem === 'object' && problem && 'detail' in problem ? problem.detail : ''
    return String(said)
  } catch {
    return text.slice(0, 200)
  }
}

/** The lines of a bundle, page after page. */
export async function* downloadBundle(
  { base, batch }: Place,
  { sample, as }: { readonly sample?: Sample; readonly as?: string },
): AsyncGenerator<string, void, undefined> {
  const path = as === undefined ? `/b/${batch}/proof` : `/v1/batches/${batch}/proof`
  const headers = as === undefined ? undefined : { authorization: `Bearer ${as}` }
  const first = sample ? { sample: String(sample.share), seed: sample.seed } : {}
  for (let query: Record<string, string> | undefined = first; query;) {
    const answer = await ask(
      `${base}${path}?${new URLSearchParams(query).toString()}`,
      headers && { headers },
    )
    query = undefined
    if (!answer.body) throw new NoAnswer(`${base}${path} answers with nothing`)
    for await (const line of linesOf(answer.body)) {
      const read = parseLine(line)
      if (read.ok && read.value.kind === 'next') query = { cursor: read.value.cursor }
      yield line
    }
  }
}

/** What the log has signed last. */
export const downloadCheckpoint = async (log: string): Promise<string> =>
  (await ask(`${log}/checkpoint`)).text()

/** The keys that the service says are its log's. */
export async function downloadKeys(log: string): Promise<string[]> {
  const list: unknown = await (await ask(`${log}/keys`)).json()
  const items: unknown = typeof list === 'object' && list && 'items' in list ? list.items : []
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown) =>
    typeof item === 'object' && item && 'key' in item && typeof item.key === 'string' ? [item.key] : [],
  )
}

/** The page's own figures. */
export const downloadPassport = async ({ base, batch }: Place): Promise<unknown> =>
  (await ask(`${base}/b/${batch}`, { headers: { accept: 'application/json' } })).json()

/** Tiles of a log; a whole one where a partial one is not there any more. */
export const tilesOf =
  (log: string): LoadTiles =>
  (tiles) =>
    Promise.all(tiles.map((tile) => downloadTile(log, tile)))

async function downloadTile(log: string, tile: Tile): Promise<Uint8Array | undefined> {
  const answer = await fetch(`${log}/${tilePath(tile)}`)
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
  return tile.width === FULL ? undefined : downloadTile(log, { ...tile, width: FULL })
}

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keys } from '../seed.ts'

/**
 * Who tells the week: it sends requests with the demo's keys, as each party's own system would, and says in words what
 * came of them. A request that is refused ends the week, unless the refusal is what is to be shown.
 */
export interface Teller {
  readonly url: string
  /** The demo co-op, with stations, warehouse, plant and moulding works. */
  readonly coop: Keys
  /** The Zhoushan co-op, which collects and ships to it. */
  readonly zhoushan: Keys
  readonly post: <T>(path: string, key: string, body: object) => Promise<T>
  readonly get: <T>(path: string, key?: string) => Promise<T>
  /** Sends what will be refused, and gives the refusal; throws if it was accepted. */
  readonly refused: (path: string, key: string, body: object) => Promise<Problem>
  readonly heading: (text: string) => void
  readonly say: (text: string) => void
  /** The nth day of the week at an hour (UTC). */
  readonly at: (day: number, hour: number) => string
}

export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly blockedBy?: readonly string[]
}

const DAY_MS = 86_400_000

/** A week that ended yesterday, so that nothing in it lies in the future. */
export function weekBefore(now: Date): (day: number, hour: number) => string {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const monday = today - 8 * DAY_MS
  return (day, hour) => new Date(monday + day * DAY_MS + hour * 3_600_000).toISOString()
}

export async function makeTeller(
  url: string,
  dataDir: string,
  now: Date,
  write: (line: string) => void,
): Promise<Teller> {
  const credentials = await readCredentials(dataDir)
  const send = async (path: string, key: string, body: object): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    })
  return {
    url,
    coop: credentials.keys,
    zhoushan: credentials.other.keys,
    at: weekBefore(now),
    heading: (text) => write(`\n${text}\n${'─'.repeat(Math.min(80, text.length))}`),
    say: (text) => write(`  ${text}`),
    post: async <T>(path: string, key: string, body: object): Promise<T> => {
      const response = await send(path, key, body)
      const text = await response.text()
      if (!response.ok) throw new Error(`${path} was refused: ${text}`)
      const answer: T = JSON.parse(text)
      return answer
    },
    get: async <T>(path: string, key?: string): Promise<T> => {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
      const response = await until(
        () => fetch(url + path, { headers: { accept: 'application/json', ...headers } }),
        // What is being made, such as a page that follows the stream, is asked for again.
        ({ status }) => status !== 503,
      )
      const text = await response.text()
      if (!response.ok) throw new Error(`${path} was refused: ${text}`)
      const answer: T = JSON.parse(text)
      return answer
    },
    refused: async (path, key, body) => {
      const response = await send(path, key, body)
      if (response.ok) throw new Error(`${path} was accepted; a refusal was to be shown`)
      const problem: Problem = JSON.parse(await response.text())
      return problem
    },
  }
}

interface Credentials {
  readonly keys: Keys
  readonly other: { readonly keys: Keys }
}

async function readCredentials(dataDir: string): Promise<Credentials> {
  const file = join(dataDir, 'credentials.json')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(
      `There is no ${file}; start Tidemark first (npm start), or set DATA_DIR as it was started with.`,
    )
  })
  const credentials: Credentials = JSON.parse(text)
  return credentials
}

const POLL_MS = 100
const PATIENCE_MS = 20_000

/** Looks again until it is so, or gives what it saw last. */
export async function until<T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (isSo(found) || Date.now() > deadline) return found
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

import { linesOf, parseLine } from '../../shared/verification/bundle.ts'

/** Why nothing can be said, as messages of errors: it could not be fetched, or is not in the log yet. */
export const UNREACHABLE = 'unreachable'
export const NOT_YET = 'notYet'

const TRIES = 4
const PAUSE_MS = 2_000

export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

/** Fetches what is there now and not what some cache has kept; where it is not ready yet, it asks again. */
export async function fetched(path: string): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(path, { cache: 'no-store', redirect: 'error' }).catch(() => undefined)
    if (answer?.ok || answer?.status === 404) return answer
    if (answer?.status !== 503) throw new Error(UNREACHABLE)
    if (tries === TRIES) throw new Error(NOT_YET)
    await pause()
  }
}

/** The lines of the proof of a batch, page after page. */
export async function* proofLines(batch: string): AsyncGenerator<string, void, undefined> {
  const path = `/b/${batch}/proof`
  for (let query: string | undefined = ''; query !== undefined;) {
    const { ok, body } = await fetched(path + query)
    query = undefined
    if (!ok || !body) throw new Error(UNREACHABLE)
    for await (const line of linesOf(piecesOf(body))) {
      const next = line.startsWith('{"next"') ? parseLine(line) : undefined
      if (next?.ok && next.value.kind === 'next') query = `?cursor=${encodeURIComponent(next.value.cursor)}`
      yield line
    }
  }
}

/** Not every browser goes through a stream by itself. A connection that breaks is one. */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(UNREACHABLE)
    })
    if (done) return
    yield value
  }
}

export const newestCheckpoint = async (): Promise<string> => (await fetched('/log/checkpoint')).text()

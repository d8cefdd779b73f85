import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { makePassport } from '../../../shared/domain/passport/make-passport.ts'
import { parseTilePath } from '../../../shared/ledger/merkle/tile.ts'
import { printVerifierKey } from '../../../shared/ledger/verifier-key.ts'
import type { Signer } from '../../shared/ledger/signers.ts'
import {
  printEnd,
  printEvent,
  printHeader,
  printNext,
  printSigned,
} from '../../../shared/verification/bundle.ts'
import type { Evidence, MemoryLog, Parts } from '../../shared/verification/evidence.ts'

/** A service that shows what it is told to, lies included. Whatever is set counts from the next request on. */
export interface Served {
  readonly url: string
  parts: Parts
  log: MemoryLog
  keys: readonly string[]
  page: unknown
  /** Changes a tile on its way; undefined where it is not there. */
  tampered: (bytes: Uint8Array) => Uint8Array | undefined
  /** What was asked for so far. */
  readonly requests: string[]
  readonly close: () => Promise<void>
}

export async function serve(evidence: Evidence, parts: Parts, signer: Signer): Promise<Served> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const served: Served = {
    url: `http://127.0.0.1:${port}`,
    parts,
    log: evidence.log,
    keys: [printVerifierKey(signer.key)],
    page: pageOf(evidence, parts.batch),
    tampered: (bytes) => bytes,
    requests: [],
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  server.on('request', (request, response) => {
    served.requests.push(request.url ?? '')
    void sendTo(response, answerTo(served, request))
  })
  return served
}

async function sendTo(
  response: ServerResponse,
  answer: Promise<string | Uint8Array | undefined>,
): Promise<void> {
  const body = await answer
  response.statusCode = body === undefined ? 404 : 200
  response.end(body ?? '{"detail":"There is nothing here."}')
}

function pageOf({ subjects }: Evidence, id: string): unknown {
  const batch = subjects.get(id)
  if (batch?.kind !== 'batch') throw new Error(`there is no batch ${id}`)
  return makePassport(batch, { organisations: [], holds: [], certificates: [], revision: 1 })
}

async function answerTo(
  served: Served,
  { url = '' }: IncomingMessage,
): Promise<string | Uint8Array | undefined> {
  const { pathname, searchParams } = new URL(url, served.url)
  if (pathname === '/log/checkpoint') return served.log.checkpoint
  if (pathname === '/log/keys') return JSON.stringify({ items: served.keys.map((key) => ({ key })) })
  if (pathname.startsWith('/log/tile/')) {
    const tile = parseTilePath(pathname.slice('/log/'.length))
    const [bytes] = tile.ok ? await served.log.loadTiles([tile.value]) : []
    return bytes && served.tampered(bytes)
  }
  if (pathname.endsWith('/proof')) return pageOfBundle(served.parts, searchParams.get('cursor'))
  return pathname.startsWith('/b/') ? JSON.stringify(served.page) : undefined
}

/** Two pages: so many events, and the rest. */
const ON_FIRST_PAGE = 5

function pageOfBundle({ events, signed, ...header }: Parts, cursor: string | null): string {
  const lines =
    cursor === null
      ? [printHeader(header), ...events.slice(0, ON_FIRST_PAGE).map(printEvent), printNext('2')]
      : [...events.slice(ON_FIRST_PAGE).map(printEvent), ...signed.map(printSigned), printEnd()]
  return lines.join('')
}

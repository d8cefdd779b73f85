import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The network between a phone and the service, which a test can break: a forward proxy that the browser is told to use,
 * so that pages keep their real address and service workers are met by it too.
 */
export interface Network {
  readonly port: number
  /** How requests fare from now on. */
  readonly become: (weather: Weather) => void
  /** What was asked for, as `POST /v1/pickups`, since the last time this was called. */
  readonly taken: () => readonly string[]
  readonly close: () => Promise<void>
}

/** What the network makes of a request to the API; `fair` lets it pass. */
export type Fault =
  /** No connection. */
  | 'down'
  /** The service has it, and its answer is lost. */
  | 'answer-lost'
  /** The service does not get it, and somebody answers in its place. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

export type Weather = 'fair' | ((path: string, method: string) => Fault | undefined)

/** All is down, pages included. */
export const DOWN: Weather = () => 'down'

export async function startNetwork(): Promise<Network> {
  let weather: Weather = 'fair'
  let taken: string[] = []
  const server = createServer((asked, answer) => {
    const url = new URL(asked.url ?? '')
    const method = asked.method ?? 'GET'
    taken.push(`${method} ${url.pathname}`)
    const fault = weather === 'fair' ? undefined : weather(url.pathname, method)
    if (fault === 'down') return asked.socket.destroy()
    if (typeof fault === 'object') return standIn(fault, asked, answer)
    return pass(asked, answer, url, fault === 'answer-lost')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server.address()),
    become: (next) => {
      weather = next
    },
    taken: () => {
      const all = taken
      taken = []
      return all
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0

function standIn(
  { status, headers = {}, body = '' }: Exclude<Fault, string>,
  asked: IncomingMessage,
  answer: ServerResponse,
): void {
  asked.resume()
  asked.on('end', () => answer.writeHead(status, headers).end(body))
}

function pass(asked: IncomingMessage, answer: ServerResponse, url: URL, loses: boolean): void {
  const onward = request(url, { method: asked.method, headers: asked.headers }, (got) => {
    if (loses) {
      // Read to its end first: what the service did, it has done.
      got.resume()
      got.on('end', () => asked.socket.destroy())
      return
    }
    answer.writeHead(got.statusCode ?? 502, got.headers)
    got.pipe(answer)
  })
  onward.on('error', () => asked.socket.destroy())
  asked.on('error', () => onward.destroy())
  asked.pipe(onward)
}

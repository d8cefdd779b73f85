import { once } from 'node:events'
import type { Server } from 'node:http'

/** Opening and shutting the door of the local runtime. */

/** To listen on these is to listen on all; nobody can be sent to them. */
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '::0'])

/** Resolves to the address at which this machine reaches the server; port 0 is any free one. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  const reached = EVERY_ADDRESS.has(host) ? '127.0.0.1' : host
  const shown = reached.includes(':') ? `[${reached}]` : reached
  return `http://${shown}:${address.port}`
}

const GRACE_MS = 5_000
const CLOSE_IDLE_MS = 20

/** Requests that are under way are answered, new ones are not taken; who dawdles longer than the grace is cut off. */
export async function stopServing(server: Server, graceMs = GRACE_MS): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // Clients keep connections open after their answer, so those fall idle one after the other.
  const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS)
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(closing)
  clearTimeout(cutOff)
}

import { once } from 'node:events'
import type { Server } from 'node:http'

/** Opening and shutting the door of the local runtime. */

/** Resolves to the address that is listened on; port 0 is any free one. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  const shown = host.includes(':') ? `[${host}]` : host
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

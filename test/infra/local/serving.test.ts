import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { listen, stopServing } from '../../../infra/local/serving.ts'

let server: Server
let socket: Socket
afterEach(() => {
  socket.destroy()
  server.close()
})

/** A connection that its client keeps open, on which one request was sent. */
async function given(answer: RequestListener): Promise<void> {
  server = createServer({ keepAliveTimeout: 0 }, answer)
  const { port } = new URL(await listen(server, { host: '127.0.0.1', port: 0 }))
  socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
}

/** So long that a test which depended on it would never end. */
const NEVER_MS = 2 ** 31 - 1

it('stops without waiting for a connection that is merely kept open', async () => {
  await given((_, response) => response.end('answered'))
  await once(socket, 'data')
  await stopServing(server, NEVER_MS)
  expect(server.listening).toBe(false)
})

it('answers what is under way before it stops', async () => {
  const asked = Promise.withResolvers<() => void>()
  await given((_, response) => asked.resolve(() => response.end('answered')))
  const answer = await asked.promise
  const stopped = stopServing(server, NEVER_MS)
  answer()
  const [answered] = await once(socket, 'data')
  expect(String(answered)).toContain('answered')
  await stopped
})

it('cuts off who dawdles longer than the grace', async () => {
  const asked = Promise.withResolvers<void>()
  await given(() => asked.resolve())
  await asked.promise
  const cutOff = once(socket, 'close')
  await stopServing(server, 1)
  await cutOff
  expect(server.listening).toBe(false)
})

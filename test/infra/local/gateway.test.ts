import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createGateway } from '../../../infra/local/gateway.ts'
import { listen, stopServing } from '../../../infra/local/serving.ts'

it('says nothing of a caller who hangs up in the middle of an upload', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const server = createGateway({
    handlers: new Map(),
    authorizer: () => Promise.reject(new Error('nobody is to be asked before the body is there')),
    isReady: () => true,
    elsewhere: () => Promise.resolve(false),
  })
  onTestFinished(() => said.mockRestore())
  const { port } = new URL(await listen(server, { host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(port), '127.0.0.1')
  const asked = once(server, 'request')
  socket.write('POST /v1/pickups HTTP/1.1\r\nhost: here\r\ncontent-length: 1000\r\n\r\n{"siteId":')
  const [request] = await asked
  socket.destroy()
  await new Promise((resolve) => request.once('close', resolve))
  await stopServing(server)
  expect(said).not.toHaveBeenCalled()
})

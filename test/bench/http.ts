import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { World } from './world.ts'

/** A lean HTTP client that keeps its connections: what it costs itself is part of every row called "gateway". */
const agent = new Agent({ keepAlive: true })

/** The headers of a call that changes something: a key, and an Idempotency-Key never used before. */
export const postHeaders = ({ key }: World): Record<string, string> => ({
  authorization: `Bearer ${key}`,
  'content-type': 'application/json',
  'idempotency-key': randomUUID(),
})

/** Sends one request and resolves to the body; throws unless the status is the expected one. */
export function call(
  url: string,
  expected: number,
  options: {
    readonly method?: string
    readonly headers?: Record<string, string>
    readonly body?: string
  } = {},
): Promise<string> {
  const { method = 'GET', headers = {}, body } = options
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (response.statusCode === expected) return resolve(text)
        reject(new Error(`${method} ${url} answered ${response.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

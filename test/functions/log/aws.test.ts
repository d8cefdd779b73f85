import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadTiles, putCheckpoint, putTiles } from '../../../functions/adapters/log-objects.ts'
import { signTree } from '../../../functions/adapters/log-signer.ts'
import { openCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import { FULL, tilePath, type Tile } from '../../../shared/ledger/merkle/tile.ts'
import {
  ED25519,
  printVerifierKey,
  verifierKey,
  type VerifierKey,
} from '../../../shared/ledger/verifier-key.ts'

/** S3 and KMS as they are asked, by servers that answer as those do. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

type Answer = readonly [status: number, body?: string | Buffer]

let server: Server
let asked: Asked[]
let answer: (request: Asked) => Answer

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  const environment = {
    LOG_BUCKET: 'log',
    LOG_ENDPOINT: url,
    KMS_ENDPOINT: `${url}/`,
    LOG_LOCK: 'COMPLIANCE',
    LOG_ORIGIN: 'trace.example.org/log',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    TABLE_NAME: 'table',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request
  const one = { method, path: url.slice(1), headers, body: Buffer.concat(await request.toArray()) }
  asked.push(one)
  const [status, body] = answer(one)
  response.writeHead(status).end(body)
}

const whole: Tile = { level: 0, index: 3n, width: FULL }
const partial: Tile = { level: 0, index: 4n, width: 2 }
const bytesOf = ({ width }: Tile): Uint8Array => new Uint8Array(width * 32).fill(7)

describe('the files of the log in S3', () => {
  it('are put signed, with their checksum, whole tiles and checkpoints locked and never over another', async () => {
    answer = () => [200]
    await putTiles([{ tile: whole, bytes: bytesOf(whole) }])
    await putCheckpoint(7n, 'a note')
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT tile/0/003',
      'PUT checkpoint/7',
    ])
    for (const { headers, body } of asked) {
      expect(headers).toMatchObject({
        'if-none-match': '*',
        'x-amz-object-lock-mode': 'COMPLIANCE',
        'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
        'x-amz-security-token': 'token',
      })
      const until = new Date(String(headers['x-amz-object-lock-retain-until-date']))
      expect(until.getUTCFullYear()).toBe(new Date().getUTCFullYear() + 10)
      const signed = /SignedHeaders=([^,]+),/.exec(headers.authorization ?? '')?.[1]?.split(';')
      expect(signed).toEqual(
        expect.arrayContaining(['host', 'if-none-match', 'x-amz-object-lock-mode', 'x-amz-content-sha256']),
      )
    }
  })

  it('are put with an end where a tile is partial, and may be put again', async () => {
    answer = () => [200]
    await putTiles([{ tile: partial, bytes: bytesOf(partial) }])
    expect(asked[0]?.headers).toMatchObject({ 'x-amz-tagging': 'partial=true' })
    expect(asked[0]?.headers['if-none-match']).toBeUndefined()
    expect(asked[0]?.headers['x-amz-object-lock-mode']).toBeUndefined()
  })

  it.each([412, 409])('that are there already are as good as put (%i)', async (status) => {
    answer = () => [status]
    await putTiles([{ tile: whole, bytes: bytesOf(whole) }])
    await expect(putTiles([{ tile: partial, bytes: bytesOf(partial) }])).rejects.toThrow(String(status))
  })

  it('that S3 does not take fail, also where it was only busy for too long', async () => {
    answer = () => [403]
    await expect(putCheckpoint(1n, 'note')).rejects.toThrow('storage answered 403 when checkpoint/1 was put')
    expect(asked).toHaveLength(1)
    answer = () => (asked.length < 3 ? [503] : [200])
    await putCheckpoint(1n, 'note')
    expect(asked).toHaveLength(3)
  })

  it('are read by their path; of a partial tile that has ended, the beginning of the whole one is read', async () => {
    answer = ({ path }) =>
      path === tilePath({ ...partial, width: FULL }) ? [200, Buffer.alloc(8192, 9)] : [404]
    const [missing, stoodIn] = await loadTiles([whole, partial])
    expect(missing).toBeUndefined()
    expect(stoodIn?.length).toBe(8192)
    answer = () => [403]
    await expect(loadTiles([whole])).rejects.toThrow('storage answered 403')
  })
})

describe('the keys of the log in KMS', () => {
  const keys = new Map<string, KeyObject>()
  const publicOf = new Map<string, Buffer>()
  const table = mockClient(DynamoDBClient)

  const newKey = async (arn: string): Promise<VerifierKey> => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    keys.set(arn, privateKey)
    publicOf.set(arn, spki)
    const key = await verifierKey('trace.example.org/log', ED25519, Uint8Array.from(spki.subarray(-32)))
    if (!key.ok) throw new Error(key.why)
    return key.value
  }

  const kms = ({ headers, body }: Asked): Answer => {
    const { KeyId, Message, ...how }: Record<string, string> = JSON.parse(body.toString())
    const key = keys.get(KeyId ?? '')
    if (!key || Object.values(how).some((value) => !['RAW', 'ED25519_SHA_512'].includes(value))) return [400]
    if (headers['x-amz-target'] === 'TrentService.GetPublicKey')
      return [200, JSON.stringify({ PublicKey: publicOf.get(KeyId ?? '')?.toString('base64') })]
    const signature = sign(null, Buffer.from(Message ?? '', 'base64'), key)
    return [200, JSON.stringify({ Signature: signature.toString('base64') })]
  }

  const head = { size: 5n, root: new Uint8Array(32).fill(1) }
  const trusting = (...known: VerifierKey[]) => ({ origin: 'trace.example.org/log', keys: known })

  beforeEach(() => {
    table.reset()
    table.on(PutItemCommand).resolves({})
    answer = kms
  })

  it('sign what the head says, and are remembered before they do', async () => {
    const key = await newKey('arn:one')
    vi.stubEnv('LOG_KMS_KEYS', 'arn:one')
    const opened = await openCheckpoint(await signTree(head), trusting(key))
    expect(opened).toMatchObject({ ok: true, value: { size: 5n, signers: [{ id: key.id }] } })
    const [remembered] = table.commandCalls(PutItemCommand)
    expect(remembered?.args[0].input.Item).toMatchObject({ key: { S: printVerifierKey(key) } })
  })

  it('sign both while one takes the place of another, so that whoever knows one of them can verify', async () => {
    const [older, newer] = [await newKey('arn:older'), await newKey('arn:newer')]
    vi.stubEnv('LOG_KMS_KEYS', 'arn:older,arn:newer')
    const note = await signTree(head)
    for (const known of [[older], [newer], [older, newer]])
      expect(await openCheckpoint(note, trusting(...known))).toMatchObject({ ok: true })
    vi.stubEnv('LOG_KMS_KEYS', 'arn:newer')
    const later = await signTree({ ...head, size: 6n })
    expect(await openCheckpoint(later, trusting(newer))).toMatchObject({ ok: true })
    expect(await openCheckpoint(later, trusting(older))).toMatchObject({ ok: false })
    expect(await openCheckpoint(note, trusting(older))).toMatchObject({ ok: true })
  })

  it('that are no Ed25519 keys are not taken, and a refusal of KMS is an error that the next call tries anew', async () => {
    keys.set('arn:other', generateKeyPairSync('ed25519').privateKey)
    publicOf.set('arn:other', generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }))
    vi.stubEnv('LOG_KMS_KEYS', 'arn:other')
    await expect(signTree(head)).rejects.toThrow('not an Ed25519 key')
    vi.stubEnv('LOG_KMS_KEYS', 'arn:late')
    await expect(signTree(head)).rejects.toThrow('KMS answered 400 to GetPublicKey')
    const key = await newKey('arn:late')
    expect(await openCheckpoint(await signTree(head), trusting(key))).toMatchObject({ ok: true })
  })
})

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'

/** An issuer of tokens on a free port, whose every word the tests choose. It counts how often its keys are fetched. */
export interface TestIssuer {
  readonly issuer: string
  readonly jwksUri: string
  readonly publicJwk: JWK
  /** A good access token, but for what is given. */
  readonly token: (changes?: TokenChanges) => Promise<string>
  readonly fetched: () => { readonly discovery: number; readonly keys: number }
  /** From now on it answers with this status, and nothing else. */
  readonly break: (status: number | undefined) => void
  readonly stop: () => Promise<void>
}

export interface TokenChanges {
  readonly payload?: JWTPayload
  readonly without?: readonly string[]
  readonly header?: Readonly<Record<string, string>>
  readonly key?: CryptoKey | Uint8Array
}

export const AUDIENCE = 'urn:test:api'
export const SUBJECT = 'somebody'
export const KID = 'first'

export const nowSeconds = (): number => Math.floor(Date.now() / 1000)

export async function startIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const publicJwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256', use: 'sig' }
  const counts = { discovery: 0, keys: 0 }
  let broken: number | undefined
  const server = createServer(({ url }, response) => {
    const isKeys = url === '/jwks'
    counts[isKeys ? 'keys' : 'discovery'] += 1
    const body = isKeys ? { keys: [publicJwk] } : metadata()
    response
      .writeHead(broken ?? 200, { 'content-type': 'application/json' })
      .end(broken === undefined ? JSON.stringify(body) : '{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${portOf(server)}`
  const metadata = () => ({
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
  })
  const token: TestIssuer['token'] = async ({ payload = {}, without = [], header = {}, key } = {}) => {
    const claims: JWTPayload = {
      iss: issuer,
      aud: AUDIENCE,
      sub: SUBJECT,
      iat: nowSeconds(),
      exp: nowSeconds() + 300,
      ...payload,
    }
    for (const name of without) delete claims[name]
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: KID, typ: 'at+jwt', ...header })
      .sign(key ?? privateKey)
  }
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    publicJwk,
    token,
    fetched: () => ({ ...counts }),
    break: (status) => (broken = status),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port')
  return address.port
}

/** A token as anybody can write one: base64url of whatever is given, and a signature that is not one. */
export function written(header: object, payload: object, signature = ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(payload)}.${signature}`
}

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'oidc-provider'
import { writeWhole } from '../../whole-file.ts'

/** What the development issuer signs with: tokens with a P-256 key (ES256), cookies with chance. */
export interface Secrets {
  readonly signingKey: JWK
  readonly cookieKey: string
}

/** Made at the first start, in a file that only its owner reads, and found again at the next. */
export async function issuerSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'issuer.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined) {
    const kept: Secrets = JSON.parse(text)
    return kept
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { crv, x, y, d } = privateKey.export({ format: 'jwk' })
  const kid = randomBytes(9).toString('base64url')
  const signingKey: JWK = { kty: 'EC', crv, x, y, d, kid, alg: 'ES256', use: 'sig' }
  const made = { signingKey, cookieKey: randomBytes(32).toString('base64url') }
  await writeWhole(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

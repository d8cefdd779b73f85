import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import { pauseBeforeRetry } from './pause.ts'

/**
 * Requests to AWS that are signed by hand (Signature Version 4, in headers): for the few that are made of S3 and KMS, whose
 * clients would double a function's size.
 */
export interface SignedRequest {
  readonly service: 's3' | 'kms'
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

const MAX_TRIES = 4

/** Sends it, again where the service is busy or cannot be reached; resolves to whatever else it answers. */
export async function sendSigned(request: SignedRequest): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const answer = await sendOnce(request).catch((error: unknown) => {
      if (attempt + 1 >= MAX_TRIES) throw error
      return undefined
    })
    if (answer && (attempt + 1 >= MAX_TRIES || (answer.status < 500 && answer.status !== 429))) return answer
    await pauseBeforeRetry(attempt + 3)
  }
}

async function sendOnce({ service, method, url, headers = {}, body }: SignedRequest): Promise<Response> {
  const { protocol, host, hostname, port, pathname, searchParams } = new URL(url)
  const signer = new SignatureV4({
    service,
    region: region(),
    credentials: credentials(),
    sha256: Sha256,
    uriEscapePath: false,
  })
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    ...(body && { body }),
  })
  return fetch(url, {
    method,
    headers: signed.headers,
    ...(body && { body }),
    signal: AbortSignal.timeout(10_000),
  })
}

export const region = (): string => env('AWS_REGION')

function credentials(): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
  const sessionToken = process.env['AWS_SESSION_TOKEN']
  return {
    accessKeyId: env('AWS_ACCESS_KEY_ID'),
    secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken !== undefined && { sessionToken }),
  }
}

/** What the environment must say; throws where it does not, which is a mistake of deployment. */
export function env(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

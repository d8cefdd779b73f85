import * as z from 'zod/mini'
import { MAX_WAIT_SECONDS, plainCode } from '../../domain/identity/enrolment.ts'
import { jws, sha256, siteId, text } from './fields.ts'
import { described, matching, noted, wholeBetween, withDefault } from './schema.ts'

export const enrolmentBody = z.strictObject({
  siteId: described(siteId, 'The site that the phone enters for'),
  label: noted(text(60), {
    description:
      'An alias by which you know who will hold the phone; please no real name: none is needed, and it is shown to your operators, stations and auditors',
    examples: ['Boat 7', '灯塔 3 号'],
  }),
  expiresInSeconds: withDefault(
    wholeBetween(60, MAX_WAIT_SECONDS),
    900,
    'So long the code waits for its phone',
  ),
})

const coordinate = matching(/^[\w-]{43}$/, 'A coordinate is 32 bytes in base64url without padding')

export const deviceBody = z.strictObject({
  code: noted(
    z.pipe(z.string().check(z.maxLength(60)), z.transform(plainCode)),
    'As shown by the station; case, spaces and hyphens do not matter',
  ),
  publicKey: noted(
    z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: coordinate,
      y: coordinate,
    }),
    'The public key as a JWK (RFC 7517) of its required members',
  ),
  proof: described(
    jws,
    'Signed by that key: ES256, typ tidemark-enrolment+jws, kid the thumbprint of the key (RFC 7638); payload {v: 1, aud: this origin, codeSha256: hex of the SHA-256 of the code in capitals without hyphens, iat: now in whole seconds}',
  ),
})

/** What a proof says. */
export const proofPayload = z.strictObject({
  v: z.literal(1),
  aud: z.string().check(z.maxLength(300)),
  codeSha256: sha256,
  iat: z.int().check(z.positive()),
})

import * as z from 'zod'
import { MAX_WAIT_SECONDS, plainCode } from '../../domain/identity/enrolment.ts'
import { MAX_JWS_LENGTH } from '../../ledger/jws.ts'
import { sha256, siteId, text } from './fields.ts'

export const enrolmentBody = z.strictObject({
  siteId: siteId.meta({ description: 'The site that the phone enters for' }),
  label: text(60).meta({
    description:
      'An alias by which you know who will hold the phone; please no real name: none is needed, and it is shown to your operators, stations and auditors',
    examples: ['Boat 7', '灯塔 3 号'],
  }),
  expiresInSeconds: z
    .int()
    .min(60)
    .max(MAX_WAIT_SECONDS)
    .default(900)
    .meta({ description: 'So long the code waits for its phone' }),
})

const coordinate = z.string().regex(/^[\w-]{43}$/, 'A coordinate is 32 bytes in base64url without padding')

export const jws = z.string().min(1).max(MAX_JWS_LENGTH)

export const deviceBody = z.strictObject({
  code: z
    .string()
    .max(60)
    .transform(plainCode)
    .meta({ description: 'As shown by the station; case, spaces and hyphens do not matter' }),
  publicKey: z
    .strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: coordinate,
      y: coordinate,
    })
    .meta({ description: 'The public key as a JWK (RFC 7517) of its required members' }),
  proof: jws.meta({
    description:
      'Signed by that key: ES256, typ tidemark-enrolment+jws, kid the thumbprint of the key (RFC 7638); payload {v: 1, aud: this origin, codeSha256: hex of the SHA-256 of the code in capitals without hyphens, iat: now in whole seconds}',
  }),
})

/** What a proof says. */
export const proofPayload = z.strictObject({
  v: z.literal(1),
  aud: z.string().max(300),
  codeSha256: sha256,
  iat: z.int().positive(),
})

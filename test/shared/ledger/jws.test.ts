import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from '../../../shared/ledger/base64url.ts'
import { isPublicKey, isSignedBy, parseJws, signJws, thumbprintOf } from '../../../shared/ledger/jws.ts'
import { encoded, forged, newPhoneKey, withBitTurned, type PhoneKey } from '../../phone.ts'

const TYP = 'tidemark-pickup+jws'
const HEADER = { alg: 'ES256', kid: 'D7K3M9QXT2ABC', typ: TYP }
const PAYLOAD = { v: 1, text: '大陈岛 – 12.5 kg' }

let phone: PhoneKey
let jws: string
beforeAll(async () => {
  phone = await newPhoneKey()
  jws = await signJws({ kid: HEADER.kid, typ: TYP }, PAYLOAD, phone.sign)
})

describe('base64url', () => {
  it('gives back what went in, and has one text for it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64url(text)).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it.each(['QQ==', 'Q', 'QR', 'Q Q', '+_8', 'A/8', 'QUJD\n'])('does not read %j', (text) => {
    expect(fromBase64url(text)).toBeUndefined()
  })
})

describe('a signed text', () => {
  it('is read as it was signed, and its key verifies it', async () => {
    const parsed = parseJws(jws, TYP)
    if (!parsed.ok) throw new Error(parsed.refusal.detail)
    expect(parsed.value.kid).toBe(HEADER.kid)
    expect(JSON.parse(parsed.value.payload)).toEqual(PAYLOAD)
    expect(await isSignedBy(parsed.value, phone.publicKey)).toBe(true)
  })

  it('is not verified by any other key, nor by one that is no point of the curve', async () => {
    const parsed = parseJws(jws, TYP)
    if (!parsed.ok) throw new Error(parsed.refusal.detail)
    const other = await newPhoneKey()
    expect(await isSignedBy(parsed.value, other.publicKey)).toBe(false)
    const nowhere = { ...phone.publicKey, y: other.publicKey.y }
    expect([await isPublicKey(phone.publicKey), await isPublicKey(nowhere)]).toEqual([true, false])
    expect(await isSignedBy(parsed.value, nowhere)).toBe(false)
  })

  it('is not verified after any one bit of it was turned over', async () => {
    const signed = Uint8Array.from(Buffer.from(jws))
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length * 6 - 1), async (bit) => {
        const letters = signed.with(
          Math.floor(bit / 6),
          (signed[Math.floor(bit / 6)] ?? 0) ^ (1 << (bit % 6)),
        )
        const parsed = parseJws(Buffer.from(letters).toString(), TYP)
        expect(parsed.ok && (await isSignedBy(parsed.value, phone.publicKey))).toBe(false)
      }),
    )
  })

  it('of another implementation is verified: the example of RFC 7515, A.3', async () => {
    const signingInput =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
    const signature = fromBase64url(
      'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
    )
    if (!signature) throw new Error('the example cannot be read')
    const key = {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    } as const
    const example = { kid: '', typ: '', payload: '', signingInput, signature }
    expect(await isSignedBy(example, key)).toBe(true)
    expect(await isSignedBy({ ...example, signingInput: `${signingInput}A` }, key)).toBe(false)
  })
})

describe('what is no signed text of our kind is refused', () => {
  const refusedFor = async (text: string | Promise<string>): Promise<string> => {
    const parsed = parseJws(await text, TYP)
    if (parsed.ok) throw new Error('it was taken')
    expect(parsed.refusal.code).toBe('malformed-signature')
    return parsed.refusal.detail
  }

  it.each(['none', 'None', 'HS256', 'RS256', 'ES384', 'es256', '', undefined, null, ['ES256']])(
    'with alg %j',
    async (alg) => {
      expect(await refusedFor(forged(phone, { ...HEADER, alg }, PAYLOAD))).toContain('alg must be ES256')
    },
  )

  it('with alg none and no signature at all', async () => {
    const unsigned = `${encoded(JSON.stringify({ ...HEADER, alg: 'none' }))}.${encoded('{}')}.`
    expect(await refusedFor(unsigned)).toContain('64 bytes')
  })

  it.each([
    { crit: ['exp'] },
    { jwk: { kty: 'EC' } },
    { jku: 'https://evil.example/keys' },
    { x5u: 'https://evil.example/cert' },
    { x5c: [] },
    { x5t: 'AA' },
    { b64: false },
    { cty: 'JWT' },
    { zip: 'DEF' },
  ])('with more in its header: %j', async (more) => {
    expect(await refusedFor(forged(phone, { ...HEADER, ...more }, PAYLOAD))).toContain('alone')
  })

  it.each([{ kid: undefined }, { kid: '' }, { kid: 7 }, { kid: '../D1' }, { kid: 'D'.repeat(65) }])(
    'without a usable kid: %j',
    async (kid) => {
      expect(await refusedFor(forged(phone, { ...HEADER, ...kid }, PAYLOAD))).toContain('kid must be')
    },
  )

  it.each([undefined, 'JWT', 'tidemark-device+jwt', 'TIDEMARK-PICKUP+JWS'])(
    'that was signed for another use: typ %j',
    async (typ) => {
      expect(await refusedFor(forged(phone, { ...HEADER, typ }, PAYLOAD))).toContain(`typ must be ${TYP}`)
    },
  )

  it.each([
    ['a member twice', `{"alg":"none","alg":"ES256","kid":"D1","typ":"${TYP}"}`],
    ['an escape', `{"\\u0061lg":"ES256","kid":"D1","typ":"${TYP}"}`],
    ['a space', `{"alg": "ES256","kid":"D1","typ":"${TYP}"}`],
    ['a list', '["ES256"]'],
    ['no JSON', 'ES256'],
  ])('whose header has %s', async (_what, header) => {
    const [, payload = '', signature = ''] = jws.split('.')
    expect(await refusedFor(`${encoded(header)}.${payload}.${signature}`)).toContain('its header must be')
  })

  it('with padding, other alphabets, spaces, more or fewer parts, or another length', async () => {
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const notText = toBase64url(Uint8Array.of(0xff, 0xfe, 0x7b))
    for (const text of [
      '',
      `${header}.${payload}`,
      `${jws}.`,
      `${jws}.${signature}`,
      `${header}.${payload}.${signature}==`,
      `${header}=.${payload}.${signature}`,
      ` ${jws}`,
      `${jws}\n`,
      `${header}.${notText}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${header}.${payload}.${signature}AAAA`,
      `${header}.${'A'.repeat(24_000)}.${signature}`,
    ])
      expect(await refusedFor(text)).toContain('This is no signed text')
  })

  it('and a header or payload that was changed is not verified', async () => {
    for (const part of [1, 2] as const) {
      const parsed = parseJws(withBitTurned(jws, part), TYP)
      expect(parsed.ok && (await isSignedBy(parsed.value, phone.publicKey))).toBe(false)
    }
  })
})

it('names a key by itself (RFC 7638), whatever else stands beside it', async () => {
  const { publicKey } = phone
  expect(await thumbprintOf({ ...publicKey })).toBe(
    await thumbprintOf({ y: publicKey.y, x: publicKey.x, crv: 'P-256', kty: 'EC' }),
  )
  expect(await thumbprintOf(publicKey)).toMatch(/^[\w-]{43}$/)
})

import { describe, expect, it } from 'vitest'
import {
  callerOfDevice,
  faultOfClaims,
  revokeDevice,
  type Device,
} from '../../../../shared/domain/identity/device.ts'
import {
  enrol,
  isPending,
  refuseProof,
  type Enrolment,
} from '../../../../shared/domain/identity/enrolment.ts'
import { refuseEntry, type SignedEntry } from '../../../../shared/domain/identity/signed-entry.ts'

/** Collectors' devices: from the code to what they sign. */
const NOW = '2026-11-25T08:00:00.000Z'
const HERE = 'https://tidemark.example'
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const

const ENROLMENT: Enrolment = {
  id: 'E1',
  org: 'coop',
  site: 'dachen',
  label: 'Boat 7',
  madeAt: '2026-11-25T07:50:00.000Z',
  madeBy: { kind: 'key', id: 'K1' },
  expiresAt: '2026-11-25T08:05:00.000Z',
}
const { expiresAt: _, ...SAME } = ENROLMENT
const DEVICE: Device = { ...SAME, id: 'D1', publicKey, madeAt: NOW }

const code = (decision: { ok: boolean; refusal?: { code: string } } | undefined): string | undefined =>
  decision?.refusal?.code

describe('a code', () => {
  it('enrols one phone at the site and under the alias that it was made for, and is used up', () => {
    const enrolled = enrol(ENROLMENT, { id: 'D1', publicKey, now: NOW })
    expect(enrolled).toEqual({
      ok: true,
      value: { is: 'new', device: DEVICE, used: { ...ENROLMENT, device: 'D1' } },
    })
  })

  it('is known again by the phone that used it, even after its time, and by no other', () => {
    const used = { ...ENROLMENT, device: 'D1' }
    const later = '2026-12-25T08:00:00.000Z'
    expect(enrol(used, { id: 'D1', publicKey, now: later })).toMatchObject({
      value: { is: 'again', device: 'D1' },
    })
    expect(code(enrol(used, { id: 'D2', publicKey, now: NOW }))).toBe('code-not-usable')
  })

  it('is over from the instant at which it expires', () => {
    const at = (now: string) => enrol(ENROLMENT, { id: 'D1', publicKey, now }).ok
    expect([at('2026-11-25T08:04:59.999Z'), at(ENROLMENT.expiresAt)]).toEqual([true, false])
    expect(isPending(ENROLMENT, NOW)).toBe(true)
    expect(isPending(ENROLMENT, ENROLMENT.expiresAt)).toBe(false)
    expect(isPending({ ...ENROLMENT, device: 'D1' }, NOW)).toBe(false)
  })
})

describe('a proof of a key', () => {
  const seconds = Date.parse(NOW) / 1000
  const refused = (change: object) =>
    code(
      refuseProof(
        { v: 1, aud: HERE, codeSha256: 'c', iat: seconds, ...change },
        { aud: HERE, codeSha256: 'c' },
        NOW,
      ),
    )

  it('counts for its own code, here and now', () => {
    expect(refused({})).toBeUndefined()
    expect(refused({ codeSha256: 'd' })).toBe('unauthenticated')
    expect(refused({ aud: 'https://other.example' })).toBe('wrong-audience')
  })

  it('shows a clock that is wrong by more than five minutes, either way', () => {
    const off = [-301, -300, 300, 301].map((by) => refused({ iat: seconds + by }))
    expect(off).toEqual(['clock-off', undefined, undefined, 'clock-off'])
  })
})

describe('a device', () => {
  it('calls as a collector of its organisation, for pickups and for what is its own', () => {
    expect(callerOfDevice(DEVICE)).toEqual({
      ok: true,
      value: {
        org: 'coop',
        role: 'collector',
        by: { kind: 'device', id: 'D1' },
        scopes: ['pickups', 'read'],
      },
    })
  })

  it('that was revoked stays so from the first time on, and keeps its public key', () => {
    const revoked = revokeDevice(revokeDevice(DEVICE, NOW), '2027-01-01T00:00:00.000Z')
    expect(revoked).toEqual({ ...DEVICE, revokedAt: NOW })
    expect(code(callerOfDevice(revoked))).toBe('unauthenticated')
  })
})

describe('what a device says of itself', () => {
  const at = Date.parse(NOW) / 1000
  const CLAIMS = { iss: 'D1', aud: HERE, iat: at, exp: at + 300, jti: 'a1b2c3d4' }
  const fault = (change: object) =>
    faultOfClaims({ ...CLAIMS, ...change }, { kid: 'D1', audience: HERE, now: NOW })

  it('counts for five minutes at most, from a clock that is right to five minutes', () => {
    expect(fault({})).toBeUndefined()
    expect(fault({ iat: at + 300, exp: at + 600 })).toBeUndefined()
    expect(fault({ iat: at + 301, exp: at + 600 })).toContain('future')
    expect(fault({ exp: at + 301 })).toContain('at most 300 seconds')
    expect(fault({ iat: at - 299, exp: at + 1 })).toBeUndefined()
    expect(fault({ iat: at - 300, exp: at })).toContain('expired')
    expect(fault({ iat: at + 10, exp: at + 10 })).toContain('at most')
  })

  it.each([
    [{ iss: 'D2' }, 'iss'],
    [{ aud: 'https://other.example' }, 'aud'],
    [{ aud: [HERE] }, 'aud'],
    [{ jti: 'short' }, 'jti'],
    [{ iat: String(at) }, 'whole seconds'],
    [{ exp: at + 0.5 }, 'whole seconds'],
    [{ role: 'operator' }, 'no others'],
    [{ jti: undefined }, 'jti'],
  ])('is nothing with %j', (change, says) => {
    expect(fault(change)).toContain(says)
  })
})

describe('a signed entry', () => {
  const ENTRY: SignedEntry = {
    aud: HERE,
    capturedAt: '2026-11-20T08:00:00.000Z',
    pickup: { siteId: 'dachen' },
  }
  const refused = (change: Partial<SignedEntry>, device = DEVICE) =>
    code(refuseEntry({ ...ENTRY, ...change }, device, { now: NOW, audience: HERE }))

  it('is taken up to thirty days after it was signed, and five minutes before, by clocks that run ahead', () => {
    expect(refused({})).toBeUndefined()
    expect(refused({ capturedAt: '2026-10-26T08:00:00.000Z' })).toBeUndefined()
    expect(refused({ capturedAt: '2026-10-26T07:59:59.999Z' })).toBe('entry-too-old')
    expect(refused({ capturedAt: '2026-11-25T08:05:00.000Z' })).toBeUndefined()
    expect(refused({ capturedAt: '2026-11-25T08:05:00.001Z' })).toBe('future-time')
  })

  it('is refused for another service, for another site, and from a revoked device whatever time it names', () => {
    expect(refused({ aud: 'https://other.example' })).toBe('wrong-audience')
    expect(refused({ pickup: { siteId: 'shitang' } })).toBe('unknown-site')
    expect(refused({}, revokeDevice(DEVICE, NOW))).toBe('unauthenticated')
  })

  it('may tell of what happened long before it was signed, and of nothing that came after', () => {
    const told = (occurredAt: string) => refused({ pickup: { siteId: 'dachen', occurredAt } })
    expect(told('2026-06-01T00:00:00.000Z')).toBeUndefined()
    expect(told('2026-11-20T08:05:00.000Z')).toBeUndefined()
    expect(told('2026-11-20T08:05:01.000Z')).toBe('time-order')
  })
})

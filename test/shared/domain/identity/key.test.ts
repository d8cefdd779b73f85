import { describe, expect, it } from 'vitest'
import {
  callerOfKey,
  revokeKey,
  rotateKey,
  statusOfKey,
  type ApiKey,
} from '../../../../shared/domain/identity/key.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const KEY: ApiKey = {
  id: 'K1',
  org: 'coop',
  role: 'station',
  name: 'Scale',
  madeAt: '2026-01-01T00:00:00.000Z',
  madeBy: { kind: 'key', id: 'K0' },
}

describe('a key', () => {
  it('is good until the instant at which it expires', () => {
    const key = { ...KEY, expiresAt: NOW }
    expect(callerOfKey(key, '2026-11-25T07:59:59.999Z').ok).toBe(true)
    expect(callerOfKey(key, NOW)).toMatchObject({ ok: false, refusal: { code: 'unauthenticated' } })
    expect(statusOfKey(key, NOW)).toBe('expired')
  })

  it('that was revoked stays so, from the first time on', () => {
    const revoked = revokeKey(revokeKey(KEY, NOW), '2027-01-01T00:00:00.000Z')
    expect(revoked.revokedAt).toBe(NOW)
    expect(callerOfKey(revoked, NOW)).toMatchObject({ ok: false, refusal: { code: 'unauthenticated' } })
  })

  it('tells its organisation, role, id and scopes, and no more', () => {
    expect(callerOfKey({ ...KEY, scopes: ['read'] }, NOW)).toEqual({
      ok: true,
      value: { org: 'coop', role: 'station', by: { kind: 'key', id: 'K1' }, scopes: ['read'] },
    })
  })

  it('never lives longer for being rotated', () => {
    const soon = '2026-11-25T08:00:01.000Z'
    const rotated = rotateKey({ ...KEY, expiresAt: soon }, { successor: 'K2', graceSeconds: 3600, now: NOW })
    expect(rotated).toMatchObject({ ok: true, value: { expiresAt: soon, replacedBy: 'K2' } })
  })

  it('is rotated once, and only while it is good', () => {
    const rotation = { successor: 'K2', graceSeconds: 60, now: NOW }
    for (const gone of [
      { ...KEY, replacedBy: 'K3' },
      { ...KEY, expiresAt: NOW },
      { ...KEY, revokedAt: NOW },
    ])
      expect(rotateKey(gone, rotation)).toMatchObject({ ok: false, refusal: { code: 'key-not-active' } })
  })
})

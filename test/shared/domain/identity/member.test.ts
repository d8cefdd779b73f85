import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acceptInvitation,
  revokeInvitation,
  statusOfInvitation,
  type Invitation,
} from '../../../../shared/domain/identity/invitation.ts'
import type { ApiKey } from '../../../../shared/domain/identity/key.ts'
import {
  callerOfMember,
  changeMember,
  statusOfMember,
  type Member,
  type MemberChange,
} from '../../../../shared/domain/identity/member.ts'
import { isLastingOperator, refuseLastOperator } from '../../../../shared/domain/identity/operators.ts'
import { ROLES } from '../../../../shared/domain/organisation.ts'

const NOW = '2026-06-01T00:00:00.000Z'
const LATER = '2026-06-02T00:00:00.000Z'
const BY = { kind: 'key', id: 'KAAAAAAAAAAAA' } as const

const member = (changes: Partial<Member> = {}): Member => ({
  id: 'MAAAAAAAAAAAA',
  org: 'coop',
  role: 'station',
  label: 'Pier',
  madeAt: NOW,
  madeBy: BY,
  ...changes,
})
const invitation = (changes: Partial<Invitation> = {}): Invitation => ({
  id: 'NAAAAAAAAAAAA',
  org: 'coop',
  role: 'station',
  label: 'Pier',
  madeAt: NOW,
  madeBy: BY,
  expiresAt: LATER,
  ...changes,
})
const key = (changes: Partial<ApiKey> = {}): ApiKey => ({
  id: 'KAAAAAAAAAAAA',
  org: 'coop',
  role: 'operator',
  name: 'First',
  madeAt: NOW,
  madeBy: BY,
  ...changes,
})

const roles = fc.constantFrom(...ROLES)
const changes: fc.Arbitrary<MemberChange> = fc.oneof(
  fc.record({ act: fc.constantFrom('suspend' as const, 'resume' as const, 'remove' as const) }),
  fc.record({ act: fc.constant('assign' as const), role: roles }),
)

describe('a member', () => {
  it('calls in their role, vouched for by their membership and not by their name', () => {
    const caller = callerOfMember(member({ sites: ['dachen'] }))
    expect(caller).toEqual({
      ok: true,
      value: {
        org: 'coop',
        role: 'station',
        by: { kind: 'person', id: 'MAAAAAAAAAAAA' },
        sites: ['dachen'],
      },
    })
  })

  it('calls if and only if they are active, whatever was done with them, and in what order', () => {
    fc.assert(
      fc.property(fc.array(changes), (sequence) => {
        let one = member()
        for (const change of sequence) {
          const changed = changeMember(one, change, LATER)
          if (changed.ok) one = changed.value
        }
        expect(callerOfMember(one).ok).toBe(statusOfMember(one) === 'active')
      }),
    )
  })

  it('that was removed stays removed, and done twice nothing changes more', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const once = changeMember(member(), first, NOW)
        if (!once.ok) throw new Error(once.refusal.detail)
        expect(changeMember(once.value, first, LATER)).toEqual(once)
        const removed = changeMember(once.value, { act: 'remove' }, NOW)
        if (!removed.ok) throw new Error(removed.refusal.detail)
        const after = changeMember(removed.value, second, LATER)
        expect(after.ok ? after.value : removed.value).toEqual(removed.value)
      }),
    )
  })

  it('who is given another role without sites is limited to none', () => {
    const changed = changeMember(member({ sites: ['dachen'] }), { act: 'assign', role: 'brand' }, LATER)
    expect(changed.ok && changed.value).toEqual(member({ role: 'brand' }))
  })
})

describe('an invitation', () => {
  const id = 'MBBBBBBBBBBBB'

  it('makes a member of what it says, and is used by that', () => {
    const accepted = acceptInvitation(invitation({ sites: ['dachen'] }), { id, now: NOW })
    expect(accepted).toMatchObject({ ok: true, value: { member: member({ id, sites: ['dachen'] }) } })
    const used = accepted.ok ? accepted.value.invitation : invitation()
    expect(statusOfInvitation(used, NOW)).toBe('accepted')
    expect(acceptInvitation(used, { id, now: NOW })).toMatchObject({
      refusal: { code: 'invitation-not-open' },
    })
    expect(revokeInvitation(used, NOW)).toMatchObject({ refusal: { code: 'invitation-not-open' } })
  })

  it('is refused from the instant on at which it expires, and once it was revoked', () => {
    const refused = { ok: false, refusal: { code: 'invitation-not-open' } }
    expect(acceptInvitation(invitation(), { id, now: LATER })).toMatchObject(refused)
    const revoked = revokeInvitation(invitation(), NOW)
    expect(revoked.ok && acceptInvitation(revoked.value, { id, now: NOW })).toMatchObject(refused)
  })

  it('is for people of no organisation: of none yet, or of one that they were removed from', () => {
    for (const standing of [member(), member({ suspendedAt: NOW })]) {
      const refused = acceptInvitation(invitation(), { id, standing, now: NOW })
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'member-already' } })
    }
    const former = member({ removedAt: NOW })
    expect(acceptInvitation(invitation(), { id, standing: former, now: NOW }).ok).toBe(true)
  })
})

describe('the operators of an organisation', () => {
  it.each([
    ['a key without an end', key(), true],
    ['a key that may do just that', key({ scopes: ['identity'] }), true],
    ['a key that will expire', key({ expiresAt: '2099-01-01T00:00:00.000Z' }), false],
    ['a key that was revoked', key({ revokedAt: NOW }), false],
    ['a key that only reads', key({ scopes: ['read'] }), false],
    ['a person', member({ role: 'operator' }), true],
    ['a person who is suspended', member({ role: 'operator', suspendedAt: NOW }), false],
    ['a person who was removed', member({ role: 'operator', removedAt: NOW }), false],
    ['a person of another role', member(), false],
  ])('that last: %s is %s', (_, one, lasts) => {
    expect(isLastingOperator(one)).toBe(lasts)
  })

  it('are never none, whatever is done with whom, in whatever order', () => {
    const act = fc.record({ who: fc.nat(3), change: changes })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let keys = [key()]
        let members = ['1', '2', '3'].map((id) => member({ id, role: 'operator' }))
        for (const { who, change } of acts) {
          const operators = { keys, members }
          const [before] = who === 0 ? keys : []
          if (before) {
            const after = { ...before, revokedAt: NOW }
            if (!refuseLastOperator(before, after, operators)) keys = [after]
            continue
          }
          members = members.map((one) => {
            const changed = one.id === String(who) ? changeMember(one, change, NOW) : undefined
            return changed?.ok && !refuseLastOperator(one, changed.value, operators) ? changed.value : one
          })
        }
        expect([...keys, ...members].some(isLastingOperator)).toBe(true)
      }),
    )
  })
})

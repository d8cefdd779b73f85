import { describe, expect, it } from 'vitest'
import { faultOf, isLost, outsideBy, sentenceOf } from '../../../web/console/fault.ts'
import { invitedBy } from '../../../web/console/invitation.ts'
import { pickLanguage } from '../../../web/console/language.ts'
import { en } from '../../../web/console/messages.en.ts'
import { zh } from '../../../web/console/messages.zh.ts'
import { roleName } from '../../../web/console/role.ts'
import { REFUSALS } from '../../../shared/domain/refusal.ts'

describe('why something did not happen', () => {
  it('is told in the words of the reader where the code is known, else in those of the server', () => {
    const fault = faultOf(409, { code: 'last-operator', detail: 'in English' })
    expect(sentenceOf(fault, zh)).toBe(zh.faults['last-operator'])
    expect(sentenceOf(faultOf(422, { code: 'brand-new', detail: 'Told by the server.' }), en)).toContain(
      'Told by the server.',
    )
  })

  it.each([
    [401, { code: 'unauthenticated', detail: '' }, 'signed-out'],
    [429, { code: 'too-many-requests', detail: '' }, 'busy'],
    [503, undefined, 'busy'],
    [500, 'no problem document', 'busy'],
    [404, null, 'busy'],
  ])('is, for %d with %j: %s', (status, problem, is) => {
    expect(faultOf(status, problem)).toEqual({ is })
  })

  it('has a sentence for no code that the contract does not know, and not for a member of every object', () => {
    for (const code of Object.keys(zh.faults)) expect(REFUSALS).toHaveProperty(code)
    expect(sentenceOf({ is: 'refused', code: 'toString', detail: 'd' }, en)).toBe(en.other('d'))
  })
})

it('nobody stays on a page that is theirs no longer', () => {
  expect(isLost({ is: 'signed-out' })).toBe(true)
  expect(isLost(faultOf(403, { code: 'no-membership', detail: '' }))).toBe(true)
  expect(isLost(faultOf(403, { code: 'role-not-allowed', detail: '' }))).toBe(false)
  expect(outsideBy({ is: 'refused', code: 'member-suspended', detail: '' })).toBe('suspended')
})

describe('an invitation', () => {
  const reply = (status: 'open' | 'accepted' | 'expired' | 'revoked'): Parameters<typeof invitedBy>[0] => ({
    ok: true,
    value: {
      organisation: { id: 'coop', name: { en: 'Co-op', zh: '合作社' } },
      role: 'station',
      status,
      expiresAt: '2026-11-28T00:00:00.000Z',
    },
  })

  it('is shown while it is open', () => {
    expect(invitedBy(reply('open'))).toMatchObject({ is: 'open', invitation: { role: 'station' } })
  })

  it.each(['accepted', 'expired', 'revoked'] as const)('is over once it is %s', (status) => {
    expect(invitedBy(reply(status))).toEqual({ is: 'over', why: status })
  })

  it('is unknown where its code is, and where its link was cut off', () => {
    for (const [status, code] of [
      [401, 'unauthenticated'],
      [400, 'invalid-request'],
    ] as const)
      expect(invitedBy({ ok: false, fault: faultOf(status, { code, detail: '' }) })).toEqual({
        is: 'over',
        why: 'unknown',
      })
  })

  it('is not called over for want of a network', () => {
    expect(invitedBy({ ok: false, fault: { is: 'network' } })).toEqual({
      is: 'unread',
      fault: { is: 'network' },
    })
  })
})

it('the language is the one that was chosen, else the first that we speak, else Chinese', () => {
  expect(pickLanguage('en', ['zh-CN'])).toBe('en')
  expect(pickLanguage(undefined, ['fr-FR', 'en-GB', 'zh'])).toBe('en')
  expect(pickLanguage('toString', ['zh-TW'])).toBe('zh-CN')
  expect(pickLanguage(undefined, ['fr'])).toBe('zh-CN')
})

it('a role that the page does not know yet keeps its name', () => {
  expect(roleName('station', zh)).toBe('站点')
  expect(roleName('diver', zh)).toBe('diver')
})

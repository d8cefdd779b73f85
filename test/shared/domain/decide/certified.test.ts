import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../shared/domain/state/certificate.ts'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import { accepted, refused } from '../scenario.ts'
import { charge, close, open, pickup } from '../acts.ts'
import { august, B, CERTIFICATE, given, subject, told, type Act, type Story } from '../story.ts'

/** Claims rest on certificates: of the pickup's station, and of each step since, on its own day. */
const AT_SEA = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
const beach = given(pickup('A', AT_SEA, [CERTIFICATE]), pickup('E'))
const made = (story: Story, letter = 'X') => subject(story, B(letter), 'batch')
const checksOf = (story: Story, act: Act) => {
  const [event] = accepted(act(story))
  return event?.type === 'RunClosed' ? event.data.checks : []
}

describe('a pickup', () => {
  it('may be claimed under a certificate that covers it, and not without', () => {
    expect(made(beach, 'A')).toMatchObject({ claims: { OBP: 100_000 }, model: 'identity-preserved' })
    expect(made(beach, 'E').claims).toEqual({})
  })

  it.each([
    ['of another site', { sites: ['shitang'] }, undefined],
    ['that has ended', { validTo: '2026-07-31' }, 'review'],
    ['for other forms', { forms: ['bottle' as const] }, 'review'],
    ['for other steps', { steps: ['cleaning' as const] }, 'review'],
  ])('is recorded without a claim under a certificate %s', (_what, changes, verdict) => {
    const story = given(pickup('A', AT_SEA, [{ ...CERTIFICATE, ...changes }]))
    expect(made(story, 'A').claims).toEqual({})
    const [event] = story.events
    const checks = event?.type === 'PickupRecorded' ? event.data.checks : []
    expect(checks.find(({ rule }) => rule === 'R13')?.verdict).toBe(verdict)
  })
})

describe('the certificate of the step (R13)', () => {
  const one = [open('A'), charge('A', { A: 100_000 })].reduce(told, beach)
  const under = (changes: Partial<Certificate>, wanted: Partial<CloseRun> = {}) =>
    close('A', { X: 90_000 }, wanted, [{ ...CERTIFICATE, ...changes }])
  const r13 = (act: Act) => checksOf(one, act).find(({ rule }) => rule === 'R13')

  it('counts on its first and last day', () => {
    expect(r13(under({ validFrom: '2026-08-12' }))?.verdict).toBe('pass')
    expect(made(told(one, under({ validTo: '2026-08-12' }))).claims).toEqual({ OBP: 90_000 })
  })

  it('is pointed out from 30 days before it ends', () => {
    expect(r13(under({ validTo: '2026-09-12' }))?.verdict).toBe('pass')
    expect(r13(under({ validTo: '2026-09-11' }))?.verdict).toBe('review')
  })

  it('covers a lot of several forms as long as it covers each of them, also once they were put together', () => {
    const forms = ['crate', 'float'] as const
    const named = { ...CERTIFICATE, forms: [...forms] }
    const lot = [
      open('B', { step: 'consolidation', site: 'dachen' }),
      charge('B', { A: 60_000, D: 40_000 }),
      close('B', { M: 100_000 }, {}, [named]),
      open('A', { occurredAt: august(13) }),
      charge('A', { M: 100_000 }, { occurredAt: august(13) }),
    ].reduce(told, given(pickup('A', AT_SEA, [named]), pickup('D', { ...AT_SEA, form: 'float' }, [named])))
    const washed = (changes: Partial<Certificate> = {}) =>
      close('A', { X: 90_000 }, { occurredAt: august(14) }, [{ ...named, ...changes }])
    expect(made(lot, 'M')).toMatchObject({ sourceForm: 'mixed', claims: { OBP: 100_000 } })
    expect(made(told(lot, washed())).claims).toEqual({ OBP: 90_000 })
    expect(made(told(lot, washed({ forms: ['crate'] }))).claims).toEqual({})
  })

  it.each([
    ['has ended', { validTo: '2026-08-11' }, 'does not cover 2026-08-12'],
    ['has not begun', { validFrom: '2026-08-13' }, 'does not cover 2026-08-12'],
    ['is of another site', { sites: ['dachen'] }, 'No OBP certificate covers crate in cleaning at huzhou'],
    ['is of another step', { steps: ['collection' as const] }, 'No OBP certificate covers crate in cleaning'],
    ['is of another form', { forms: ['bottle' as const] }, 'No OBP certificate covers crate'],
    ['was withdrawn', { withdrawnAt: august(12) }, 'was withdrawn on 2026-08-12'],
  ])('that %s ends the claim, or refuses the run that asks for it', (_what, changes, says) => {
    const dropped = r13(under(changes))
    expect(dropped).toMatchObject({ verdict: 'review' })
    expect(dropped?.sentence.en).toContain('no longer certified')
    expect(made(told(one, under(changes))).claims).toEqual({})
    const refusal = refused(under(changes, { claim: { scheme: 'OBP' } })(one))
    expect(refusal).toMatchObject({
      code: 'check-failed',
      rule: { id: 'R13' },
      errors: [{ pointer: '/claim/scheme' }],
    })
    expect(refusal.detail).toContain(says)
  })
})

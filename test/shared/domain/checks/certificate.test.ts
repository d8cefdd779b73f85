import { describe, expect, it } from 'vitest'
import {
  checkCertificate,
  type Certificate,
  type CertifiedEvent,
} from '../../../../shared/domain/checks/certificate.ts'
import { CERTIFICATE } from './samples.ts'

const EVENT: CertifiedEvent = {
  scheme: 'OBP',
  site: 'huzhou',
  step: 'cleaning',
  form: 'bottle',
  occurredAt: '2026-06-01T10:00:00.000Z',
}
const check = (event: Partial<CertifiedEvent>, certificate: Partial<Certificate> = {}) =>
  checkCertificate({ ...EVENT, ...event }, [{ ...CERTIFICATE, ...certificate }])

describe('R13, a certificate on the date of the event', () => {
  it('passes inside its term, from its first day on, and says scheme, number and dates', () => {
    expect(check({}).sentence.en).toBe(
      'Certificate OBP OBP-REC-0042 (2026-01-01 to 2026-12-31) covers 2026-06-01.',
    )
    expect(check({ occurredAt: '2026-01-01T00:00:00.000Z' }).verdict).toBe('pass')
  })

  it('reviews from thirty days before it ends until its last day', () => {
    expect(check({ occurredAt: '2026-11-30T23:59:59.999Z' }).verdict).toBe('pass')
    expect(check({ occurredAt: '2026-12-01T00:00:00.000Z' })).toMatchObject({
      verdict: 'review',
      sentence: { en: expect.stringContaining('ends 30 days later') },
    })
    expect(check({ occurredAt: '2026-12-31T23:59:59.999Z' }).verdict).toBe('review')
  })

  it('fails a day before and a day after', () => {
    expect(check({ occurredAt: '2025-12-31T23:59:59.999Z' }).verdict).toBe('fail')
    expect(check({ occurredAt: '2027-01-01T00:00:00.000Z' })).toMatchObject({
      verdict: 'fail',
      sentence: { en: expect.stringContaining('does not cover 2027-01-01') },
    })
  })

  it('fails from the moment it was withdrawn; what is dated before and only told now is for review', () => {
    const withdrawn = { withdrawnAt: '2026-06-01T10:00:00.000Z' }
    expect(check({}, withdrawn)).toMatchObject({
      verdict: 'fail',
      sentence: { en: expect.stringContaining('was withdrawn on 2026-06-01') },
    })
    expect(check({ occurredAt: '2026-06-01T09:59:59.999Z' }, withdrawn)).toMatchObject({
      verdict: 'review',
      sentence: { en: expect.stringContaining('covers 2026-06-01 but was withdrawn since, on 2026-06-01') },
    })
  })

  it.each([
    ['another scheme', { scheme: 'GRS' }],
    ['another site', { site: 'shitang' }],
    ['another step', { step: 'sorting' }],
    ['another material', { form: 'net' }],
  ] as const)('fails for %s', (_, event) => {
    const { verdict, sentence } = check(event, { forms: ['bottle'] })
    expect(verdict).toBe('fail')
    expect(sentence.en).toMatch(/^No (OBP|GRS) certificate covers/)
  })

  it('covers every material where it names none', () => {
    expect(check({ form: 'net' }).verdict).toBe('pass')
  })

  it('fails without any, and takes the one that lasts longest of several, in whatever order', () => {
    expect(checkCertificate(EVENT, []).verdict).toBe('fail')
    const short = { ...CERTIFICATE, number: 'OLD', validTo: '2026-06-10' }
    const withdrawn = { ...CERTIFICATE, number: 'VOID', validTo: '2030-01-01', withdrawnAt: '2026-02-01' }
    for (const list of [
      [short, CERTIFICATE, withdrawn],
      [withdrawn, CERTIFICATE, short],
    ]) {
      expect(checkCertificate(EVENT, list)).toMatchObject({
        verdict: 'pass',
        sentence: { en: expect.stringContaining('OBP-REC-0042') },
      })
    }
    const later = { ...withdrawn, withdrawnAt: '2026-07-01' }
    expect(checkCertificate(EVENT, [later, CERTIFICATE]).sentence.en).toContain('OBP-REC-0042')
    expect(checkCertificate(EVENT, [later, short]).sentence.en).toContain('OLD')
  })
})

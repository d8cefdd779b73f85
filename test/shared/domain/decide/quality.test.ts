import { describe, expect, it } from 'vitest'
import { registerCertificate } from '../../../../shared/domain/decide/certificate.ts'
import type { CertificateFacts } from '../../../../shared/domain/events/registry.ts'
import { accepted, ACTOR, refused } from '../scenario.ts'
import { correct, hold, inspect, pickup, receive, release, ship } from '../acts.ts'
import { august, B, C, given, PLANT, subject, told, type Act } from '../story.ts'

const beach = given(pickup('A'))
const refusalOf = (act: Act, story = beach) => refused(act(story))
const gone = told(beach, correct(`${B('A')}-1`, { occurredAt: august(2) }))

describe('an inspection', () => {
  const result = (value: number, limits: { lowest?: number; highest?: number } = {}) => ({
    results: [{ parameter: 'ash', method: 'ISO 3451-1', value, unit: '%', ...limits }],
  })
  const found = (changes: object) => {
    const [event] = accepted(inspect('A', changes)(beach))
    if (event?.type !== 'BatchInspected') throw new Error('a batch was inspected')
    return event.data
  }
  const passed = (changes: object) => found(changes).passed

  it('passes up to its limits, both included, and is computed, not said', () => {
    expect([0.5, 3, 0.499, 3.001].map((value) => passed(result(value, { lowest: 0.5, highest: 3 })))).toEqual(
      [true, true, false, false],
    )
    expect([passed(result(1e6, { lowest: 0 })), passed(result(-5, { highest: -6 }))]).toEqual([true, false])
  })

  it('has no verdict on what was measured without limits: not even nine kilograms of lead a tonne pass', () => {
    const lead = result(9_000)
    expect(found(lead)).not.toHaveProperty('passed')
    expect(found(lead).results[0]).not.toHaveProperty('passed')
  })

  it('fails as a whole where one result does, and passes where those with limits do', () => {
    const [free] = result(1).results
    const [bad] = result(9, { highest: 3 }).results
    const [good] = result(2, { highest: 3 }).results
    expect([passed({ results: [free, bad, good] }), passed({ results: [free, good] })]).toEqual([false, true])
  })

  it('may be made of a held batch, which is how one learns whether to release it', () => {
    const story = [hold('A'), inspect('A', { occurredAt: august(22) })].reduce(told, beach)
    expect(subject(story, B('A'), 'batch').inspections).toMatchObject([
      { event: `${B('A')}-3`, sample: 'S-1' },
    ])
  })

  it('is its holder’s to record, of a batch that is, and not before it was', () => {
    expect(refusalOf(inspect('A', {}, PLANT)).detail).toBe(
      `You hold no batch ${B('A')}; its holder records inspections.`,
    )
    expect(refusalOf(inspect('A'), gone).code).toBe('batch-not-active')
    expect(refusalOf(inspect('A', { occurredAt: '2026-07-31T23:59:59.999Z' })).code).toBe('time-order')
  })
})

describe('a hold', () => {
  it('is placed once for each reason, by whoever has or had the batch', () => {
    const story = told(beach, hold('A'))
    expect(subject(story, B('A'), 'batch').ownHolds).toEqual([
      { event: `${B('A')}-2`, org: 'coop', reason: 'contamination', since: august(21) },
    ])
    expect(refusalOf(hold('A'), story)).toMatchObject({
      code: 'batch-held',
      detail: `You hold batch ${B('A')} for contamination already, since ${august(21)}.`,
    })
    expect(hold('A', { reason: 'quality' })(story).ok).toBe(true)
    expect(hold('A', {}, PLANT)(story).ok).toBe(true)
  })

  it('is not placed on what never was, nor in the future, nor before the batch came to be', () => {
    expect(refusalOf(hold('A'), gone).code).toBe('batch-not-active')
    expect(refusalOf(hold('A', { occurredAt: '2026-09-01T00:05:00.001Z' })).code).toBe('future-time')
    expect(refusalOf(hold('A', { occurredAt: '2026-07-31T23:59:59.999Z' }))).toMatchObject({
      code: 'time-order',
      errors: [{ pointer: '/occurredAt' }],
    })
  })
})

describe('a release', () => {
  const both = [hold('A'), hold('A', { reason: 'quality' }), hold('A', {}, PLANT)].reduce(told, beach)

  it('takes back one hold by its id, or all of one’s own, and nobody else’s', () => {
    const one = told(both, release('A', { hold: `${B('A')}-3` }))
    expect(subject(one, B('A'), 'batch').ownHolds.map(({ event }) => event)).toEqual([
      `${B('A')}-2`,
      `${B('A')}-4`,
    ])
    const all = told(both, release('A'))
    expect(subject(all, B('A'), 'batch').ownHolds.map(({ org }) => org)).toEqual(['plant'])
    expect(all.events.slice(-2).map(({ id }) => id)).toEqual([`${B('A')}-5`, `${B('A')}-6`])
  })

  it('is refused where there is nothing of one’s own to release', () => {
    expect(refusalOf(release('A'))).toMatchObject({ code: 'not-held' })
    const refusal = refusalOf(release('A', { hold: `${B('A')}-2` }, PLANT), both)
    expect(refusal.detail).toContain(`There is no hold ${B('A')}-2 of yours on batch ${B('A')}.`)
    expect(refusal.detail).toContain('released where it was placed')
  })

  it('is not dated before its hold', () => {
    expect(refusalOf(release('A', { occurredAt: august(20) }), told(beach, hold('A'))).code).toBe(
      'time-order',
    )
  })
})

describe('a hold by who rejected the batch', () => {
  const rejected = [ship('A', ['A']), receive('A', { A: 100_000 }, {}, false)].reduce(told, beach)
  const held = told(rejected, hold('A', {}, PLANT))
  const HOLD = `${B('A')}-4`
  const station = { ...ACTOR, role: 'station' }
  const why = { hold: HOLD, sealed: { note: 'commitment' } }

  it('is placed from the rejection on, and without telling when the batch came to be', () => {
    expect(hold('A', { occurredAt: august(14) }, PLANT)(rejected).ok).toBe(true)
    const early = refusalOf(hold('A', { occurredAt: august(13) }, PLANT), rejected)
    expect(early).toMatchObject({ code: 'time-order', errors: [{ pointer: '/occurredAt' }] })
    expect(early.detail).toContain(`before ${august(14)}, when you rejected batch`)
  })

  it('keeps the batch from being used', () => {
    expect(refusalOf(ship('B', ['A'], { occurredAt: august(22) }), held).code).toBe('batch-held')
  })

  it('is released by who placed it', () => {
    expect(subject(told(held, release('A', {}, PLANT)), B('A'), 'batch').ownHolds).toEqual([])
  })

  it('is released by the operator of who has the batch, naming it and saying why', () => {
    expect(subject(told(held, release('A', why)), B('A'), 'batch').ownHolds).toEqual([])
    expect(refusalOf(release('A', { hold: HOLD }), held)).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/note' }],
    })
    const unnamed = refusalOf(release('A', { sealed: why.sealed }), held)
    expect(unnamed.code).toBe('not-held')
    expect(unnamed.detail).toContain(`your operator may release, by its holdId and with a note: ${HOLD}`)
  })

  it('is not released by another role, nor by an organisation that does not have the batch', () => {
    const refusal = refusalOf(release('A', why, station), held)
    expect(refusal.code).toBe('role-not-allowed')
    expect(refusal.detail).toContain('by that receiver or by: operator')
    const other = { ...ACTOR, org: 'third' }
    expect(refusalOf(release('A', why, other), held).code).toBe('not-held')
  })

  it('is not released by a later holder, once its placer has had the batch itself', () => {
    const taken = [
      release('A', {}, PLANT),
      ship('B', ['A'], { occurredAt: august(22) }),
      receive('B', { A: 100_000 }, { occurredAt: august(23) }),
      hold('A', { occurredAt: august(24) }),
    ].reduce(told, held)
    const hers = { hold: `${B('A')}-8`, sealed: { note: 'commitment' }, occurredAt: august(25) }
    expect(refusalOf(release('A', hers, PLANT), taken).code).toBe('not-held')
  })
})

describe('a certificate', () => {
  const facts: CertificateFacts = {
    scheme: 'OBP',
    number: '7-1',
    body: 'Control Union',
    sites: ['dachen', 'huzhou'],
    steps: ['collection'],
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
  }
  const register = (changes: Partial<CertificateFacts> = {}) =>
    registerCertificate(
      { certificate: C('A'), facts: { ...facts, ...changes }, knownSites: ['dachen', 'huzhou', 'works'] },
      ACTOR,
    )

  it('is registered with its scope, and may be valid for a single day', () => {
    expect(accepted(register())).toMatchObject([
      { type: 'CertificateRegistered', site: 'dachen', data: facts },
    ])
    expect(register({ validTo: '2026-01-01' }).ok).toBe(true)
  })

  it('is refused that ends before it begins, or for a site that the organisation does not have', () => {
    expect(refused(register({ validTo: '2025-12-31' }))).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/validTo' }],
    })
    expect(refused(register({ sites: ['dachen', 'shitang'] }))).toMatchObject({
      code: 'unknown-site',
      detail: 'Your organisation has no site shitang; it has: dachen, huzhou, works.',
      errors: [{ pointer: '/sites/1' }],
    })
  })
})

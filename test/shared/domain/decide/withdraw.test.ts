import { describe, expect, it } from 'vitest'
import { NATURAL_EARTH } from '../../../../shared/domain/geo/coast/natural-earth.ts'
import { registerCertificate } from '../../../../shared/domain/decide/certificate.ts'
import { factsOfPickup } from '../../../../shared/domain/decide/pickup.ts'
import { claimsSince, restingOn, startOfWeek, weekOf } from '../../../../shared/domain/decide/resting.ts'
import { afterAll } from '../../../../shared/domain/decide/withdraw.ts'
import { accepted, ACTOR, pickupCommand, refused } from '../scenario.ts'
import { charge, close, correct, open, pickup } from '../acts.ts'
import { august, B, C, CERTIFICATE, given, R, subject, told, type Act, type Story } from '../story.ts'

/** Withdrawing a certificate from an instant that lies back. */
const AT_SEA = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
const registered: Act = () =>
  registerCertificate(
    {
      certificate: C('A'),
      facts: {
        scheme: 'OBP',
        number: '7-1',
        body: 'Control Union',
        sites: ['dachen', 'huzhou'],
        steps: CERTIFICATE.steps,
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      },
      knownSites: ['dachen', 'huzhou'],
    },
    { ...ACTOR, now: august(1) },
  )
/** A pickup of 5 August and a washing run of 12 August rest on it. */
const story = given(
  registered,
  pickup('A', { ...AT_SEA, occurredAt: august(5) }, [CERTIFICATE]),
  open('A'),
  charge('A', { A: 50_000 }),
  close('A', { X: 40_000 }, {}, [CERTIFICATE]),
)
const withdrawn =
  (occurredAt: string): Act =>
  (books) =>
    correct(`${C('A')}-1`, { occurredAt, resting: restingOn(C('A'), occurredAt, books.events) })(books)
const unclaimed = () =>
  ({
    of: 'PickupRecorded',
    facts: accepted(
      factsOfPickup(
        pickupCommand({ ...AT_SEA, occurredAt: august(5), isUnclaimed: true }),
        { coastline: NATURAL_EARTH, certificates: [CERTIFICATE] },
        ACTOR,
      ),
    ),
  }) as const
const restingFrom = (occurredAt: string, books: Story = story): string[] =>
  restingOn(C('A'), occurredAt, books.events).map(({ id }) => id)

describe('a week', () => {
  it('begins where the one before it ends', () => {
    const start = startOfWeek(weekOf(august(5)))
    expect(start <= august(5)).toBe(true)
    expect(weekOf(start)).toBe(weekOf(august(5)))
    expect(weekOf(new Date(Date.parse(start) - 1).toISOString())).toBe(weekOf(august(5)) - 1)
  })
})

describe('a withdrawal from now on', () => {
  it('comes after whatever a clock ahead of ours has dated', () => {
    expect(afterAll([], august(3))).toBe(august(3))
    expect(afterAll(story.events, august(25))).toBe(august(25))
    const last = '2026-08-12T00:00:00.000Z'
    const ahead = story.events.map((event) => ({ ...event, occurredAt: last }))
    expect(afterAll(ahead, last)).toBe('2026-08-12T00:00:00.001Z')
  })
})

describe('a certificate', () => {
  it('is named by all that claims something under it', () => {
    expect(restingFrom(august(1))).toEqual([`${B('A')}-1`, `${R('A')}-3`])
    expect(restingFrom(august(5))).toEqual([`${B('A')}-1`, `${R('A')}-3`])
    expect(restingFrom(august(5, 1))).toEqual([`${R('A')}-3`])
    expect(restingFrom(august(12, 1))).toEqual([])
  })

  it('is not withdrawn from before something that rests on it: no claim stands without one in force', () => {
    const refusal = refused(withdrawn(august(5))(story))
    expect(refusal).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${R('A')}-3`, `${B('A')}-1`],
      errors: [{ pointer: '/occurredAt' }],
    })
    expect(refusal.detail).toContain(
      `claims dated since rest on it. Correct first: ${R('A')}-3 (RunClosed), ${B('A')}-1 (PickupRecorded)`,
    )
    expect(refused(withdrawn(august(12))(story)).blockedBy).toEqual([`${R('A')}-3`])
  })

  it('is withdrawn from the instant after, and from now on', () => {
    for (const from of [august(12, 1), august(25)]) {
      expect(subject(told(story, withdrawn(from)), C('A'), 'certificate').withdrawnAt).toBe(from)
    }
  })

  it('is withdrawn from before once what rests on it was taken back, or is claimed no more', () => {
    const mended = [
      correct(`${R('A')}-3`),
      correct(`${R('A')}-2`),
      correct(`${B('A')}-1`, { instead: unclaimed() }),
    ].reduce(told, story)
    expect(restingFrom(august(1), mended)).toEqual([])
    expect(subject(mended, B('A'), 'batch')).toMatchObject({ claims: {}, massGrams: 100_000 })
    expect(withdrawn(august(1))(mended).ok).toBe(true)
  })

  it('is rested on again by a pickup that was said anew and claimed after all', () => {
    const facts = { ...unclaimed().facts, claims: { OBP: 100_000 }, certificates: [C('A')] }
    const books = given(
      registered,
      pickup('A', { ...AT_SEA, occurredAt: august(5) }, [CERTIFICATE]),
      correct(`${B('A')}-1`, { instead: unclaimed() }),
      correct(`${B('A')}-1`, { instead: { of: 'PickupRecorded', facts } }),
    )
    expect(restingFrom(august(1), books)).toEqual([`${B('A')}-1`])
    // Said twice under it: once as recorded, once anew, both for what was picked up on 5 August.
    expect(claimsSince(C('A'), weekOf(august(5)), books.events)).toBe(2)
    expect(claimsSince(C('A'), weekOf(august(5)) + 1, books.events)).toBe(0)
  })

  it('has all claims counted that were ever made under it, by the weeks of their dates', () => {
    const mended = [correct(`${R('A')}-3`), correct(`${R('A')}-2`), correct(`${B('A')}-1`)].reduce(
      told,
      story,
    )
    for (const { events } of [story, mended]) {
      expect(claimsSince(C('A'), weekOf(august(5)), events)).toBe(2)
      expect(claimsSince(C('A'), weekOf(august(5)), events.toReversed())).toBe(2)
      expect(claimsSince(C('A'), weekOf(august(12)), events)).toBe(1)
      expect(claimsSince(C('B'), weekOf(august(5)), events)).toBe(0)
    }
  })

  it('is not rested on by what never could claim anything', () => {
    const books = given(
      registered,
      pickup('A', { occurredAt: august(5) }, [CERTIFICATE]),
      open('A'),
      charge('A', { A: 1_000 }),
      close('A', { X: 900 }, {}, [CERTIFICATE]),
    )
    expect(restingFrom(august(1), books)).toEqual([])
  })
})

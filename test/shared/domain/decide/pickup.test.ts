import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../../shared/domain/checks/rule.ts'
import { checkBags, checkScaleReading } from '../../../../shared/domain/checks/weighing.ts'
import type { PickupRecorded } from '../../../../shared/domain/events/pickup.ts'
import type { RecordPickup } from '../../../../shared/domain/decide/pickup.ts'
import { accepted, ACTOR, pickupCommand, recordPickup, refused, SITE } from '../scenario.ts'
import { B } from '../story.ts'

/** The rules that look at a pickup, as the decider applies them: passes, at the threshold, for review, refused. */
const decided = (changes: Partial<RecordPickup>) => recordPickup(pickupCommand(changes), ACTOR)
const facts = (changes: Partial<RecordPickup>) => {
  const [event] = accepted(decided(changes))
  if (event?.type !== 'PickupRecorded') throw new Error('a pickup was recorded')
  return event.data
}
const verdictsOf = (rule: string, changes: Partial<RecordPickup>) =>
  facts(changes)
    .checks.filter((check) => check.rule === rule)
    .map(({ verdict }) => verdict)

const NORTH_KM = 1 / 111.195
const kmFromStation = (km: number) => ({
  position: { lat: SITE.lat + km * NORTH_KM, lon: SITE.lon },
  accuracyM: 5,
})
const EARLIER = {
  batch: B('Z'),
  usedBy: 'same-station',
  massGrams: 100_000,
  occurredAt: '2026-07-31T00:00:00.000Z',
} as const
const SCALE = { grossGrams: 102_000, tareGrams: 1_000, containers: 2 }
const AT = { at: '2026-08-01T00:30:00.000Z' }

describe('a pickup is marked', () => {
  it.each<[string, string, Partial<RecordPickup>, readonly string[]]>([
    ['R1', 'far out at sea', { position: { lat: 28.5, lon: 123.2 }, accuracyM: 20 }, ['pass']],
    ['R1', 'without its accuracy', { position: { lat: 28.5, lon: 123.2 } }, ['review']],
    [
      'R1',
      'where the ring crosses a line',
      { position: { lat: 28.45, lon: 121.88 }, accuracyM: 20 },
      ['review'],
    ],
    ['R1', 'without a position', {}, []],
    [
      'R1',
      'from a vessel, though the place is 75 km inland',
      { position: { lat: 29.5, lon: 120.3 }, accuracyM: 20, isFromVessel: true },
      ['review'],
    ],
    ['R2', 'at the station', kmFromStation(0.1), ['pass']],
    ['R2', '2 km from it', kmFromStation(1.9999), ['pass']],
    ['R2', 'farther', kmFromStation(2.002), ['review']],
    ['R2', 'far out from a vessel', { ...kmFromStation(50), isFromVessel: true }, []],
    ['R3', 'net of gross and tare', { netGrams: 100_000, scale: SCALE }, ['pass']],
    ['R3', 'off by 0.5 % of the gross', { netGrams: 100_510, scale: SCALE }, ['pass']],
    ['R4', 'with the reading of the gross', { scale: SCALE, readingGrams: 102_000 }, ['pass']],
    ['R4', 'with the reading of the net', { readingGrams: 100_000 }, ['pass']],
    ['R4', 'with a reading a gram off', { readingGrams: 99_999 }, ['review']],
    ['R5', 'with a photo of its own', { photos: [{}] }, ['pass']],
    [
      'R5',
      'with a photo of another mass',
      { photos: [{}], earlierUses: [{ ...EARLIER, massGrams: 1 }] },
      ['review'],
    ],
    [
      'R5',
      'with a photo of elsewhere',
      { photos: [{}], earlierUses: [{ ...EARLIER, usedBy: 'same-organisation' }] },
      ['review'],
    ],
    [
      'R5',
      'with a photo of another organisation',
      { photos: [{}], earlierUses: [{ ...EARLIER, usedBy: 'another-organisation' }] },
      ['review'],
    ],
    ['R5', 'with photos that were erased since', { photos: 'erased' }, ['review']],
    [
      'R5',
      'with a photo a day and a bit old',
      { photos: [{}], earlierUses: [{ ...EARLIER, occurredAt: '2026-07-30T23:59:59.999Z' }] },
      ['review'],
    ],
    ['R6', 'of half the usual mass of its pieces', { form: 'bottle', pieces: 10_000 }, ['pass']],
    ['R6', 'of less', { form: 'bottle', pieces: 10_001 }, ['review']],
    ['R6', 'of double the usual mass', { form: 'bottle', pieces: 2_500 }, ['pass']],
    ['R6', 'of more', { form: 'bottle', pieces: 2_499 }, ['review']],
    ['R6', 'in bags as heavy as they get', { form: 'bottle', bags: 25 }, ['pass']],
    ['R6', 'in heavier bags', { form: 'bottle', bags: 24 }, ['review']],
    ['R6', 'in bags, pressed', { form: 'bottle', bags: 1, isCompacted: true }, []],
    ['R7', 'entered 30 days later', { occurredAt: '2026-08-02T00:00:00.000Z' }, ['pass']],
    ['R7', 'entered later than that', { occurredAt: '2026-08-01T23:59:59.999Z' }, ['review']],
    ['R15', 'with a photo half an hour later', { photos: [AT] }, ['pass']],
    ['R15', 'with a photo a second after that', { photos: [{ at: '2026-08-01T00:30:01.000Z' }] }, ['review']],
    ['R15', 'with a photo that says nothing', { photos: [{}] }, ['pass']],
    [
      'R15',
      'with a photo of another place',
      { ...kmFromStation(0.1), photos: [{ position: { lat: 28.5, lon: 121.9 } }] },
      ['review'],
    ],
    ['R16', 'collected and weighed by two', { collector: 'a', weigher: 'b' }, ['pass']],
    ['R16', 'collected and weighed by one', { collector: 'a', weigher: 'a' }, ['review']],
    ['R16', 'weighed by nobody known', { collector: 'a' }, []],
  ])('%s: %s', (rule, _what, changes, verdicts) => {
    expect(verdictsOf(rule, changes)).toEqual(verdicts)
  })
})

describe('a pickup is refused', () => {
  it.each<[string, string, Partial<RecordPickup>, string, string]>([
    [
      'R3',
      'off by more than 0.5 % of the gross',
      { netGrams: 100_511, scale: SCALE },
      '/massKg',
      '100.511 kg net was entered',
    ],
    [
      'R3',
      'off by more than 100 g of a small one',
      { netGrams: 1_101, scale: { grossGrams: 1_500, tareGrams: 500, containers: 1 } },
      '/massKg',
      'is 1 kg; 1.101 kg',
    ],
    [
      'R3',
      'whose containers outweigh it',
      { netGrams: 1, scale: { grossGrams: 2_000, tareGrams: 1_000, containers: 2 } },
      '/massKg',
      'leaves no material',
    ],
  ])('by %s when %s', (rule, _what, changes, pointer, says) => {
    const refusal = refused(decided(changes))
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: rule }, errors: [{ pointer }] })
    expect(refusal.detail).toContain(says)
    expect(refusal.rule?.zh).toMatch(/[\u4e00-\u9fff]/)
  })

  it('by R5 as a duplicate of the same photo, station and mass within 24 hours, naming the first', () => {
    const refusal = refused(decided({ photos: [{}], earlierUses: [EARLIER] }))
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R5' } })
    expect(refusal.detail).toContain(B('Z'))
  })

  it('when tare leaves nothing and no net mass was given, or nothing was weighed at all', () => {
    const { netGrams: _, ...unweighed } = pickupCommand()
    const scale = { grossGrams: 1_000, tareGrams: 1_200, containers: 1 }
    expect(refused(recordPickup({ ...unweighed, scale }, ACTOR))).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/tareKg' }],
    })
    expect(refused(recordPickup(unweighed, ACTOR)).detail).toBe(
      'Give massKg, or grossKg and tareKg, or pieces, or bags.',
    )
    expect(refused(recordPickup({ ...unweighed, form: 'net', pieces: 3 }, ACTOR)).detail).toContain(
      'net has no factor for pieces, so it must be weighed',
    )
  })

  it.each<[string, Partial<RecordPickup>, string]>([
    ['a form has no factor for bags', { form: 'other', bags: 3 }, 'other has no factor for bags, so it'],
    ['it has none for either', { form: 'other', bags: 3, pieces: 4 }, 'no factor for pieces or bags'],
    ['bags were pressed', { form: 'net', bags: 3, isCompacted: true }, 'pressed bags have no factor'],
    ['it was before the first factor', { bags: 3, occurredAt: '2019-12-31T00:00:00.000Z' }, 'no factor'],
  ])('when %s and nothing was weighed', (_what, changes, says) => {
    const { netGrams: _, ...unweighed } = pickupCommand(changes)
    const refusal = refused(recordPickup(unweighed, ACTOR))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/massKg' }] })
    expect(refusal.detail).toContain(says)
  })
})

describe('the mass of a pickup', () => {
  const { netGrams: _, ...unweighed } = pickupCommand({ form: 'bottle' })
  const massOf = (changes: Partial<RecordPickup>) => {
    const [event] = accepted(recordPickup({ ...unweighed, ...changes }, ACTOR))
    return event?.type === 'PickupRecorded' ? [event.data.massGrams, event.data.weighing] : []
  }

  it('is what was weighed net, else gross less containers, else pieces and else bags by the factor of the day', () => {
    expect(massOf({ netGrams: 99_900, scale: SCALE })).toEqual([99_900, { basis: 'gross-tare', ...SCALE }])
    expect(massOf({ scale: SCALE })).toEqual([100_000, { basis: 'gross-tare', ...SCALE }])
    expect(massOf({ pieces: 51 })).toEqual([1_020, { basis: 'pieces', factorVersion: 'bottle-2' }])
    expect(massOf({ pieces: 51, occurredAt: '2019-12-31T00:00:00.000Z' })).toEqual([
      1_275,
      { basis: 'pieces', factorVersion: 'bottle-1' },
    ])
    expect(massOf({ pieces: 51, bags: 2 })).toEqual([1_020, { basis: 'pieces', factorVersion: 'bottle-2' }])
    const inBags = { basis: 'bags', factorVersion: 'bottle-bag-1' }
    expect(massOf({ bags: 2 })).toEqual([4_200, inBags])
    expect(massOf({ bags: 2, isCompacted: false })).toEqual([4_200, inBags])
    expect(massOf({ form: 'net', pieces: 1, bags: 2 })).toEqual([
      15_200,
      { basis: 'bags', factorVersion: 'net-bag-1' },
    ])
  })

  it('is not judged by the bags that it comes of, and is by those beside it (R6)', () => {
    const judged = (changes: Partial<RecordPickup>) => {
      const [event] = accepted(recordPickup({ ...unweighed, ...changes }, ACTOR))
      return event?.type === 'PickupRecorded' && event.data.checks.some(({ rule }) => rule === 'R6')
    }
    expect([judged({ bags: 2 }), judged({ bags: 2, pieces: 200 })]).toEqual([false, true])
  })
})

describe('what a pickup says', () => {
  /** R4 and R6 from nothing but the event. */
  function derivedAgain({ massGrams, weighing, form, bags, ...data }: PickupRecorded['data']): CheckResult[] {
    const { readingGrams, isCompacted: compacted = false } = data
    const gross = weighing.basis === 'gross-tare' ? { grossGrams: weighing.grossGrams } : {}
    return [
      readingGrams === undefined
        ? undefined
        : checkScaleReading({ readingGrams, netGrams: massGrams, ...gross }),
      bags === undefined || weighing.basis === 'bags'
        ? undefined
        : checkBags({ massGrams, bags, form, compacted }),
    ].filter((result) => result !== undefined)
  }

  it.each<[string, Partial<RecordPickup>, readonly string[]]>([
    ['loose in bags, with a reading', { form: 'bottle', bags: 2, readingGrams: 100_000 }, ['pass', 'review']],
    ['pressed in bags', { form: 'bottle', bags: 2, isCompacted: true, readingGrams: 99_000 }, ['review']],
    ['on a scale', { form: 'bottle', bags: 25, scale: SCALE, readingGrams: 102_000 }, ['pass', 'pass']],
    ['said not to be pressed', { form: 'bottle', bags: 25, isCompacted: false }, ['pass']],
  ])('is enough to judge it again by R4 and R6: %s', (_what, changes, verdicts) => {
    const data = facts(changes)
    const stored = data.checks.filter(({ rule }) => rule === 'R4' || rule === 'R6')
    expect(stored.map(({ verdict }) => verdict)).toEqual(verdicts)
    expect(derivedAgain(data)).toEqual(stored)
  })

  it('does not say what nobody said: neither pressed nor loose, and no reading', () => {
    expect(Object.keys(facts({}))).not.toEqual(expect.arrayContaining(['isCompacted']))
    expect(Object.keys(facts({}))).not.toEqual(expect.arrayContaining(['readingGrams']))
    expect(facts({ isCompacted: false })).toMatchObject({ isCompacted: false })
  })
})

describe('the ocean-bound class', () => {
  it('is computed: six kilometres inland is no shoreline', () => {
    const { oceanBound } = facts({ position: { lat: 28.64, lon: 121.38 }, accuracyM: 10, form: 'bottle' })
    expect(oceanBound).toMatchObject({ obpClass: 'POTENTIAL', openSea: false })
    expect(oceanBound?.distanceKm).toBeGreaterThanOrEqual(4)
  })
})

describe('the moisture of a pickup', () => {
  const { netGrams: _, ...unweighed } = pickupCommand()

  it.each<[string, Partial<RecordPickup>]>([
    ['weighed net', { netGrams: 1_000 }],
    ['weighed with containers', { scale: SCALE }],
    ['counted', { form: 'bottle', pieces: 100 }],
    ['counted in bags', { form: 'bottle', bags: 3 }],
  ])('is below a hundred per cent where it was %s', (_how, weight) => {
    const moist = (moistureBp: number) => recordPickup({ ...unweighed, ...weight, moistureBp }, ACTOR)
    expect(moist(9_999).ok).toBe(true)
    const refusal = refused(moist(10_000))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/moisturePct' }] })
    expect(refusal.detail).toBe(
      'The moisture is 100 %; it is at least 0 % and below 100 %, in steps of 0.01 %.',
    )
    expect([10_001, -1, 0.5].some((moistureBp) => moist(moistureBp).ok)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { booksBalance, heldSince } from '../../../../shared/domain/state/batch.ts'
import { registerCertificate } from '../../../../shared/domain/decide/certificate.ts'
import type { ReportedPickup } from '../../../../shared/domain/decide/pickup.ts'
import { journeyOf } from '../../../../shared/domain/state/transfers.ts'
import { ACTOR, refused } from '../scenario.ts'
import { anew, charge, close, correct, hold, inspect, open, pickup, receive, release, ship } from '../acts.ts'
import {
  august,
  B,
  C,
  CERTIFICATE,
  given,
  PLANT,
  R,
  S,
  subject,
  told,
  type Act,
  type Story,
} from '../story.ts'

/** Taking back what was said of one thing, or saying it anew. */
const beach = given(pickup('A'))
const refusalOf = (act: Act, story: Story) => refused(act(story))
const PICKUP = `${B('A')}-1`
const saying = (changes: Partial<ReportedPickup>): Act => correct(PICKUP, { instead: anew(changes) })

describe('a pickup', () => {
  it('that never was leaves a void batch, once', () => {
    const story = told(beach, correct(PICKUP))
    expect(subject(story, B('A'), 'batch')).toMatchObject({ status: 'void', massGrams: 0, origins: [] })
    expect(refusalOf(correct(PICKUP), story)).toMatchObject({
      code: 'not-correctable',
      detail: `${PICKUP} was corrected already, by ${B('A')}-2.`,
    })
    expect(refusalOf(saying({ netGrams: 1 }), story).code).toBe('not-correctable')
  })

  it('is said anew as a whole, as often as it takes', () => {
    const acts = [
      saying({ netGrams: 60_000, form: 'net', polymer: 'PA6', moistureBp: 900 }),
      saying({ netGrams: 70_000 }),
    ]
    const story = acts.reduce(told, beach)
    const batch = subject(story, B('A'), 'batch')
    expect(batch).toMatchObject({ massGrams: 70_000, remainingGrams: 70_000, form: 'crate', polymer: 'HDPE' })
    expect([batch.moistureBp, booksBalance(batch), journeyOf(batch)[0]?.outputGrams]).toEqual([
      undefined,
      true,
      70_000,
    ])
  })

  it('that was elsewhere is of elsewhere, and nobody knows where once its position is taken back', () => {
    const offshore = told(beach, saying({ position: { lat: 28.48, lon: 122.05 }, accuracyM: 10 }))
    expect(subject(offshore, B('A'), 'batch').origins).toMatchObject([{ placeId: 'dachen', found: 'sea' }])
    const unplaced = told(offshore, saying({}))
    expect(subject(unplaced, B('A'), 'batch').origins).toMatchObject([{ found: 'unrecorded' }])
  })

  it('of which some was used is not moved nearer the sea afterwards, not even within its place', () => {
    const used = [open('A'), charge('A', { A: 60_000 })].reduce(told, beach)
    const refusal = refusalOf(saying({ position: { lat: 28.48, lon: 122.05 }, accuracyM: 10 }), used)
    expect(refusal).toMatchObject({ code: 'correct-first', blockedBy: [`${R('A')}-2`] })
    expect(refusal.detail).toContain('only its mass can still be corrected')
  })

  it('of which some was used may still become lighter, down to what was used, or heavier', () => {
    const used = [open('A'), charge('A', { A: 60_000 })].reduce(told, beach)
    const least = subject(told(used, saying({ netGrams: 60_000 })), B('A'), 'batch')
    expect(least).toMatchObject({ massGrams: 60_000, remainingGrams: 0, status: 'used-up' })
    expect(booksBalance(least)).toBe(true)
    const refusal = refusalOf(saying({ netGrams: 59_999 }), used)
    expect(refusal).toMatchObject({ code: 'correct-first', blockedBy: [`${R('A')}-2`] })
    expect(refusal.detail).toContain('60 kg of the batch were used, more than the corrected 59.999 kg')
    const more = subject(told(used, saying({ netGrams: 110_000 })), B('A'), 'batch')
    expect(more).toMatchObject({ remainingGrams: 50_000 })
  })

  it.each([
    ['form', { form: 'net' as const }],
    ['polymer', { polymer: 'PP' as const }],
    ['place', { position: { lat: 28.27, lon: 121.61 } }],
    ['moisture', { moistureBp: 500 }],
  ])('of which some was used keeps its %s', (_what, changes) => {
    const used = [open('A'), charge('A', { A: 1 })].reduce(told, beach)
    expect(refusalOf(saying(changes), used)).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${R('A')}-2`],
    })
    expect(saying(changes)(told(used, correct(`${R('A')}-2`))).ok).toBe(true)
  })

  it('cannot be taken back once used or shipped, by way of whatever it was used in', () => {
    const used = [open('A'), charge('A', { A: 1_000 }), charge('A', { A: 2_000 })].reduce(told, beach)
    expect(refusalOf(correct(PICKUP), used).blockedBy).toEqual([`${R('A')}-3`, `${R('A')}-2`])
    const shipped = told(beach, ship('A', ['A']))
    expect(refusalOf(saying({ netGrams: 1 }), shipped).blockedBy).toEqual([`${S('A')}-1`])
  })
})

describe('a held pickup', () => {
  const held = told(beach, hold('A'))

  it('can neither be taken back nor become lighter before it is released', () => {
    for (const act of [correct(PICKUP), saying({ netGrams: 99_999 })]) {
      expect(refusalOf(act, held)).toMatchObject({
        code: 'batch-held',
        detail: expect.stringContaining(`Release first: ${B('A')}-2 (contamination, by coop)`),
      })
      expect(act(told(held, release('A'))).ok).toBe(true)
    }
  })

  it('gains no claim before it is released', () => {
    const atSea = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
    const act = correct(PICKUP, { instead: anew(atSea, [CERTIFICATE]) })
    expect(refusalOf(act, held).code).toBe('batch-held')
    expect(act(told(held, release('A'))).ok).toBe(true)
  })

  it('may turn out to be something else, or more of it, and stays held', () => {
    const story = told(held, saying({ form: 'net', netGrams: 100_000 }))
    expect(subject(story, B('A'), 'batch')).toMatchObject({
      form: 'net',
      ownHolds: [{ event: `${B('A')}-2` }],
    })
  })
})

describe('a shipment', () => {
  const shipped = told(beach, ship('A', ['A']))

  it('that never left gives its batches back', () => {
    const story = told(shipped, correct(`${S('A')}-1`))
    expect(subject(story, B('A'), 'batch')).toMatchObject({ status: 'active', remainingGrams: 100_000 })
    expect(subject(story, B('A'), 'batch').shipment).toBeUndefined()
    expect(subject(story, S('A'), 'shipment').status).toBe('void')
  })

  it('cannot be taken back once any of it was received', () => {
    const story = told(shipped, receive('A', { A: 100_000 }))
    expect(refusalOf(correct(`${S('A')}-1`), story)).toMatchObject({ blockedBy: [`${S('A')}-2`] })
  })
})

describe('a receipt', () => {
  const arrived = [ship('A', ['A']), receive('A', { A: 90_000 })].reduce(told, beach)

  it('that was mistaken puts the batch back on its way, with all that was sent', () => {
    const story = told(arrived, correct(`${S('A')}-2`, {}, PLANT))
    const batch = subject(story, B('A'), 'batch')
    expect(batch).toMatchObject({
      status: 'in-transit',
      custodian: 'coop',
      custodians: ['coop'],
      remainingGrams: 100_000,
      lostGrams: 0,
      transfers: [],
    })
    expect(heldSince(batch)).toBe(august(1))
    expect(booksBalance(batch)).toBe(true)
    const again = told(story, receive('A', { A: 100_000 }))
    expect(subject(again, B('A'), 'batch')).toMatchObject({ custodian: 'plant', remainingGrams: 100_000 })
  })

  it('of which nothing arrived can be taken back too', () => {
    const lost = [ship('A', ['A']), receive('A', { A: 0 }), correct(`${S('A')}-2`, {}, PLANT)].reduce(
      told,
      beach,
    )
    expect(subject(lost, B('A'), 'batch')).toMatchObject({ status: 'in-transit', remainingGrams: 100_000 })
  })

  it('that rejected a batch by mistake puts it back on its way, as if it had never come back', () => {
    const rejected = [ship('A', ['A']), receive('A', { A: 100_000 }, {}, false)].reduce(told, beach)
    const batch = subject(told(rejected, correct(`${S('A')}-2`, {}, PLANT)), B('A'), 'batch')
    expect(batch).toMatchObject({ status: 'in-transit', custodian: 'coop', returns: [] })
    expect(heldSince(batch)).toBe(august(1))
  })

  it('cannot be taken back once a batch of it was used', () => {
    const used = [open('A'), charge('A', { A: 1 }, { occurredAt: august(15) }, PLANT)].reduce(told, arrived)
    expect(refusalOf(correct(`${S('A')}-2`, {}, PLANT), used)).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${R('A')}-2`],
    })
  })
})

describe('an inspection', () => {
  it('is said anew, and judged anew, or taken back', () => {
    const inspected = told(beach, inspect('A'))
    const results = [{ parameter: 'MFI', method: 'ISO 1133-1', value: 9, unit: 'g/10 min', highest: 8 }]
    const facts = { occurredAt: august(20), sample: 'S-1', lab: 'Ningbo lab', results }
    const again = told(inspected, correct(`${B('A')}-2`, { instead: { of: 'BatchInspected', facts } }))
    expect(subject(again, B('A'), 'batch').inspections).toMatchObject([
      { event: `${B('A')}-2`, passed: false },
    ])
    expect(subject(told(inspected, correct(`${B('A')}-2`)), B('A'), 'batch').inspections).toEqual([])
  })
})

describe('what was handed over', () => {
  const named = (story: Story): Story => told(story, ship('A', ['A']))

  it('keeps the lab results that it was handed over with', () => {
    const story = named(told(beach, inspect('A')))
    expect(refusalOf(correct(`${B('A')}-2`), story)).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${S('A')}-1`],
    })
  })
})

describe('a certificate', () => {
  it('is withdrawn, once', () => {
    const facts = {
      scheme: 'OBP',
      number: '7',
      body: 'CU',
      sites: ['dachen'],
      steps: ['collection' as const],
    }
    const valid = { validFrom: '2026-01-01', validTo: '2026-12-31' }
    const story = given(() =>
      registerCertificate(
        { certificate: C('A'), facts: { ...facts, ...valid }, knownSites: ['dachen'] },
        ACTOR,
      ),
    )
    const withdrawn = told(story, correct(`${C('A')}-1`, { occurredAt: ACTOR.now }))
    expect(subject(withdrawn, C('A'), 'certificate').withdrawnAt).toBe(ACTOR.now)
    expect(refusalOf(correct(`${C('A')}-1`), withdrawn).code).toBe('not-correctable')
  })
})

describe('what is not corrected this way', () => {
  const story = [hold('A'), release('A'), correct(PICKUP)].reduce(told, beach)
  it.each([
    [`${B('A')}-2`, 'is a hold; release the batch instead'],
    [`${B('A')}-3`, 'is a release; hold the batch again instead'],
    [`${B('A')}-4`, 'is itself a correction; record what is right anew'],
  ])('%s %s', (id, says) => {
    const refusal = refusalOf(correct(id), story)
    expect(refusal.code).toBe('not-correctable')
    expect(refusal.detail).toContain(says)
  })

  it('an event of one type by what is right of another', () => {
    const refusal = refusalOf(correct(`${B('A')}-2`, { instead: anew() }), told(beach, inspect('A')))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/instead' }] })
    expect(refusal.detail).toBe(
      `${B('A')}-2 is a BatchInspected; what is given instead is for a PickupRecorded.`,
    )
  })
})

it('refuses a correction that is dated before what it corrects, or in the future', () => {
  const early = correct(PICKUP, { occurredAt: '2026-07-31T23:59:59.999Z' })
  expect(refusalOf(early, beach)).toMatchObject({ code: 'time-order', errors: [{ pointer: '/occurredAt' }] })
  expect(correct(PICKUP, { occurredAt: august(1) })(beach).ok).toBe(true)
  expect(refusalOf(correct(PICKUP, { occurredAt: '2026-09-01T00:05:00.001Z' }), beach).code).toBe(
    'future-time',
  )
})

it('closes nothing twice by correcting the same closing twice', () => {
  const acts = [open('A'), charge('A', { A: 100_000 }), close('A', { X: 80_000 }), correct(`${R('A')}-3`)]
  const refusal = refusalOf(correct(`${R('A')}-3`), acts.reduce(told, beach))
  expect(refusal.detail).toBe(`${R('A')}-3 was corrected already, by ${R('A')}-4.`)
})

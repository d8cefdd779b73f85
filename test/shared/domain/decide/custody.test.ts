import { describe, expect, it } from 'vitest'
import { booksBalance, heldSince } from '../../../../shared/domain/state/batch.ts'
import { journeyOf } from '../../../../shared/domain/state/transfers.ts'
import type { Actor } from '../../../../shared/domain/decide/actor.ts'
import { accepted, ACTOR, passportOf, refused } from '../scenario.ts'
import { charge, correct, hold, open, pickup, receive, ship } from '../acts.ts'
import { august, B, given, S, subject, told, type Act } from '../story.ts'

const beach = given(pickup('A'), pickup('D', { netGrams: 50_000 }))
const shipped = told(beach, ship('A', ['A', 'D']))
const refusalOf = (act: Act, story = beach) => refused(act(story))
const checks = (act: Act, story = shipped) => {
  const [event] = accepted(act(story))
  return event?.type === 'BatchReceived' || event?.type === 'BatchShipped' ? event.data.checks : []
}

describe('shipping', () => {
  it('sends each batch with all that remains of it, and leaves it with the sender until it is weighed in', () => {
    const story = [open('A'), charge('A', { A: 40_000 }), ship('A', ['A', 'D'])].reduce(told, beach)
    expect(subject(story, S('A'), 'shipment')).toMatchObject({
      status: 'in-transit',
      lines: [
        { batch: B('A'), massGrams: 60_000 },
        { batch: B('D'), massGrams: 50_000 },
      ],
    })
    expect(subject(story, B('A'), 'batch')).toMatchObject({
      status: 'in-transit',
      shipment: S('A'),
      custodian: 'coop',
    })
  })

  it('is refused to one’s own organisation, of a batch named twice, of one used up, held, or on its way', () => {
    const own = ship('A', ['A'], { to: { org: 'coop', site: 'huzhou' } })
    expect(refusalOf(own)).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/to/organisationId' }],
    })
    expect(refusalOf(ship('A', ['A', 'A']))).toMatchObject({ errors: [{ pointer: '/batches/1' }] })
    const empty = [open('A'), charge('A', { D: 50_000 })].reduce(told, beach)
    expect(refusalOf(ship('A', ['D']), empty)).toMatchObject({
      code: 'not-enough-mass',
      detail: `Nothing is left of batch ${B('D')}, so it cannot be shipped.`,
    })
    expect(refusalOf(ship('A', ['A']), told(beach, hold('A'))).code).toBe('batch-held')
    expect(refusalOf(ship('B', ['A']), shipped).code).toBe('batch-not-active')
  })

  it('may be dated to when the batch came and no earlier', () => {
    expect(ship('A', ['A'], { occurredAt: august(1) })(beach).ok).toBe(true)
    expect(refusalOf(ship('A', ['A'], { occurredAt: '2026-07-31T23:59:59.999Z' })).code).toBe('time-order')
  })

  it('is for review where the load weighs more than its manifest says, by a gram (R17)', () => {
    const manifest = (massGrams: number) =>
      checks(ship('A', ['A'], { manifest: { number: 'M', massGrams } }), beach)
    expect(manifest(100_000)[0]).toMatchObject({ rule: 'R17', verdict: 'pass' })
    expect(manifest(99_999)[0]).toMatchObject({ rule: 'R17', verdict: 'review' })
  })

  it('is for review where it is entered more than 30 days late, and so are receipts and closings (R7)', () => {
    const lateBy = (days: number): Actor => ({
      ...ACTOR,
      now: new Date(Date.parse(august(13)) + days * 86_400_000).toISOString(),
    })
    const verdict = (act: Act, story = beach): unknown =>
      accepted(act(story))
        .flatMap(({ data }) => ('checks' in data ? data.checks : []))
        .find(({ rule }) => rule === 'R7')?.verdict
    expect([30, 31].map((days) => verdict(ship('A', ['A'], {}, lateBy(days))))).toEqual(['pass', 'review'])
    const byPlant = (days: number): Actor => ({ ...lateBy(days), org: 'plant' })
    const arrival = { occurredAt: august(13) }
    expect(
      [30, 31].map((days) => verdict(receive('A', { A: 100_000 }, arrival, true, byPlant(days)), shipped)),
    ).toEqual(['pass', 'review'])
  })
})

describe('receiving', () => {
  it('hands an accepted batch over at the lesser weight, and records what was missing', () => {
    const story = told(shipped, receive('A', { A: 99_000 }))
    const batch = subject(story, B('A'), 'batch')
    expect(batch).toMatchObject({
      custodian: 'plant',
      site: 'works',
      custodians: ['coop', 'plant'],
      remainingGrams: 99_000,
      lostGrams: 1_000,
    })
    expect(heldSince(batch)).toBe(august(14))
    expect(booksBalance(batch)).toBe(true)
    expect(journeyOf(batch).at(-1)?.losses).toMatchObject({ transit: 1_000 })
    expect(subject(story, S('A'), 'shipment').status).toBe('in-transit')
    expect(subject(told(story, receive('A', { D: 50_000 })), S('A'), 'shipment').status).toBe('received')
  })

  it('never makes mass on the road: what is too much is noted and not added', () => {
    const story = told(shipped, receive('A', { A: 101_000 }))
    expect(subject(story, B('A'), 'batch')).toMatchObject({ remainingGrams: 100_000, lostGrams: 0 })
    const event = story.events.at(-1)
    expect(event?.type === 'BatchReceived' && event.data.lines).toMatchObject([{ surplusGrams: 1_000 }])
  })

  it('passes a difference of 2 % either way and reviews a gram more (R16)', () => {
    const verdicts = [98_000, 97_999, 102_000, 102_001].map(
      (grams) => checks(receive('A', { A: grams }))[0]?.verdict,
    )
    expect(verdicts).toEqual(['pass', 'review', 'pass', 'review'])
  })

  it('takes a load of which nothing arrived, and the batch is then used up', () => {
    const batch = subject(told(shipped, receive('A', { A: 0 })), B('A'), 'batch')
    expect(batch).toMatchObject({ status: 'used-up', lostGrams: 100_000, remainingGrams: 0 })
    expect([booksBalance(batch), journeyOf(batch).length]).toEqual([true, 1])
    expect(passportOf(batch, [])).toMatchObject({ status: 'used-up', massGrams: 100_000, lostGrams: 100_000 })
    const whole = subject(told(shipped, receive('A', { A: 100_000 })), B('A'), 'batch')
    expect(passportOf(whole, [])).not.toHaveProperty('lostGrams')
  })

  it('gives a rejected batch back as it was', () => {
    const story = told(shipped, receive('A', { A: 60_000 }, {}, false))
    expect(subject(story, B('A'), 'batch')).toMatchObject({
      status: 'active',
      custodian: 'coop',
      remainingGrams: 100_000,
      lostGrams: 0,
    })
    expect(ship('B', ['A'], { occurredAt: august(15) })(story).ok).toBe(true)
  })

  it('lets nobody have used a rejected batch while it was on the road', () => {
    const story = told(shipped, receive('A', { A: 60_000 }, { occurredAt: august(14) }, false))
    const used = (occurredAt: string): Act => charge('A', { A: 1_000 }, { occurredAt })
    const opened = told(story, open('A', { occurredAt: august(2) }))
    expect(refusalOf(used('2026-08-13T23:59:59.999Z'), opened)).toMatchObject({
      code: 'time-order',
      detail: expect.stringContaining(`${august(14)}, when batch ${B('A')} came to be yours`),
    })
    expect(used(august(14))(opened).ok).toBe(true)
    expect(refusalOf(ship('B', ['A'], { occurredAt: august(13) }), story).code).toBe('time-order')
  })

  it('settles a line once, and knows only the lines that were sent', () => {
    const story = told(shipped, receive('A', { A: 100_000 }))
    expect(refusalOf(receive('A', { A: 100_000 }), story)).toMatchObject({
      code: 'line-settled',
      detail: `Batch ${B('A')} was accepted already.`,
      errors: [{ pointer: '/lines/0/batchId' }],
    })
    expect(refusalOf(receive('A', { Z: 1 }), story)).toMatchObject({
      code: 'unknown-line',
      detail: `Shipment ${S('A')} carries no batch ${B('Z')}; it carries ${B('A')}, ${B('D')}.`,
    })
  })

  it('is refused before the shipment left, and of one that was declared a mistake', () => {
    const early = receive('A', { A: 1 }, { occurredAt: '2026-08-12T23:59:59.999Z' })
    expect(refusalOf(early, shipped).detail).toContain(`shipment ${S('A')} left`)
    const mistake = told(shipped, correct(`${S('A')}-1`))
    expect(refusalOf(receive('A', { A: 1 }), mistake).code).toBe('not-correctable')
  })

  it('works for a batch that was held meanwhile: the truck is there all the same', () => {
    const story = [hold('A'), receive('A', { A: 100_000 }, { occurredAt: august(22) })].reduce(told, shipped)
    expect(subject(story, B('A'), 'batch')).toMatchObject({ custodian: 'plant', ownHolds: [{ org: 'coop' }] })
  })
})

describe('what the receiver saw (R17)', () => {
  const sealed = told(
    beach,
    ship('A', ['A', 'D'], { seal: 'SEAL 9', manifest: { number: 'M-1', massGrams: 150_000 } }),
  )
  const load = (act: Act, story = sealed) => checks(act, story).filter(({ rule }) => rule === 'R17')
  const seen = (marks: object) =>
    receive('A', { A: 100_000, D: 50_000 }, { sentVehicle: '浙J12345', seen: marks })

  it('matches however it is written, and is for review where it differs, without repeating it', () => {
    const same = seen({ vehicle: '浙j·12345', seal: 'seal-9', manifestNumber: 'm 1' })
    expect(load(same)).toMatchObject([{ verdict: 'pass' }])
    const [other] = load(seen({ vehicle: '浙J99999' }))
    expect(other).toMatchObject({ verdict: 'review' })
    expect(other?.sentence.en).toContain('The plate seen on arrival is not what was sent')
    expect(JSON.stringify(other)).not.toContain('99999')
  })

  it('is not compared with a vehicle that was erased', () => {
    const erased = receive('A', { A: 100_000, D: 50_000 }, { seen: { vehicle: '浙J99999' } })
    expect(load(erased)).toMatchObject([{ verdict: 'pass' }])
  })

  it('is compared with the manifest over all receipts of the load together', () => {
    const first = told(sealed, receive('A', { A: 100_000 }))
    expect(load(receive('A', { D: 50_000 }), first)).toMatchObject([{ verdict: 'pass' }])
    expect(load(receive('A', { D: 50_001 }), first)).toMatchObject([{ verdict: 'review' }])
  })

  it('says nothing of a mass that the manifest does not name', () => {
    const [check] = load(receive('A', { A: 100_000 }, { seen: { vehicle: '浙J12345' } }), shipped)
    expect(check).toMatchObject({ verdict: 'pass' })
    expect(check?.sentence.en).toBe('The load weighs 100 kg, and what was looked at matches.')
    expect(check?.sentence.zh).not.toMatch(/\d{5}/)
  })
})

import { describe, expect, it } from 'vitest'
import { refused } from '../scenario.ts'
import { charge, hold, open, pickup, ship } from '../acts.ts'
import { august, B, given, R, subject, told, type Act } from '../story.ts'

const beach = [pickup('A'), pickup('D', { netGrams: 50_000, form: 'bottle', polymer: 'PET' })]
const opened = given(...beach, open('A'))
const refusalOf = (act: Act, story = opened) => refused(act(story))

describe('opening a run', () => {
  it('charges nothing yet, and needs nothing but a step, a site and a time', () => {
    expect(subject(opened, R('A'), 'run')).toMatchObject({
      status: 'open',
      step: 'cleaning',
      chargeCount: 0,
      pool: { massGrams: 0 },
    })
  })

  it('takes a clock five minutes ahead and refuses one a millisecond more', () => {
    const at = (occurredAt: string) => open('B', { occurredAt })(opened)
    expect(at('2026-09-01T00:05:00.000Z').ok).toBe(true)
    expect(refused(at('2026-09-01T00:05:00.001Z'))).toMatchObject({ code: 'future-time' })
  })
})

describe('charging a run', () => {
  it('adds up over many calls, in whatever order they are dated', () => {
    const acts = [charge('A', { A: 30_000 }), charge('A', { A: 20_000, D: 1 }, { occurredAt: august(10) })]
    const story = acts.reduce(told, opened)
    expect(subject(story, R('A'), 'run')).toMatchObject({
      chargeCount: 3,
      chargeSequences: [2, 3],
      chargedUntil: august(11),
      pool: { massGrams: 50_001, forms: { crate: 50_000, bottle: 1 } },
    })
    expect(subject(story, B('A'), 'batch')).toMatchObject({ remainingGrams: 50_000, usedIn: [R('A')] })
  })

  it('may take the last gram, and not one more', () => {
    const story = told(opened, charge('A', { A: 99_999 }))
    expect(charge('A', { A: 1 })(story).ok).toBe(true)
    const refusal = refusalOf(charge('A', { A: 2 }), story)
    expect(refusal).toMatchObject({ code: 'not-enough-mass', errors: [{ pointer: '/charges/0/massKg' }] })
    expect(refusal.detail).toBe(`Batch ${B('A')} has 0.001 kg left; 0.002 kg were to be drawn.`)
  })

  it('is refused of a batch that is used up, saying that nothing is left', () => {
    const story = told(opened, charge('A', { A: 100_000 }))
    expect(refusalOf(charge('A', { A: 1 }), story).detail).toContain('has 0 kg left')
  })

  it('may be dated to the moment the run was opened or the batch came, and no earlier', () => {
    expect(charge('A', { A: 1 }, { occurredAt: august(10) })(opened).ok).toBe(true)
    const early = refusalOf(charge('A', { A: 1 }, { occurredAt: '2026-08-09T23:59:59.999Z' }))
    expect(early).toMatchObject({ code: 'time-order', errors: [{ pointer: '/occurredAt' }] })
    expect(early.detail).toBe(
      `2026-08-09T23:59:59.999Z lies before ${august(10)}, when run ${R('A')} was opened.`,
    )
    const late = given(pickup('A', { occurredAt: august(15) }), open('A'))
    expect(refusalOf(charge('A', { A: 1 }, { occurredAt: august(14) }), late).detail).toContain(
      `batch ${B('A')} came to be yours`,
    )
  })

  it('is refused in the future', () => {
    expect(refusalOf(charge('A', { A: 1 }, { occurredAt: '2026-09-01T00:05:00.001Z' })).code).toBe(
      'future-time',
    )
  })

  it('names a batch once a call, and says so', () => {
    const twice = {
      draws: [
        { batch: B('A'), massGrams: 1 },
        { batch: B('A'), massGrams: 2 },
      ],
    }
    const refusal = refusalOf(charge('A', {}, twice))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/charges/1' }] })
    expect(refusal.detail).toContain('name it once with the sum')
  })

  it('takes nothing of a batch on its way, of one that was never there, or of another holder’s', () => {
    const shipped = told(opened, ship('A', ['A']))
    expect(refusalOf(charge('A', { A: 1 }), shipped)).toMatchObject({ code: 'batch-not-active' })
    expect(refusalOf(charge('A', { A: 1 }), shipped).detail).toContain('on its way in shipment SAAAAAAAAAAAA')
    expect(refusalOf(charge('A', { Z: 1 })).code).toBe('unknown-batch')
    const foreign = refusalOf(charge('A', { A: 1 }, {}, { org: 'others', role: 'recycler', now: august(31) }))
    expect(foreign).toMatchObject({ code: 'unknown-batch', detail: `You hold no batch ${B('A')}.` })
  })

  it('takes nothing of a batch that is held, on itself or from upstream', () => {
    const own = told(opened, hold('A'))
    expect(refusalOf(charge('A', { A: 1 }), own).detail).toBe(
      `Batch ${B('A')} is held; it can be used again once that is released.`,
    )
    const upstream = { ...opened, holds: new Map([[B('A'), ['BXXXXXXXXXXXX-2']]]) }
    expect(refusalOf(charge('A', { A: 1 }), upstream).detail).toContain('something it was made of is held')
  })

  it('puts nothing into a run that holds held material', () => {
    const held = { ...opened, holds: new Map([[R('A'), ['BXXXXXXXXXXXX-2']]]) }
    const refusal = refusalOf(charge('A', { A: 1 }), held)
    expect(refusal.code).toBe('batch-held')
    expect(refusal.detail).toContain('correcting its charge')
  })

  it('refuses a stage that the step does not take, naming both', () => {
    const refusal = refusalOf(charge('B', { A: 1 }), told(opened, open('B', { step: 'pelletizing' })))
    expect(refusal).toMatchObject({ code: 'wrong-stage', errors: [{ pointer: '/charges/0/batchId' }] })
    expect(refusal.detail).toBe(
      `Batch ${B('A')} is collected; pelletizing takes cleaned batches and makes pelletized ones. Stages never go backwards.`,
    )
  })

  it('lets material without a traced origin join a blend only', () => {
    const virgin = { added: [{ kind: 'virgin', massGrams: 1_000, polymer: 'HDPE' }] } as const
    const refusal = refusalOf(charge('A', { A: 1 }, virgin))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/added' }] })
    expect(refusal.detail).toContain('Nothing can be added in cleaning')
  })

  it('counts dry mass only where every moisture is known, and names what is not', () => {
    const acts = [
      pickup('A', { moistureBp: 1_000 }),
      pickup('D'),
      open('A'),
      charge('A', { A: 50_000, D: 10_000 }),
    ]
    expect(subject(given(...acts), R('A'), 'run').pool).toMatchObject({
      massGrams: 60_000,
      dryGrams: 45_000,
      moistureUnknownGrams: 10_000,
    })
  })
})

describe('a consolidation', () => {
  const two = given(pickup('A'), pickup('D'), open('A', { step: 'sorting' }))
  it('refuses to mix stages, whether in one call or over several', () => {
    const story = {
      ...two,
      subjects: new Map([
        ...two.subjects,
        [B('S'), { ...subject(two, B('A'), 'batch'), id: B('S'), stage: 'sorted' as const }],
      ]),
    }
    const lot = told(story, open('C', { step: 'consolidation' }))
    expect(refusalOf(charge('C', { A: 1, S: 1 }), lot)).toMatchObject({
      code: 'wrong-stage',
      errors: [{ pointer: '/charges' }],
    })
    const refusal = refusalOf(charge('C', { S: 1 }), told(lot, charge('C', { A: 1 })))
    expect(refusal.detail).toContain('must be of one stage; given: collected and sorted')
  })

  it('keeps the origin of many pickups in one lot, to the gram', () => {
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index)).filter(
      (letter) => !'ILOU'.includes(letter),
    )
    const acts = letters.map((letter, index) => pickup(letter, { netGrams: 1_000 + index }))
    const sum = letters.reduce((total, _, index) => total + 1_000 + index, 0)
    const all = Object.fromEntries(letters.map((letter, index) => [letter, 1_000 + index]))
    const story = given(...acts, open('A', { step: 'consolidation' }), charge('A', all))
    expect(subject(story, R('A'), 'run').pool).toMatchObject({
      massGrams: sum,
      origins: [{ placeId: 'dachen', period: '2026-08', found: 'unrecorded', grams: sum }],
    })
  })
})

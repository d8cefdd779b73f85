import { describe, expect, it } from 'vitest'
import { ACTOR, refused } from '../scenario.ts'
import { charge, close, correct, hold, open, pickup, receive, release, ship } from '../acts.ts'
import { august, B, given, R, S, subject, told, type Act, type Story } from '../story.ts'

/** Taking back what was said of a run: a charge, its closing, its opening. */
const charged = given(
  pickup('A'),
  pickup('D'),
  open('A'),
  charge('A', { A: 60_000 }),
  charge('A', { A: 10_000, D: 5_000 }),
)
const closed = told(charged, close('A', { X: 40_000, Y: 30_000 }))
const refusalOf = (act: Act, story: Story) => refused(act(story))

describe('taking back a charge', () => {
  it('gives the batch its grams and the run its place back, to what they were', () => {
    const once = given(pickup('A'), pickup('D'), open('A'), charge('A', { A: 60_000 }))
    const story = told(charged, correct(`${R('A')}-3`))
    expect(subject(story, B('A'), 'batch')).toMatchObject({ remainingGrams: 40_000, usedIn: [R('A')] })
    expect(subject(story, B('D'), 'batch')).toMatchObject({ remainingGrams: 100_000, usedIn: [] })
    expect(subject(story, R('A'), 'run')).toMatchObject({
      pool: subject(once, R('A'), 'run').pool,
      chargeCount: 1,
      chargeSequences: [2],
    })
  })

  it('may be of an earlier charge than the last', () => {
    const story = told(charged, correct(`${R('A')}-2`))
    expect(subject(story, B('A'), 'batch')).toMatchObject({ remainingGrams: 90_000, usedIn: [R('A')] })
    expect(subject(story, R('A'), 'run')).toMatchObject({ chargeSequences: [3], pool: { massGrams: 15_000 } })
  })

  it('lets the run be closed as early as the charges that stand', () => {
    const late = [
      charge('A', { A: 1_000 }, { occurredAt: august(30) }),
      correct(`${R('A')}-4`, { occurredAt: august(31) }),
    ]
    const story = [...late].reduce(told, charged)
    expect(subject(story, R('A'), 'run').chargedUntil).toBe(august(11))
    expect(close('A', { X: 70_000 }, { occurredAt: august(12) })(story).ok).toBe(true)
  })

  it('is refused while the run is closed, naming the closing', () => {
    const refusal = refusalOf(correct(`${R('A')}-2`), closed)
    expect(refusal).toMatchObject({ code: 'correct-first', blockedBy: [`${R('A')}-4`] })
    expect(refusal.detail).toBe(
      `${R('A')}-2 cannot be corrected, because since then the run was closed. Correct first: ${R('A')}-4 (RunClosed).`,
    )
  })

  it('is refused while a batch that it would go back to was shipped', () => {
    const story = told(charged, ship('A', ['A']))
    expect(refusalOf(correct(`${R('A')}-2`), story)).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${S('A')}-1`],
    })
    expect(correct(`${R('A')}-2`)(told(story, correct(`${S('A')}-1`))).ok).toBe(true)
  })
})

describe('taking back a closing', () => {
  it('reopens the run with all that it was charged with, and voids what came out', () => {
    const story = told(closed, correct(`${R('A')}-4`))
    const run = subject(story, R('A'), 'run')
    expect(run).toMatchObject({ status: 'open', outputs: [], losses: {}, unaccountedGrams: 0, closings: 1 })
    expect([run.closedBy, run.closedAt, run.pool]).toEqual([
      undefined,
      undefined,
      subject(charged, R('A'), 'run').pool,
    ])
    expect(subject(story, B('X'), 'batch')).toMatchObject({ status: 'void', massGrams: 0, remainingGrams: 0 })
    expect(refusalOf(ship('B', ['X']), story).detail).toContain('declared a mistake; it never was')
  })

  it('lets it be closed again, with other figures', () => {
    const story = [correct(`${R('A')}-4`), close('A', { Z: 75_000 })].reduce(told, closed)
    expect(subject(story, R('A'), 'run')).toMatchObject({ closings: 2, outputs: [{ batch: B('Z') }] })
  })

  it('is refused while what came out was used or shipped, the latest named first', () => {
    const used = [
      open('C', { step: 'pelletizing' }),
      charge('C', { X: 1_000 }, { occurredAt: august(12) }),
      ship('A', ['Y']),
    ]
    const story = used.reduce(told, closed)
    const refusal = refusalOf(correct(`${R('A')}-4`), story)
    expect(refusal.code).toBe('correct-first')
    expect([...(refusal.blockedBy ?? [])].sort()).toEqual([`${R('C')}-2`, `${S('A')}-1`])
    expect(refusal.blockedBy?.[0]).toBe(`${S('A')}-1`)
    const freed = [correct(`${S('A')}-1`), correct(`${R('C')}-2`), correct(`${R('A')}-4`)].reduce(told, story)
    expect(subject(freed, R('A'), 'run').status).toBe('open')
  })
})

describe('a held output', () => {
  const held = told(closed, hold('X'))

  it('keeps its run closed, so that its material cannot come out of it anew, unheld', () => {
    const refusal = refusalOf(correct(`${R('A')}-4`), held)
    expect(refusal.code).toBe('batch-held')
    expect(refusal.detail).toContain(`Release first: ${B('X')}-2 (contamination, by ${ACTOR.org})`)
  })

  it('lets it be opened again once it is released', () => {
    expect(correct(`${R('A')}-4`)(told(held, release('X'))).ok).toBe(true)
  })
})

describe('a run that was closed with held material', () => {
  const reopened = [hold('A'), correct(`${R('A')}-4`)].reduce(told, closed)
  /** Holds spread along the stream, so here they are put where they would be. */
  const held: Story = { ...reopened, holds: new Map([[R('A'), [`${B('A')}-2`]]]) }

  it('keeps it: taken out now, the same would come out of the run again, unheld', () => {
    expect(refusalOf(correct(`${R('A')}-2`), held)).toMatchObject({
      code: 'batch-held',
      detail: expect.stringContaining(`Run ${R('A')} was closed with material that is held`),
    })
    expect(correct(`${R('A')}-2`)(reopened).ok).toBe(true)
  })

  it('gives it back where the run was never closed: then nothing came out that it was in', () => {
    const open: Story = { ...told(charged, hold('A')), holds: held.holds }
    expect(correct(`${R('A')}-2`)(open).ok).toBe(true)
  })
})

describe('taking back an opening', () => {
  it('voids a run that holds nothing', () => {
    const story = [correct(`${R('A')}-3`), correct(`${R('A')}-2`), correct(`${R('A')}-1`)].reduce(
      told,
      charged,
    )
    expect(subject(story, R('A'), 'run')).toMatchObject({ status: 'void', pool: { massGrams: 0 } })
    expect(refusalOf(charge('A', { A: 1 }), story).detail).toBe(
      `Run ${R('A')} is void; only an open run can be charged.`,
    )
  })

  it('is refused while charges stand, the latest named first', () => {
    expect(refusalOf(correct(`${R('A')}-1`), charged).blockedBy).toEqual([`${R('A')}-3`, `${R('A')}-2`])
    const one = told(charged, correct(`${R('A')}-3`))
    expect(refusalOf(correct(`${R('A')}-1`), one).blockedBy).toEqual([`${R('A')}-2`])
  })
})

describe('a chain of mistakes', () => {
  it('is taken back from its end, in the order that each refusal names, to where it began', () => {
    const acts = [
      open('C', { step: 'pelletizing', occurredAt: august(12) }),
      charge('C', { X: 40_000 }, { occurredAt: august(12) }),
      close('C', { P: 39_000 }, { losses: { purge: 1_000 } }),
      ship('A', ['P']),
    ]
    let story = acts.reduce(told, closed)
    const taken: string[] = []
    const takeBack = (id: string): void => {
      const decision = correct(id)(story)
      if (decision.ok) {
        story = told(story, correct(id))
        taken.push(id)
        return
      }
      for (const first of decision.refusal.blockedBy ?? []) takeBack(first)
      takeBack(id)
    }
    takeBack(`${R('A')}-2`)
    expect(taken).toEqual([`${S('A')}-1`, `${R('C')}-3`, `${R('C')}-2`, `${R('A')}-4`, `${R('A')}-2`])
    expect(subject(story, B('A'), 'batch')).toMatchObject({ remainingGrams: 90_000, status: 'active' })
  })
})

it('says whose event must be corrected first where it is another organisation’s', () => {
  const story = [ship('A', ['A']), receive('A', { A: 30_000 })].reduce(told, charged)
  const refusal = refusalOf(correct(`${R('A')}-2`), story)
  expect(refusal.blockedBy).toEqual([`${S('A')}-2`, `${S('A')}-1`])
  expect(refusal.detail).toContain(
    `Correct first: ${S('A')}-2 (BatchReceived, by plant), ${S('A')}-1 (BatchShipped).`,
  )
})

it('names what must be corrected first in the order in which it can be done, over all batches', () => {
  const later = { ...ACTOR, now: '2026-09-01T00:00:01.000Z' }
  const acts = [
    open('C', { step: 'pelletizing', occurredAt: august(12) }),
    charge('C', { Y: 1_000 }, { occurredAt: august(12) }),
    ship('A', ['X', 'Y'], {}, later),
  ]
  const refusal = refusalOf(correct(`${R('A')}-4`, {}, later), acts.reduce(told, closed))
  expect(refusal.blockedBy).toEqual([`${S('A')}-1`, `${R('C')}-2`])
})

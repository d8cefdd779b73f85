import { describe, expect, it } from 'vitest'
import { booksBalance } from '../../../../shared/domain/state/batch.ts'
import { anew, charge, close, correct, open, pickup, receive, ship } from '../acts.ts'
import { refused } from '../scenario.ts'
import { august, B, given, PLANT, R, S, subject, told, type Act, type Story } from '../story.ts'

/** What its receiver rejected is its sender's again, whole, to be put right as if it had never been away. */
const rejection: readonly Act[] = [ship('A', ['A']), receive('A', { A: 100_000 }, {}, false)]
const back = rejection.reduce(told, given(pickup('A')))
const batchIn = (story: Story) => subject(story, B('A'), 'batch')
const PICKUP = `${B('A')}-1`

describe('a batch that came back from a load because it was rejected', () => {
  it.each([90_000, 120_000])('can be said to have been %i g', (netGrams) => {
    const story = told(back, correct(PICKUP, { instead: anew({ netGrams }) }))
    expect(batchIn(story)).toMatchObject({ status: 'active', massGrams: netGrams, remainingGrams: netGrams })
    expect(booksBalance(batchIn(story))).toBe(true)
  })

  it('can be said never to have been', () => {
    expect(batchIn(told(back, correct(PICKUP))).status).toBe('void')
  })

  it('takes an earlier charge back, and may then be shipped with all of it', () => {
    const charged = [open('A'), charge('A', { A: 30_000 }), ...rejection.slice(0, 1)]
    const rejected = receive('A', { A: 70_000 }, {}, false)
    const story = [...charged, rejected, correct(`${R('A')}-2`)].reduce(told, given(pickup('A')))
    expect(batchIn(story)).toMatchObject({ status: 'active', remainingGrams: 100_000 })
    const again = told(story, ship('B', ['A'], { occurredAt: august(26) }))
    expect(subject(again, S('B'), 'shipment').lines).toMatchObject([{ massGrams: 100_000 }])
  })

  it('lets the run that made it be opened again', () => {
    const made = [pickup('D'), open('A'), charge('A', { D: 100_000 }), close('A', { A: 80_000 })]
    const story = [...made, ship('A', ['A']), receive('A', { A: 80_000 }, {}, false)].reduce(told, given())
    expect(batchIn(told(story, correct(`${R('A')}-3`))).status).toBe('void')
  })

  it('cannot be corrected once it is on its way again, or another took it', () => {
    const away = told(back, ship('B', ['A'], { occurredAt: august(15) }))
    const less = correct(PICKUP, { instead: anew({ netGrams: 90_000 }) })
    expect(refused(less(away))).toMatchObject({ code: 'correct-first', blockedBy: [`${S('B')}-1`] })
    const taken = told(away, receive('B', { A: 100_000 }, { occurredAt: august(16) }))
    expect(refused(less(taken))).toMatchObject({ blockedBy: [`${S('B')}-2`, `${S('B')}-1`] })
  })

  it('cannot be corrected any more once its rejection was taken back', () => {
    const story = told(back, correct(`${S('A')}-2`, {}, PLANT))
    expect(refused(correct(PICKUP)(story))).toMatchObject({ blockedBy: [`${S('A')}-1`] })
  })

  it('stays with its sender once it was corrected: its rejection cannot be taken back then', () => {
    const less = correct(PICKUP, { instead: anew({ netGrams: 90_000 }) })
    const refusal = refused(correct(`${S('A')}-2`, {}, PLANT)(told(back, less)))
    expect(refusal.code).toBe('not-correctable')
    for (const said of [B('A'), `${B('A')}-4`, 'ship it again']) expect(refusal.detail).toContain(said)
  })
})

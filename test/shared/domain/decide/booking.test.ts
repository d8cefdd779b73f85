import { describe, expect, it } from 'vitest'
import type { Actor, Closed } from '../../../../shared/domain/decide/actor.ts'
import { accepted, ACTOR, pickupCommand, recordPickup } from '../scenario.ts'
import { charge, correct, open, pickup, receive, ship } from '../acts.ts'
import { given, R, S, told, type Act, type Story } from '../story.ts'

/** What is dated into books that are closed counts when it is recorded; books of other sites stay as they are. */
const until = (site: string, org = 'coop', day = '2026-09-01'): Closed => ({
  org,
  site,
  until: `${day}T00:00:00.000Z`,
})
const closing = (...closes: readonly Closed[]): Actor => ({ ...ACTOR, closes })
const bookedAt = (story: Story, act: Act) => accepted(act(story))[0]?.bookedAt
const beach = given(pickup('A'), open('A'))

describe('an entry', () => {
  const entry = (actor: Actor) => accepted(recordPickup(pickupCommand(), actor))[0]?.bookedAt

  it('counts when it happened while its site’s books of that time are open', () => {
    expect(entry(closing())).toBeUndefined()
    expect(entry(closing(until('dachen', 'coop', '2026-08-01')))).toBeUndefined()
  })

  it('counts when it is recorded once they are closed', () => {
    expect(entry(closing(until('dachen', 'coop', '2026-08-02')))).toBe(ACTOR.now)
  })

  it('is not moved by the books of another site, or of another organisation’s of the same name', () => {
    expect(entry(closing(until('huzhou'), until('dachen', 'others')))).toBeUndefined()
  })
})

describe('what touches a batch', () => {
  it('counts when it is recorded if the books where the batch lay are closed, wherever it is done', () => {
    const charging = (actor: Actor): Act => charge('A', { A: 1_000 }, {}, actor)
    expect(bookedAt(beach, charging(closing(until('huzhou'))))).toBe(ACTOR.now)
    expect(bookedAt(beach, charging(closing(until('dachen'))))).toBe(ACTOR.now)
    expect(bookedAt(beach, charging(closing(until('works'))))).toBeUndefined()
    const actor = closing(until('dachen'))
    expect(bookedAt(beach, ship('A', ['A'], { site: 'huzhou' }, actor))).toBe(ACTOR.now)
    const charged = told(beach, charge('A', { A: 1_000 }))
    expect(bookedAt(charged, correct(`${R('A')}-2`, {}, actor))).toBe(ACTOR.now)
    expect(bookedAt(charged, correct(`${R('A')}-2`, {}, closing()))).toBeUndefined()
  })

  it('of a receipt, also where the sender’s are', () => {
    const shipped = told(beach, ship('A', ['A']))
    const receiving = (closes: readonly Closed[]): Act => receive('A', { A: 1 }, {}, true, { closes })
    expect(bookedAt(shipped, receiving([until('dachen', 'coop')]))).toBe(ACTOR.now)
    expect(bookedAt(shipped, receiving([until('works', 'plant')]))).toBe(ACTOR.now)
    expect(bookedAt(shipped, receiving([until('works', 'coop')]))).toBeUndefined()
  })

  it('of a receipt that is taken back, too, though the batch lies with the receiver', () => {
    const received = told(told(beach, ship('A', ['A'])), receive('A', { A: 1 }))
    const takingBack = (...closes: readonly Closed[]): Act =>
      correct(`${S('A')}-2`, {}, { ...closing(...closes), org: 'plant' })
    expect(bookedAt(received, takingBack(until('dachen', 'coop')))).toBe(ACTOR.now)
    expect(bookedAt(received, takingBack(until('works', 'plant')))).toBe(ACTOR.now)
    expect(bookedAt(received, takingBack(until('works', 'coop')))).toBeUndefined()
  })
})

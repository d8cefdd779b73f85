import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInProcess, type InProcess } from '../in-process.ts'
import { heldIn, newPerson, newVessel } from './held.ts'
import { expectProblem } from './refused.ts'

/** All that is held on somebody, on the real engine. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

const { keys, pickup, exported, sendExport } = heldIn(() => here)

describe('an export', () => {
  it('has every entry of somebody once, page by page, with what is held on them and not on others', async () => {
    const [person, other] = [newPerson(), newPerson()]
    for (const changes of [
      { collector: person, weigher: other, vessel: newVessel() },
      { collector: person, weigher: person },
      { collector: other, weigher: person },
      { collector: other },
    ])
      await pickup(changes)
    const items = await exported(person)
    expect(items.map(({ as }) => as)).toEqual([['collector'], ['collector', 'weigher'], ['weigher']])
    expect(items.map(({ fields }) => fields.map(({ name }) => name).toSorted())).toEqual([
      ['collector', 'vessel'],
      ['collector', 'weigher'],
      ['weigher'],
    ])
    expect(items[0]).toMatchObject({ massKg: 100, form: 'crate', placeId: 'dachen', siteId: 'dachen' })
    expect(JSON.stringify(items)).not.toContain(other)
    const accesses = await here.client.get('/v1/accesses?limit=1', { key: keys().auditor })
    expect(accesses.text).toContain('"asked":"export"')
    expect(accesses.text).not.toContain(person)
  })

  it('goes on from no cursor but its own', async () => {
    expectProblem(await sendExport(newPerson(), { cursor: 'abc' }), { status: 400, code: 'invalid-request' })
  })
})

import type { ServiceInputTypes } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynamo } from '../../functions/adapters/client.ts'
import { periodList } from '../../shared/contract/answers/reports.ts'
import { jsonOf, problemOf, type Answer } from '../client.ts'
import { complaintsOf } from './checker.ts'
import { nthKey, startWorld, type EngineWorld } from './engine-world.ts'
import { requestOf } from './requests.ts'
import { aPickup, COOP } from './scenario.ts'
import { readTable } from './table.ts'

/** Two who close the books of a site for the first time, and write only when both have read that nobody has. */
let world: EngineWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world?.stop())

let keys = 0
const AUGUST_END = '2026-09-01T00:00:00.000Z'

async function pickUp(site: string, at: string): Promise<void> {
  jsonOf(await world.send(requestOf({ ...aPickup(1_000, site), org: COOP, at }), nthKey((keys += 1))))
}

const close = (site: string, to = AUGUST_END): Promise<Answer> =>
  world.send(requestOf({ act: 'close-period', org: COOP, at: to, site, to }), nthKey((keys += 1)))

async function periodsAt(site: string) {
  const answer = await world.client.get(`/v1/periods?site=${site}`, { key: world.keyOf(COOP) })
  return periodList.parse(jsonOf(answer)).items
}

/** What the winner and the loser are told, in this order. */
const told = (answers: readonly Answer[]): (string | number)[] =>
  answers
    .map((answer) => (answer.status === 201 ? answer.status : problemOf(answer).code))
    .toSorted((a, b) => (String(a) < String(b) ? -1 : 1))

/** Holds back the next two closes before they are written, until both are there; tells when the first is. */
function meetBeforeWriting(): { readonly firstIsThere: Promise<void> } {
  const first = Promise.withResolvers<void>()
  const both = Promise.withResolvers<void>()
  let there = 0
  dynamo().middlewareStack.add(
    (next) => async (args) => {
      if (isClose(args.input) && there < 2) {
        there += 1
        ;(there === 1 ? first : both).resolve()
        await both.promise
      }
      return next(args)
    },
    { step: 'initialize', name: 'meeting', override: true },
  )
  return { firstIsThere: first.promise }
}

const isClose = (input: ServiceInputTypes): boolean =>
  'TransactItems' in input &&
  (input.TransactItems ?? []).some((item) => 'Put' in item && item.Put?.Item?.['pk']?.S?.startsWith('P#'))

async function expectNoComplaints(): Promise<void> {
  await world.runtime.projected()
  expect(complaintsOf(await readTable(), 'wholly')).toEqual([])
}

describe('of two first closes of a site at the same instant', () => {
  it.each(['dachen', 'shitang', 'huzhou'])('exactly one wins (%s)', async (site) => {
    await pickUp(site, '2026-08-10T00:00:00.000Z')
    meetBeforeWriting()
    expect(told(await Promise.all([close(site), close(site)]))).toEqual([201, 'period-closed'])
    expect(await periodsAt(site)).toHaveLength(1)
    await expectNoComplaints()
  })

  it('exactly one wins, also where an earlier entry came in after the one and before the other had looked', async () => {
    const site = 'jiaojiang'
    await pickUp(site, '2026-08-10T00:00:00.000Z')
    const { firstIsThere } = meetBeforeWriting()
    const one = close(site)
    await firstIsThere
    await pickUp(site, '2026-08-05T00:00:00.000Z')
    expect(told(await Promise.all([one, close(site)]))).toEqual([201, 'period-closed'])
    expect(await periodsAt(site)).toHaveLength(1)
    await expectNoComplaints()
  })

  it('the one that ends later follows on the other, or is alone', async () => {
    const site = 'ruoshan'
    await pickUp(site, '2026-08-10T00:00:00.000Z')
    meetBeforeWriting()
    const earlier = '2026-08-20T00:00:00.000Z'
    const [short, long] = await Promise.all([close(site, earlier), close(site)])
    const periods = await periodsAt(site)
    const ends = periods.map(({ to }) => to)
    expect(ends).toEqual(short.status === 201 ? [earlier, AUGUST_END] : [AUGUST_END])
    expect(long.status).toBe(201)
    expect(periods.at(1)?.from).toBe(periods.length > 1 ? earlier : undefined)
    await expectNoComplaints()
  })
})

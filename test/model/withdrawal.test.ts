import type { QueryCommandInput, ServiceInputTypes } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { dynamo } from '../../functions/adapters/client.ts'
import { unbarClaims } from '../../functions/adapters/tallies.ts'
import { certificateView } from '../../shared/contract/answers/quality.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, problemOf, type Answer } from '../client.ts'
import { aCertificate, aPickup, aRun, AT_SEA, idOf } from '../given.ts'
import { complaintsOf } from './checker.ts'
import { startWorld, type EngineWorld } from './engine-world.ts'
import { storedComplaints } from './laws/stored.ts'
import { COOP } from './scenario.ts'
import { readTable } from './table.ts'

/** A claim and the withdrawal of its certificate at the same instant: of the two that cannot both stand, one gives way. */
let world: EngineWorld
let certificate: string
beforeEach(async () => {
  await world?.stop()
  world = await startWorld()
  certificate = certificateView.parse(jsonOf(await post('/v1/certificates', aCertificate()))).id
})
afterAll(async () => world?.stop())

const post = (path: string, body: object): Promise<Answer> =>
  world.client.post(path, world.keyOf(COOP), { ...body })
const pickUp = (changes: object = {}): Promise<Answer> =>
  post('/v1/pickups', aPickup({ ...AT_SEA, ...changes }))
const correct = (event: string, body: object = {}): Promise<Answer> =>
  post(`/v1/events/${event}/corrections`, { reason: 'withdrawn', ...body })
const withdraw = (since = '2026-01-01T00:00:00.000Z'): Promise<Answer> =>
  correct(`${certificate}-1`, { occurredAt: since })

async function expectNoComplaints(): Promise<void> {
  await world.runtime.projected()
  const table = await readTable()
  expect([...complaintsOf(table, 'wholly'), ...(await storedComplaints(table))]).toEqual([])
}

/** Does something of another server's when such an item is about to be written next. */
function beforeWriting(prefix: string, act: () => Promise<void>): void {
  let isDone = false
  dynamo().middlewareStack.add(
    (next) => async (args) => {
      if (!isDone && puts(args.input, prefix)) {
        isDone = true
        await act()
      }
      return next(args)
    },
    { step: 'initialize', name: 'meeting', override: true },
  )
}

const puts = (input: ServiceInputTypes, prefix: string): boolean =>
  'TransactItems' in input &&
  (input.TransactItems ?? []).some((item) => 'Put' in item && item.Put?.Item?.['pk']?.S?.startsWith(prefix))

/** The index shows nothing for so many queries, as when it lags behind the table. */
function laggingFor(queries: number): { readonly asked: () => number } {
  let asked = 0
  dynamo().middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'QueryCommand' || !isOfIndex(args.input)) return next(args)
        asked += 1
        const answered = await next(args)
        return asked > queries ? answered : { ...answered, output: { ...answered.output, Items: [] } }
      },
    { step: 'initialize', name: 'lagging', override: true },
  )
  return { asked: () => asked }
}

const isOfIndex = (input: ServiceInputTypes): input is QueryCommandInput => 'IndexName' in input

describe('a claim that is about to be written when its certificate is withdrawn from before it', () => {
  it('is not made: the pickup is recorded without it, and says why', async () => {
    beforeWriting('B#', async () => expect((await withdraw()).status).toBe(201))
    const { claimsKg, checks } = batchOf(await pickUp())
    expect(claimsKg).toEqual({})
    expect(checks?.find(({ rule }) => rule === 'R13')?.verdict).toBe('review')
    await expectNoComplaints()
  })

  it('is not made by a run either', async () => {
    const { id } = batchOf(await pickUp())
    beforeWriting('R#', async () => expect((await withdraw('2026-08-05T00:00:00.000Z')).status).toBe(201))
    const run = runView.parse(jsonOf(await post('/v1/runs', aRun(id))))
    expect(run.outputs.map(({ claimsKg }) => claimsKg)).toEqual([{}])
    await expectNoComplaints()
  })

  it('is not made by what is said instead of a pickup', async () => {
    const { id } = batchOf(await pickUp({ claim: 'none' }))
    beforeWriting('B#', async () => expect((await withdraw()).status).toBe(201))
    const { siteId: _, occurredAt: __, ...said } = aPickup()
    const instead = { type: 'PickupRecorded', ...said, ...AT_SEA }
    expect((await correct(`${id}-1`, { instead })).status).toBe(201)
    expect(batchOf(await world.client.get(`/v1/batches/${id}`, { key: world.keyOf(COOP) })).claimsKg).toEqual(
      {},
    )
    await expectNoComplaints()
  })

  it('is made where it is dated before that', async () => {
    beforeWriting('B#', async () => expect((await withdraw('2026-08-02T00:00:00.000Z')).status).toBe(201))
    expect(batchOf(await pickUp()).claimsKg).toEqual({ OBP: 100 })
    await expectNoComplaints()
  })
})

describe('a withdrawal from before a claim', () => {
  it('is refused where the claim slips in just before it is written', async () => {
    let pickup = ''
    beforeWriting('C#', async () => {
      await unbarClaims(certificate)
      pickup = idOf(await pickUp())
    })
    const problem = problemOf(await withdraw())
    expect([problem.code, problem.blockedBy]).toEqual(['correct-first', [`${pickup}-1`]])
    await expectNoComplaints()
  })

  it('waits for an index that does not show the claim yet, and is then refused', async () => {
    const pickup = idOf(await pickUp())
    const lag = laggingFor(9)
    const problem = problemOf(await withdraw())
    expect([problem.code, problem.blockedBy]).toEqual(['correct-first', [`${pickup}-1`]])
    expect(lag.asked()).toBeGreaterThan(9)
    await expectNoComplaints()
  })

  it('leaves the certificate in force where it is refused', async () => {
    await pickUp()
    expect((await withdraw()).status).toBe(409)
    expect(batchOf(await pickUp()).claimsKg).toEqual({ OBP: 100 })
  })
})

describe('of many claims while a certificate is withdrawn', () => {
  const racing = (since: string | undefined): Promise<number[]> =>
    Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const answer =
          index === 6
            ? await correct(`${certificate}-1`, { occurredAt: since })
            : await pickUp({ occurredAt: undefined })
        return answer.status
      }),
    )

  it('none stands that is dated since, or it is refused', async () => {
    const { 6: withdrawn, ...others } = await racing('2026-01-01T00:00:00.000Z')
    expect([201, 409]).toContain(withdrawn)
    expect(new Set(Object.values(others))).toEqual(new Set([201]))
    await expectNoComplaints()
  })

  it('none stands that is dated since, and from now on it is never refused', async () => {
    expect(new Set(await racing(undefined))).toEqual(new Set([201]))
    await expectNoComplaints()
  })
})

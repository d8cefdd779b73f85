import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it, vi } from 'vitest'
import { NOTHING_LOADED, type LoadedWorld } from '../../../functions/adapters/ledger.ts'
import { execute } from '../../../functions/commands/command.ts'
import { accept, refuse } from '../../../shared/domain/refusal.ts'
import { batch, givenPickups, pickupCommand } from '../../shared/domain/scenario.ts'

/** When things are decided: after what they rest on, whatever the clocks of several servers say. */
const dynamo = mockClient(DynamoDBClient)
beforeEach(() => {
  dynamo.reset()
  dynamo.on(GetItemCommand).resolves({})
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

async function decidedAt(load: () => Promise<LoadedWorld>): Promise<string> {
  let at = ''
  await execute({
    once: { commandHash: 'x' },
    caller: {},
    request: {},
    load: async () => accept({ world: await load(), extra: undefined }),
    decide: (_world, _extra, now) => {
      at = now
      return refuse('not-found', 'only the time matters here')
    },
    answer: () => ({}),
  })
  return at
}

it('a command is decided now, or when the latest of what it rests on was recorded, if that clock was ahead', async () => {
  const before = new Date().toISOString()
  const now = await decidedAt(async () => NOTHING_LOADED)
  expect(now >= before).toBe(true)
  const ahead = new Date(Date.now() + 2_000).toISOString()
  const known = { ...batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA'), updatedAt: ahead }
  const world = { ...NOTHING_LOADED, subjects: new Map([[known.id, known]]) }
  expect(await decidedAt(async () => world)).toBe(ahead)
})

it('the time is read after loading, so that what others did while it was loaded came first', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-09-01T00:00:00.000Z') })
  try {
    const at = '2026-09-01T00:00:07.000Z'
    const loading = async () => {
      vi.setSystemTime(at)
      return NOTHING_LOADED
    }
    expect(await decidedAt(loading)).toBe(at)
  } finally {
    vi.useRealTimers()
  }
})

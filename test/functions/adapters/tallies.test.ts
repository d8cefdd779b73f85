import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NOTHING_LOADED } from '../../../functions/adapters/ledger.ts'
import {
  barClaims,
  claimItems,
  countedSince,
  TALLIES,
  unbarClaims,
} from '../../../functions/adapters/tallies.ts'
import { execute } from '../../../functions/commands/command.ts'
import { recordPickup as decidePickup } from '../../../shared/domain/decide/pickup.ts'
import { NATURAL_EARTH } from '../../../shared/domain/geo/coast/natural-earth.ts'
import { accept } from '../../../shared/domain/refusal.ts'
import { accepted, ACTOR, pickupCommand } from '../../shared/domain/scenario.ts'
import { C, CERTIFICATE } from '../../shared/domain/story.ts'

/** What AWS does with tallies and the embedded engine never does, and what they ask for. */
const dynamo = mockClient(DynamoDBClient)
const about = { $metadata: {}, message: 'no' }

beforeEach(() => {
  dynamo.reset()
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})
afterEach(() => vi.unstubAllEnvs())

const AT_SEA = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
const pickupUnder = (certificates: number) => {
  const rules = { coastline: NATURAL_EARTH, certificates: [CERTIFICATE] }
  const [event] = accepted(decidePickup(pickupCommand(AT_SEA), rules, ACTOR))
  if (event?.type !== 'PickupRecorded') throw new Error('a pickup is one event')
  const ids = Array.from({ length: certificates }, (_, index) => `C${String(index).padStart(12, '0')}`)
  return { ...event, data: { ...event.data, certificates: ids } }
}

describe('a claim', () => {
  it('adds one item for each certificate that it rests on, and none where nothing is claimed', () => {
    const itemsOf = (certificates: number) =>
      claimItems([{ ...pickupUnder(certificates), previous: [] }], new Map())
    expect(itemsOf(0)).toEqual([])
    expect(itemsOf(2).map(({ Update }) => Update?.Key?.['pk']?.S?.slice(0, 15))).toEqual([
      'T#C000000000000',
      'T#C000000000001',
    ])
  })

  it('under more certificates than fit into a transaction is refused in words, and nothing is written', async () => {
    const event = pickupUnder(99)
    const executed = await execute({
      once: { home: event.home },
      request: {},
      load: async () => accept({ world: NOTHING_LOADED, extra: undefined }),
      decide: () => accept([event]),
      answer: () => undefined,
    })
    expect(executed).toMatchObject({ ok: false, refusal: { code: 'record-too-large' } })
    expect(JSON.stringify(executed)).toContain('would change 101 things at once')
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toEqual([])
  })
})

describe('barring claims', () => {
  it('reads what every tally has counted, as it is then', async () => {
    const counted = { claims: { N: '5' }, week2950: { N: '2' }, week2951: { N: '3' } }
    dynamo.on(UpdateItemCommand).resolvesOnce({ Attributes: counted }).resolves({})
    const tallies = await barClaims(C('A'), '2026-08-01T00:00:00.000Z')
    expect(tallies.map(({ claims }) => claims)).toEqual([5, ...Array.from({ length: TALLIES - 1 }, () => 0)])
    expect([2950, 2951, 2952].map((week) => countedSince(tallies, week))).toEqual([5, 3, 0])
  })

  it('tries again while a claim is being written', async () => {
    dynamo
      .on(UpdateItemCommand)
      .rejectsOnce(new TransactionConflictException(about))
      .rejectsOnce(new TransactionConflictException(about))
      .resolves({ Attributes: { claims: { N: '1' } } })
    const tallies = await barClaims(C('A'), '2026-08-01T00:00:00.000Z')
    expect(tallies.map(({ claims }) => claims)).toEqual(Array.from({ length: TALLIES }, () => 1))
    expect(dynamo.commandCalls(UpdateItemCommand)).toHaveLength(TALLIES + 2)
  })

  it('changes nothing of a certificate that is withdrawn, nor does unbarring', async () => {
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException(about))
    expect((await barClaims(C('A'), '2026-08-01T00:00:00.000Z')).map(({ claims }) => claims)).toContain(0)
    await expect(unbarClaims(C('A'))).resolves.toBeUndefined()
    expect(
      new Set(dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.ConditionExpression)),
    ).toEqual(
      new Set([
        'attribute_not_exists(withdrawnFrom) OR attribute_exists(barredUntil)',
        'attribute_exists(barredUntil)',
      ]),
    )
  })
})

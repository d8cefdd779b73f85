import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  InternalServerError,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { loadEntries, readSiteEntries } from '../../../functions/adapters/history.ts'
import { stateItem, type Item, type Loaded } from '../../../functions/adapters/items.ts'
import {
  append,
  loadFirstAnswer,
  loadOne,
  loadWorld,
  NOTHING_LOADED,
  type LoadedWorld,
} from '../../../functions/adapters/ledger.ts'
import { findPassport } from '../../../functions/adapters/passports.ts'
import { findIdentity } from '../../../functions/adapters/identities.ts'
import { GRANTED } from '../../../infra/table.ts'
import { transactionOf, type Append } from '../../../functions/adapters/transaction.ts'
import { readItems } from '../../../functions/adapters/read.ts'
import { execute, homeId, type Command } from '../../../functions/commands/command.ts'
import { fold, type Subject } from '../../../shared/domain/state/fold.ts'
import { accept } from '../../../shared/domain/refusal.ts'
import { sha256OfText, toHex } from '../../../shared/ledger/hash.ts'
import { linkEvents } from '../../../shared/ledger/link.ts'
import {
  accepted,
  ACTOR,
  batch,
  givenPickups,
  pickupCommand,
  processBatches,
  recordPickup,
  runCommand,
} from '../../shared/domain/scenario.ts'

/** What AWS does and the embedded engine never does. Everything else is tested on the engine itself. */
const dynamo = mockClient(DynamoDBClient)

beforeEach(() => {
  dynamo.reset()
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

const world = givenPickups(pickupCommand())

const loaded = (subject: Subject): Loaded => ({ subject, holds: [], revision: 1 })

const loadedWorld: LoadedWorld = {
  loaded: new Map([...world].map(([id, subject]) => [id, loaded(subject)])),
  subjects: world,
  holds: new Map(),
}

async function charge(): Promise<Append> {
  const events = await linkEvents(accepted(processBatches(runCommand(), world, ACTOR)), world)
  return {
    events,
    before: loadedWorld,
    after: fold(world, events),
    once: { home: 'RAAAAAAAAAAAA' },
    beside: { requestHash: 'r', answer: 'a' },
  }
}

const cancelled = (...codes: string[]): TransactionCanceledException =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  })

describe('a transaction', () => {
  it('puts the first event first, conditional on being new, and asks for what is there if it is not', async () => {
    const [first] = transactionOf(await charge())
    expect(first?.Put).toMatchObject({
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      Item: { pk: { S: 'R#RAAAAAAAAAAAA' }, sk: { S: 'H#000001' }, requestHash: { S: 'r' } },
    })
  })

  it('lets the table itself check that a batch has what is drawn from it', async () => {
    const puts = transactionOf(await charge()).map(({ Put }) => Put)
    const drawn = puts.find(
      (put) => put?.Item?.['pk']?.S === 'B#BAAAAAAAAAAAA' && put.Item['sk']?.S === 'STATE',
    )
    expect(drawn).toMatchObject({
      ConditionExpression:
        'head = :head AND revision = :revision AND remainingGrams >= :drawn AND custodian = :custodian',
      ExpressionAttributeValues: { ':drawn': { N: '100000' }, ':custodian': { S: 'coop' } },
    })
  })

  it('never names an item twice', async () => {
    const keys = transactionOf(await charge()).map(
      ({ Put }) => `${Put?.Item?.['pk']?.S} ${Put?.Item?.['sk']?.S}`,
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each([
    'TransactionConflict',
    'ThrottlingError',
    'ProvisionedThroughputExceeded',
    'ConditionalCheckFailed',
  ])('that is cancelled for %s changed nothing and is to be decided again', async (code) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('None', 'None', code))
    expect(await append(await charge())).toEqual({ result: 'stale' })
  })

  it('that is cancelled for a reason that will not pass is an error', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ValidationError'))
    await expect(charge().then(append)).rejects.toThrow('cancelled')
  })
})

describe('a command', () => {
  const command = async (idempotencyKey: string): Promise<Command<undefined>> => {
    const home = await homeId('batch', { org: 'coop', route: 'recordPickup', idempotencyKey })
    return {
      once: { home },
      caller: {},
      request: { massKg: 100 },
      load: async () => accept({ world: NOTHING_LOADED, extra: undefined }),
      decide: () => recordPickup(pickupCommand({ batch: home }), ACTOR),
      answer: (after) => batch(after.subjects, home).massGrams,
    }
  }

  it('is tried again after conflicts and throttling, and then stored once', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'None'))
      .rejectsOnce(cancelled('None', 'ThrottlingError'))
      .resolves({})
    expect(await execute(await command('a'))).toEqual({
      ok: true,
      value: { answer: '100000', replayed: false },
    })
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(3)
  })

  it('whose write failed but was stored gets its first answer when it is sent again', async () => {
    let item: Item | undefined
    dynamo.on(TransactWriteItemsCommand).callsFakeOnce((input: TransactWriteItemsCommand['input']) => {
      item = input.TransactItems?.[0]?.Put?.Item
      throw new InternalServerError({ $metadata: {}, message: 'stored, but the answer was lost' })
    })
    await expect(command('b').then(execute)).rejects.toThrow('stored')
    if (!item) throw new Error('the first sending put an event')
    const reasons = [{ Code: 'ConditionalCheckFailed', Item: item }, { Code: 'ConditionalCheckFailed' }]
    dynamo
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionCanceledException({ $metadata: {}, message: '', CancellationReasons: reasons }))
    expect(await execute(await command('b'))).toEqual({
      ok: true,
      value: { answer: '100000', replayed: true },
    })
    const other = await execute({ ...(await command('b')), request: { massKg: 101 } })
    expect(other).toMatchObject({ ok: false, refusal: { code: 'idempotency-key-reused' } })
  })

  it('that is refused only because its own first sending went through gets that answer', async () => {
    const drained = fold(world, await linkEvents(accepted(processBatches(runCommand(), world, ACTOR)), world))
    const state = stateItem(loaded(batch(drained, 'BAAAAAAAAAAAA')))
    const run: Command<undefined> = {
      once: { home: 'RAAAAAAAAAAAA' },
      caller: {},
      request: { same: true },
      load: async () => accept({ world: await loadWorld(['BAAAAAAAAAAAA']), extra: undefined }),
      decide: ({ subjects }) => processBatches(runCommand(), subjects, ACTOR),
      answer: () => 'first',
    }
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [state] } })
    dynamo.on(GetItemCommand).resolves({})
    expect(await execute(run)).toMatchObject({ ok: false, refusal: { code: 'not-enough-mass' } })

    const requestHash = toHex(await sha256OfText('{"same":true}'))
    dynamo
      .on(GetItemCommand)
      .resolves({ Item: { requestHash: { S: requestHash }, answer: { S: '"first"' } } })
    expect(await execute(run)).toEqual({ ok: true, value: { answer: '"first"', replayed: true } })
  })
})

describe('reads', () => {
  it('ask again for keys that were left unprocessed, and return every item once', async () => {
    const item = (pk: string): Item => ({ pk: { S: pk } })
    const key = (pk: string) => ({ pk, sk: 'STATE' })
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { table: [item('a')] },
        UnprocessedKeys: { table: { Keys: [{ pk: { S: 'b' }, sk: { S: 'STATE' } }] } },
      })
      .resolvesOnce({ Responses: { table: [item('b')] } })
    expect(await readItems([key('a'), key('b')])).toEqual([item('a'), item('b')])
    expect(dynamo.commandCalls(BatchGetItemCommand)[1]?.args[0].input).toEqual({
      RequestItems: { table: { Keys: [{ pk: { S: 'b' }, sk: { S: 'STATE' } }], ConsistentRead: true } },
    })
  })

  it('give up with an error, never with a part, when keys stay unprocessed', async () => {
    const Keys = [{ pk: { S: 'a' }, sk: { S: 'STATE' } }]
    dynamo.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { table: { Keys } } })
    await expect(readItems([{ pk: 'a', sk: 'STATE' }])).rejects.toThrow('stayed unprocessed')
  })

  it('of a single item that a decision rests on are strong', async () => {
    dynamo.on(GetItemCommand).resolves({})
    await loadOne('BAAAAAAAAAAAA')
    await loadFirstAnswer({ home: 'BAAAAAAAAAAAA' })
    await findIdentity('key', 'a key that nobody has')
    const reads = dynamo.commandCalls(GetItemCommand).map(({ args }) => args[0].input.ConsistentRead)
    expect(reads).toEqual([true, true, true])
  })

  it('of the public ask for no attribute and no partition but those that its permission names', async () => {
    dynamo.on(GetItemCommand).resolves({})
    expect(await findPassport('BAAAAAAAAAAAA')).toBeUndefined()
    const inputs = dynamo.commandCalls(GetItemCommand).map(({ args }) => args[0].input)
    expect(inputs).toHaveLength(2)
    for (const { Key, ProjectionExpression } of inputs) {
      expect(Key?.['pk']?.S?.startsWith(GRANTED.batchPrefix)).toBe(true)
      expect(GRANTED.publicAttributes).toContain(ProjectionExpression)
    }
    await findIdentity('key', 'another key')
    const [, , record] = dynamo.commandCalls(GetItemCommand)
    const [prefix] = GRANTED.identityPrefixes
    expect(record?.args[0].input.Key?.['pk']?.S?.startsWith(prefix)).toBe(true)
  })

  it('that a decision rests on are strong', async () => {
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [] } })
    await readItems([{ pk: 'a', sk: 'STATE' }])
    const { RequestItems } = dynamo.commandCalls(BatchGetItemCommand)[0]?.args[0].input ?? {}
    expect(RequestItems?.['table']?.ConsistentRead).toBe(true)
  })

  it('of a list show the batch as it is now, however stale the index is, and skip what is not there', async () => {
    const gone = '2026-08-01T00:00:00.000Z#BZZZZZZZZZZZZ'
    const known = '2026-08-01T00:00:00.000Z#BAAAAAAAAAAAA'
    dynamo.on(QueryCommand).resolves({ Items: [{ gsi1sk: { S: gone } }, { gsi1sk: { S: known } }] })
    const drained = { ...batch(world, 'BAAAAAAAAAAAA'), remainingGrams: 0, status: 'used-up' as const }
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [stateItem(loaded(drained))] } })
    const entries = await readSiteEntries('coop', 'dachen', {
      before: undefined,
      stage: undefined,
      limit: 10,
    })
    expect(await loadEntries(entries.map((entry) => entry.batch))).toEqual([loaded(drained)])
  })
})

import { canonicalJson } from '../../../shared/ledger/canonical.ts'
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  TransactionConflictException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { markHold, readHolds, takeHolds } from '../../../functions/adapters/holds.ts'
import { organisationItem } from '../../../functions/adapters/registry.ts'
import { eventItem, stateItem, type Item, type Loaded } from '../../../functions/adapters/items.ts'
import { readCertificates, readList } from '../../../functions/adapters/lists.ts'
import { correct as correcting } from '../../../functions/commands/correcting.ts'
import { handler } from '../../../functions/projector.ts'
import { settleRun } from '../../../functions/commands/run-holds.ts'
import { DEMO_ORGANISATION } from '../../../infra/local/story.ts'
import { ACTOR, stored } from '../../shared/domain/scenario.ts'
import { charge, close, hold, open, pickup } from '../../shared/domain/acts.ts'
import { B, eventOf, given, R, subject, told } from '../../shared/domain/story.ts'

/** What AWS does to holds, lists and corrections, and the embedded engine never does. */
const dynamo = mockClient(DynamoDBClient)
beforeEach(() => {
  dynamo.reset()
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

const HOLD = `${B('A')}-3`
const charged = given(pickup('A'), open('A'), charge('A', { A: 10_000 }))
const held = told(charged, hold('A'))
const closed = told(charged, close('A', { X: 4_000, Y: 5_000 }))
const about = { $metadata: {}, message: 'told by AWS' }

function recordOf(before: Loaded, after: Loaded, sequence = '7'): DynamoDBRecord {
  const image = (of: Loaded): NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] =>
    Object.fromEntries(
      Object.entries(stateItem(of)).map(([name, value]) => [
        name,
        value.B ? { B: Buffer.from(value.B).toString('base64') } : JSON.parse(JSON.stringify(value)),
      ]),
    )
  const Keys = { pk: { S: `${after.subject.id.charAt(0)}#${after.subject.id}` }, sk: { S: 'STATE' } }
  return { dynamodb: { Keys, SequenceNumber: sequence, OldImage: image(before), NewImage: image(after) } }
}
const batchHeld = recordOf(
  { subject: subject(charged, B('A'), 'batch'), holds: [], revision: 2 },
  { subject: subject(held, B('A'), 'batch'), holds: [HOLD], revision: 3 },
)
const runHeld = recordOf(
  { subject: subject(closed, R('A'), 'run'), holds: [], revision: 3 },
  { subject: subject(closed, R('A'), 'run'), holds: [HOLD], revision: 4 },
  '8',
)
const holdEvent = (): Item => {
  const [hashed] = stored([eventOf(held, HOLD)])
  if (!hashed) throw new Error('there is a hold')
  return eventItem(3, { ...hashed, text: canonicalJson(hashed.event) }, {})
}
const marked = (): unknown[] =>
  dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.Key?.['pk']?.S)

describe('a hold', () => {
  beforeEach(() => {
    dynamo.on(BatchGetItemCommand).callsFake((input: BatchGetItemCommand['input']) => {
      const wanted = input.RequestItems?.['table']?.Keys?.map(({ pk }) => pk?.S)
      const there = [organisationItem({ ...DEMO_ORGANISATION, id: 'coop' }), holdEvent()]
      return { Responses: { table: there.filter(({ pk }) => wanted?.includes(pk?.S)) } }
    })
    dynamo.on(PutItemCommand).resolves({})
  })

  it('that cannot be carried on for a moment is reported, and carried on when the record comes again', async () => {
    dynamo.on(UpdateItemCommand).rejectsOnce(new ProvisionedThroughputExceededException(about)).resolves({})
    expect(await handler({ Records: [batchHeld, runHeld] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '7' }],
    })
    // What lies behind it was done already, and is done again to no effect.
    const all = [`R#${R('A')}`, `B#${B('X')}`, `B#${B('Y')}`]
    expect(marked()).toEqual(all)
    expect(await handler({ Records: [batchHeld, runHeld] })).toEqual({ batchItemFailures: [] })
    expect(marked().slice(3)).toEqual(all)
  })

  it('that meets a transaction on the run is reported too, and those before it stay done', async () => {
    dynamo
      .on(UpdateItemCommand)
      .resolvesOnce({})
      .resolvesOnce({})
      .rejectsOnce(new TransactionConflictException(about))
    expect(await handler({ Records: [runHeld, batchHeld] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '7' }],
    })
  })

  it('that is there already, gone already, or on what never was, is no failure', async () => {
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException(about))
    for (const change of ['came', 'went'] as const) {
      await expect(markHold({ subject: B('A'), hold: HOLD, change })).resolves.toBeUndefined()
    }
    expect(await takeHolds(R('A'), [HOLD], 3)).toBe(false)
  })

  it('is read with all that DynamoDB left for later', async () => {
    const left = { table: { Keys: [{ pk: { S: 'x' }, sk: { S: 'y' } }] } }
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { table: [] }, UnprocessedKeys: left })
      .resolvesOnce({ Responses: { table: [holdEvent()] } })
    expect(await readHolds([HOLD])).toMatchObject([{ event: HOLD, batch: B('A'), reason: 'contamination' }])
  })
})

describe('settling a run', () => {
  const item = (revision: number): Item =>
    stateItem({ subject: subject(given(open('A')), R('A'), 'run'), holds: [HOLD], revision })

  it('reads anew where something reached it meanwhile', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { table: [item(2)] } })
      .resolvesOnce({ Responses: { table: [item(3)] } })
    dynamo.on(UpdateItemCommand).rejectsOnce(new ConditionalCheckFailedException(about)).resolves({})
    await settleRun(R('A'))
    const revisions = dynamo
      .commandCalls(UpdateItemCommand)
      .map(({ args }) => args[0].input.ExpressionAttributeValues?.[':revision']?.N)
    expect(revisions).toEqual(['2', '3'])
  })

  it('gives up with an error, so that its record comes again', async () => {
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [item(2)] } })
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException(about))
    await expect(settleRun(R('A'))).rejects.toThrow('changed at each of 8 tries')
  })
})

describe('lists', () => {
  const entry = (sk: string): Item => ({ pk: { S: 'O#coop' }, sk: { S: sk } })

  it('go on where DynamoDB stopped, which may be on an empty page', async () => {
    const LastEvaluatedKey = entry('RUN#3')
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [entry('RUN#4'), entry('RUN#3')], LastEvaluatedKey })
      .resolvesOnce({ Items: [], LastEvaluatedKey })
      .resolvesOnce({ Items: [entry('RUN#2'), entry('RUN#1')] })
    const entries = await readList('coop', 'runs', { before: 'RUN#4', limit: 2 })
    expect(entries.map(({ id }) => id)).toEqual(['3', '2'])
    expect(dynamo.commandCalls(QueryCommand)[2]?.args[0].input.ExclusiveStartKey).toEqual(LastEvaluatedKey)
  })

  it('of certificates are read to their end, strongly', async () => {
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [], LastEvaluatedKey: entry('CERT#1') })
      .resolves({ Items: [] })
    expect(await readCertificates('coop')).toEqual([])
    const reads = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input.ConsistentRead)
    expect(reads).toEqual([true, true])
  })
})

describe('a correction', () => {
  it('reads what happened after what is: it may know of too much, which the write refuses, and never of too little', async () => {
    const order: string[] = []
    dynamo.on(BatchGetItemCommand).callsFake(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('what is')
      return { Responses: { table: [] } }
    })
    dynamo.on(QueryCommand).callsFake(() => {
      order.push('what happened')
      return { Items: [] }
    })
    dynamo.on(GetItemCommand).resolves({})
    const event = eventOf(closed, `${R('A')}-3`)
    const once = { commandHash: 'x' }
    await correcting({ once, caller: {}, request: {}, event, reason: 'x', answer: () => ({}) }, () => ACTOR)
    expect(order).toEqual(['what is', 'what happened', 'what happened', 'what happened'])
  })
})

import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { stateItem, type Item } from '../../functions/adapters/items.ts'
import { handler } from '../../functions/projector.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { batch, givenPickups, pickupCommand } from '../shared/domain/scenario.ts'

/** How the projector works on many records at once, and what it says when some fail. */
const dynamo = mockClient(DynamoDBClient)

beforeEach(() => {
  dynamo.reset()
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [] } })
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

const pickup = batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA')
const HOLD = 'BHHHHHHHHHHHH-2'
const RUN = 'RAAAAAAAAAAAA'

const batchUsedIn = (id: string, ...usedIn: string[]): Batch => ({ ...pickup, id, usedIn })

/** A record of a batch of which `before` holds became `now` holds. */
function recordOf(
  subject: Batch,
  before: readonly string[],
  now: readonly string[],
  revision = 2,
): DynamoDBRecord {
  const [OldImage, NewImage] = [
    stateItem({ subject, holds: before, revision: revision - 1 }),
    stateItem({ subject, holds: now, revision }),
  ].map(lambdaImage)
  const { pk, sk } = NewImage ?? {}
  return {
    dynamodb: {
      SequenceNumber: `${subject.id} ${revision}`,
      ...(pk && sk && { Keys: { pk, sk } }),
      ...(OldImage && { OldImage }),
      ...(NewImage && { NewImage }),
    },
  }
}

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>

function lambdaImage(item: Item): Image {
  const entries = Object.entries(item).map(([name, value]) => [
    name,
    value.B ? { B: Buffer.from(value.B).toString('base64') } : value,
  ])
  const image: Image = JSON.parse(JSON.stringify(Object.fromEntries(entries)))
  return image
}

const marks = () =>
  dynamo.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => ({
    subject: input.Key?.['pk']?.S,
    does: input.UpdateExpression?.includes('ADD') ? 'ADD' : 'DELETE',
  }))
const passports = () => dynamo.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input.Item)

describe('records of one call', () => {
  it('mark a run once, however many of the batches in it are held', async () => {
    const ids = ['BAAAAAAAAAAAA', 'BBBBBBBBBBBBB', 'BCCCCCCCCCCCC']
    await handler({ Records: ids.map((id) => recordOf(batchUsedIn(id, RUN), [], [HOLD])) })
    expect(marks()).toEqual([{ subject: `R#${RUN}`, does: 'ADD' }])
    expect(passports()).toHaveLength(3)
  })

  it('leave a run as the last of them wants it, where a hold came and went', async () => {
    const subject = batchUsedIn('BAAAAAAAAAAAA', RUN)
    await handler({
      Records: [recordOf(subject, [], [HOLD], 2), recordOf(subject, [HOLD], [], 3)],
    })
    expect(marks()).toEqual([{ subject: `R#${RUN}`, does: 'DELETE' }])
  })

  it('make one passport of a batch that changed twice, the later one', async () => {
    await handler({ Records: [2, 3].map((revision) => recordOf(pickup, [], [], revision)) })
    expect(passports().map((item) => item?.['revision'])).toEqual([{ N: '3' }])
  })

  it('read the holds and the organisations behind all passports once', async () => {
    const ids = ['BAAAAAAAAAAAA', 'BBBBBBBBBBBBB', 'BCCCCCCCCCCCC']
    await handler({ Records: ids.map((id) => recordOf(batchUsedIn(id), [], [HOLD])) })
    expect(dynamo.commandCalls(BatchGetItemCommand)).toHaveLength(2)
  })
})

describe('a record that fails', () => {
  it('is where the stream resumes, and those behind it are done all the same', async () => {
    const records = ['BAAAAAAAAAAAA', 'BBBBBBBBBBBBB', 'BCCCCCCCCCCCC', 'BDDDDDDDDDDDD'].map((id) =>
      recordOf(batchUsedIn(id), [], []),
    )
    dynamo.on(PutItemCommand).callsFake(({ Item }: { Item: Item }) => {
      if (['B#BBBBBBBBBBBBB', 'B#BCCCCCCCCCCCC'].includes(Item['pk']?.S ?? '')) throw new Error('no')
      return {}
    })
    expect(await handler({ Records: records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'BBBBBBBBBBBBB 2' }],
    })
    expect(passports()).toHaveLength(4)
  })

  it('is the one whose state cannot be read, if that is the first', async () => {
    const broken = recordOf(pickup, [], [])
    const Records: DynamoDBRecord[] = [
      recordOf(batchUsedIn('BBBBBBBBBBBBB'), [], []),
      {
        dynamodb: {
          ...broken.dynamodb,
          NewImage: { ...broken.dynamodb?.NewImage, state: { S: 'not a state' } },
        },
      },
    ]
    expect(await handler({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'BAAAAAAAAAAAA 2' }],
    })
    expect(passports()).toHaveLength(1)
  })

  it('is reported where its mark fails, not where the same mark was asked for before', async () => {
    dynamo.on(UpdateItemCommand).rejects(new Error('no'))
    const Records = ['BAAAAAAAAAAAA', 'BBBBBBBBBBBBB'].map((id) => recordOf(batchUsedIn(id, RUN), [], [HOLD]))
    expect(await handler({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'BBBBBBBBBBBBB 2' }],
    })
  })
})

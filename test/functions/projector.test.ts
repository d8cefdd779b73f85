import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
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
import { charge, close, open, pickup as pickupOf } from '../shared/domain/acts.ts'
import { batch, givenPickups, pickupCommand } from '../shared/domain/scenario.ts'
import { given, R, subject } from '../shared/domain/story.ts'

/** How the projector works on many records at once, and what it says when some fail. */
const dynamo = mockClient(DynamoDBClient)

beforeEach(() => {
  dynamo.reset()
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [] } })
  dynamo.on(UpdateItemCommand).resolves({})
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

describe('a hold that came', () => {
  const [FIRST, SECOND, LAST] = ['BBBBBBBBBBBBB', 'BCCCCCCCCCCCC', 'BDDDDDDDDDDDD']
  const OTHER_RUN = 'RBBBBBBBBBBBB'
  const made = given(pickupOf('A'), open('A'), charge('A', { A: 10_000 }), close('A', { X: 4_000 }))
  const run = subject(made, R('A'), 'run')
  const [output] = run.outputs
  const runThatMade = (id: string, ...batches: string[]): Item =>
    stateItem({
      subject: { ...run, id, outputs: batches.flatMap((batch) => (output ? [{ ...output, batch }] : [])) },
      holds: [HOLD],
      revision: 9,
    })
  const there: Readonly<Record<string, Item>> = {
    [`R#${RUN}`]: runThatMade(RUN, FIRST, SECOND),
    [`B#${FIRST}`]: stateItem({ subject: batchUsedIn(FIRST, OTHER_RUN), holds: [HOLD], revision: 9 }),
    [`B#${SECOND}`]: stateItem({ subject: batchUsedIn(SECOND, OTHER_RUN), holds: [HOLD], revision: 9 }),
    [`R#${OTHER_RUN}`]: runThatMade(OTHER_RUN, LAST),
    [`B#${LAST}`]: stateItem({ subject: batchUsedIn(LAST), holds: [HOLD], revision: 9 }),
  }
  const whole = Object.keys(there)
  const reached = (): (string | undefined)[] => marks().map((mark) => mark.subject)
  const began = recordOf(batchUsedIn('BAAAAAAAAAAAA', RUN), [], [HOLD])
  beforeEach(() => {
    dynamo
      .on(UpdateItemCommand)
      .callsFake(({ Key }: { Key: Item }) => ({ Attributes: there[Key['pk']?.S ?? ''] }))
  })

  it('reaches every level in one call, each of what it reaches once', async () => {
    expect(await handler({ Records: [began] })).toEqual({ batchItemFailures: [] })
    expect(reached()).toEqual(whole)
  })

  it('goes past what has the mark already, whose marker may have got no further', async () => {
    dynamo.on(UpdateItemCommand).callsFake(({ Key }: { Key: Item }) => {
      const Item = there[Key['pk']?.S ?? '']
      if (Key['pk']?.S?.startsWith('R') === true) return { Attributes: Item }
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'is there', ...(Item && { Item }) })
    })
    await handler({ Records: [began] })
    expect(reached()).toEqual(whole)
  })

  it('is not carried on again by the records of what was walked on from', async () => {
    const walked = recordOf(batchUsedIn(FIRST, OTHER_RUN), [], [HOLD], 9)
    const NewImage = { ...walked.dynamodb?.NewImage, walked: { N: '9' } }
    await handler({ Records: [{ dynamodb: { ...walked.dynamodb, NewImage } }] })
    expect(reached()).toEqual([])
    expect(passports()).toHaveLength(1)
  })

  it('is carried on by records of a later change than the one that was walked on from', async () => {
    const later = recordOf(batchUsedIn(FIRST, OTHER_RUN), [], [HOLD], 10)
    const NewImage = { ...later.dynamodb?.NewImage, walked: { N: '9' } }
    await handler({ Records: [{ dynamodb: { ...later.dynamodb, NewImage } }] })
    expect(reached()).toEqual([`R#${OTHER_RUN}`, `B#${LAST}`])
  })

  it('that fails on its way is reported where it began', async () => {
    dynamo.on(UpdateItemCommand).callsFake(({ Key }: { Key: Item }) => {
      if (Key['pk']?.S === `B#${LAST}`) throw new Error('no')
      return { Attributes: there[Key['pk']?.S ?? ''] }
    })
    const other = recordOf(batchUsedIn('BEEEEEEEEEEEE'), [], [])
    expect(await handler({ Records: [other, began] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'BAAAAAAAAAAAA 2' }],
    })
  })

  it('leaves to the stream what is beyond what one call should take', async () => {
    const many = Array.from({ length: 600 }, (_, index) => `B${String(index).padStart(12, '0')}`)
    const wide = runThatMade(RUN, ...many)
    dynamo
      .on(UpdateItemCommand)
      .callsFake(({ Key }: { Key: Item }) => ({ Attributes: Key['pk']?.S === `R#${RUN}` ? wide : undefined }))
    await handler({ Records: [began] })
    const calls = dynamo
      .commandCalls(UpdateItemCommand)
      .map(({ args: [{ input }] }) => input.UpdateExpression)
    expect(calls).toHaveLength(601)
    expect(calls.filter((expression) => expression?.includes('walked') === true)).toHaveLength(500)
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

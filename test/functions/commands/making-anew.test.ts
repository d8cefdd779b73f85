import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { OF_CONTACT, type Anew } from '../../../functions/adapters/anew.ts'
import { stateItem, type Item } from '../../../functions/adapters/items.ts'
import { organisationItem } from '../../../functions/adapters/registry.ts'
import { makeNextAnew } from '../../../functions/commands/making-anew.ts'
import { handler } from '../../../functions/projector.ts'
import { DEMO_ORGANISATION } from '../../../infra/local/story.ts'
import { batch, givenPickups, pickupCommand } from '../../shared/domain/scenario.ts'

/** How passports are made anew, step by step, with what AWS does and the embedded engine rarely. */
const dynamo = mockClient(DynamoDBClient)
const pickup = batch(givenPickups(pickupCommand()), 'BAAAAAAAAAAAA')
const [maker = ''] = pickup.custodians
const anew: Anew = { org: maker, why: OF_CONTACT, sites: ['one', 'two'], from: '0', begin: '0', step: 4 }

const entry = (event: string): Item => ({ gsi1sk: { S: `2026-08-01T00:00:00.000Z#${event}#x` } })
const pickups = (...ids: string[]): Item[] =>
  ids.map((id) => stateItem({ subject: { ...pickup, id }, holds: [], revision: 1 }))

beforeEach(() => {
  dynamo.reset()
  dynamo.on(UpdateItemCommand).resolves({})
  dynamo.on(PutItemCommand).resolves({})
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [] } })
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

const updates = () => dynamo.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input)
const touched = () => updates().flatMap(({ Key }) => (Key?.['sk']?.S === 'STATE' ? [Key['pk']?.S] : []))
const wentOnTo = (): unknown =>
  JSON.parse(updates().at(-1)?.ExpressionAttributeValues?.[':next']?.S ?? 'null')

describe('a step of making passports anew', () => {
  it('touches what a page of the journal says was made, and goes on after it', async () => {
    const ids = ['BAAAAAAAAAAAA', 'BBBBBBBBBBBBB']
    const Items = ids.map((id) => entry(`${id}-1`))
    dynamo.on(QueryCommand).resolves({ Items, LastEvaluatedKey: { pk: { S: 'x' } } })
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: pickups(...ids) } })
    await makeNextAnew(anew)
    expect(touched()).toEqual(ids.map((id) => `B#${id}`))
    expect(wentOnTo()).toEqual({ ...anew, from: Items[1]?.['gsi1sk']?.S, step: 5 })
  })

  it('passes over what others made, and what does not rest on the certificate that was withdrawn', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [entry('BAAAAAAAAAAAA-1')] })
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: pickups('BAAAAAAAAAAAA') } })
    await makeNextAnew({ ...anew, why: 'CAAAAAAAAAAAA' })
    await makeNextAnew({ ...anew, org: 'another' })
    expect(touched()).toEqual([])
  })

  it('goes on with the next site from where all begin, and ends after the last', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [] })
    await makeNextAnew({ ...anew, from: '2026-08' })
    expect(wentOnTo()).toEqual({ ...anew, sites: ['two'], from: '0', step: 5 })
    await makeNextAnew({ ...anew, sites: [] })
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(1)
  })

  it('leaves it where somebody else has gone on or begun again', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [] })
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException({ $metadata: {}, message: '' }))
    await expect(makeNextAnew(anew)).resolves.toBeUndefined()
  })
})

describe('a record of an organisation', () => {
  const recordOf = (before: Item, now: Item): DynamoDBRecord => {
    const images = { OldImage: before, NewImage: now, Keys: { pk: now['pk'], sk: now['sk'] } }
    const dynamodb: DynamoDBRecord['dynamodb'] = JSON.parse(JSON.stringify(images))
    return { dynamodb: { ...dynamodb, SequenceNumber: '1' } }
  }
  const organisation = (contact: string) => organisationItem({ ...DEMO_ORGANISATION, contact })

  it('begins with its passports where its contact has changed, and only there', async () => {
    await handler({ Records: [recordOf(organisation('a@b.example'), organisation('a@b.example'))] })
    expect(dynamo.commandCalls(PutItemCommand)).toHaveLength(0)
    await handler({ Records: [recordOf(organisation('a@b.example'), organisation('c@b.example'))] })
    const [put] = dynamo.commandCalls(PutItemCommand)
    expect(put?.args[0].input.Item?.['sk']).toEqual({ S: 'ANEW#contact' })
  })
})

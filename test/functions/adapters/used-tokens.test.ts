import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useToken } from '../../../functions/adapters/used-tokens.ts'

const dynamo = mockClient(DynamoDBClient)

beforeEach(() => {
  dynamo.reset()
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
})

const refused = (mark: string): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({ $metadata: {}, message: 'is there', Item: { mark: { S: mark } } })

describe('a token', () => {
  it('is not refused because the put that uses it was sent again after it had been done', async () => {
    dynamo.on(PutItemCommand).callsFake(({ Item }) => {
      throw refused(Item.mark.S)
    })
    expect(await useToken('D000000000000', 'some-jti', 1_000)).toBe(true)
  })

  it('is refused where somebody else has used it', async () => {
    dynamo.on(PutItemCommand).rejects(refused('of another'))
    expect(await useToken('D000000000000', 'some-jti', 1_000)).toBe(false)
  })

  it('is remembered for an hour longer than it is good, as clocks differ', async () => {
    dynamo.on(PutItemCommand).resolves({})
    await useToken('D000000000000', 'some-jti', 1_000)
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.Item).toMatchObject({
      pk: { S: 'U#D000000000000' },
      sk: { S: 'some-jti' },
      endsAt: { N: '4600' },
    })
  })
})

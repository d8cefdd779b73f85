import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findCredential } from '../../../functions/adapters/registry.ts'

const dynamo = mockClient(DynamoDBClient)

beforeEach(() => {
  dynamo.reset()
  vi.stubEnv('TABLE_NAME', 'table')
  vi.stubEnv('AWS_REGION', 'nowhere')
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

it('knows a key for fifteen seconds without asking, and a revoked one no longer', async () => {
  const credential = { org: 'coop', role: 'station' }
  dynamo.on(GetItemCommand).resolves({ Item: { org: { S: 'coop' }, role: { S: 'station' } } })
  expect(await findCredential('a key')).toEqual(credential)
  dynamo.on(GetItemCommand).resolves({})
  vi.setSystemTime(14_999)
  expect(await findCredential('a key')).toEqual(credential)
  expect(dynamo.commandCalls(GetItemCommand)).toHaveLength(1)
  vi.setSystemTime(15_000)
  expect(await findCredential('a key')).toBeUndefined()
})

it('does not remember that a key was unknown, for it may be made the next moment', async () => {
  dynamo.on(GetItemCommand).resolves({})
  expect(await findCredential('a new key')).toBeUndefined()
  dynamo.on(GetItemCommand).resolves({ Item: { org: { S: 'coop' }, role: { S: 'brand' } } })
  expect(await findCredential('a new key')).toEqual({ org: 'coop', role: 'brand' })
})

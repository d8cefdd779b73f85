import { afterEach, expect, it, vi } from 'vitest'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamo } from '../../../functions/adapters/client.ts'

afterEach(() => vi.unstubAllEnvs())

it('sends requests without the steps that nobody reads, of which the plain client has exactly two more', () => {
  const settings = { endpoint: 'http://127.0.0.1:1', region: 'cn-hangzhou' }
  vi.stubEnv('DYNAMODB_ENDPOINT', settings.endpoint)
  vi.stubEnv('AWS_REGION', settings.region)
  const plain = new DynamoDBClient(settings).middlewareStack.identify()
  const lean = dynamo().middlewareStack.identify()
  const left = plain.filter((step) => !lean.includes(step)).map((step) => step.split(' ')[0])
  expect(left).toEqual(['loggerMiddleware', 'getUserAgentMiddleware'])
})

it('makes one client for a process, and another where the process turns to another engine', () => {
  vi.stubEnv('AWS_REGION', 'cn-hangzhou')
  vi.stubEnv('DYNAMODB_ENDPOINT', 'http://127.0.0.1:1')
  const first = dynamo()
  expect(dynamo()).toBe(first)
  vi.stubEnv('DYNAMODB_ENDPOINT', 'http://127.0.0.1:2')
  expect(dynamo()).not.toBe(first)
})

import type { _Record } from '@aws-sdk/client-dynamodb-streams'
import { describe, expect, it } from 'vitest'
import { isProjected, isSequenced } from '../../../infra/local/wanted.ts'

const record = (
  pk: string,
  sk: string,
  image: object = {},
  eventName: _Record['eventName'] = 'INSERT',
): _Record => ({
  eventName,
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, NewImage: { ...image } },
})
const held = { holds: { SS: ['B1-2'] } }
const hashed = { hash: { S: 'ab' } }

describe('of the stream the projector is given', () => {
  it.each([
    ['a batch', record('B#1', 'STATE'), true],
    ['a run that is held', record('R#1', 'STATE', held), true],
    [
      'a run that was held',
      { eventName: 'MODIFY', dynamodb: { ...record('R#1', 'STATE').dynamodb, OldImage: held } },
      true,
    ],
    ['a run that nothing holds', record('R#1', 'STATE'), false],
    ['an organisation', record('O#coop', 'ORG'), true],
    ['a certificate', record('O#coop', 'CERT#C1'), true],
    ['an entry of a list', record('O#coop', 'RUN#2026#R1'), false],
    ['an event', record('B#1', 'H#000001', hashed), false],
    ['a passport', record('B#1', 'PASSPORT'), false],
    ['a leaf of the log', record('Y#ab', 'LEAF'), false],
  ] satisfies [string, _Record, boolean][])('%s or not', (_, given, expected) => {
    expect(isProjected(given)).toBe(expected)
  })
})

describe('of the stream the sequencer is given', () => {
  it.each([
    ['an event that was recorded', record('B#1', 'H#000001', hashed), true],
    ['an event that was erased in part', record('B#1', 'H#000001', hashed, 'MODIFY'), false],
    ['a link to an event', record('B#1', 'H#000002'), false],
    ['a batch', record('B#1', 'STATE', hashed), false],
  ] satisfies [string, _Record, boolean][])('%s or not', (_, given, expected) => {
    expect(isSequenced(given)).toBe(expected)
  })
})

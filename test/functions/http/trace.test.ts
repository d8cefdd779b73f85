import { expect, it } from 'vitest'
import { gatheringEvents, noteEvent, traceOf } from '../../../functions/http/trace.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const KEY = '0197b2a4-6c1e-7a10-8f00-5d2c9b7e1a44'
const HEX = KEY.replaceAll('-', '')

it.each([
  [
    'the trace of a W3C parent, before all else',
    { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, 'idempotency-key': KEY },
    TRACE,
  ],
  ['the key that the form made with the entry', { 'idempotency-key': KEY.toUpperCase() }, HEX],
  ['a request id', { 'x-request-id': KEY }, HEX],
  [
    'the key, where the parent is of all zeros',
    { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'idempotency-key': KEY },
    HEX,
  ],
  ['nothing, where an id is a name', { 'x-request-id': 'chen-ahai', traceparent: 'chen' }, undefined],
  ['nothing, where there is none', {}, undefined],
] as const)('takes %s', (_what, headers, trace) => {
  expect(traceOf(headers)).toBe(trace)
})

it('keeps the events of requests apart that are answered at the same time', async () => {
  const request = async (ids: readonly string[]): Promise<string[]> => {
    const events: string[] = []
    await gatheringEvents(events, async () => {
      for (const id of ids) {
        await Promise.resolve()
        noteEvent(id)
      }
    })
    return events
  }
  const answered = await Promise.all([request(['E1', 'E2']), request(['E3'])])
  expect(answered).toEqual([['E1', 'E2'], ['E3']])
})

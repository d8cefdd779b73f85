import { describe, expect, it } from 'vitest'
import { notesOf } from '../../../../shared/domain/report/notes.ts'
import type { InspectBatch } from '../../../../shared/domain/decide/quality.ts'
import { correct, inspect, pickup } from '../acts.ts'
import { august, B, given, type Act } from '../story.ts'

/** What an auditor is to look at, from single events. */
const measured = (value: number, limits: object = {}) => ({
  parameter: 'ash',
  method: 'ISO 3451-1',
  value,
  unit: '%',
  ...limits,
})
const notes = (...acts: readonly Act[]) => {
  const event = given(...acts).events.at(-1)
  return event && notesOf(event)
}

describe('an inspection', () => {
  const tested = (results: InspectBatch['results']) => notes(pickup('A'), inspect('A', { results }))

  it('is told where a result is outside its limits, with what was, and each of it once', () => {
    const lead = { parameter: 'lead', method: 'XRF', value: 101, unit: 'ppm', highest: 100 }
    expect(tested([measured(1, { highest: 3 }), lead, measured(9, { highest: 3 }), lead])).toEqual([
      { kind: 'failed-inspection', batch: B('A'), outside: ['lead', 'ash'] },
    ])
  })

  it('is not told where all is within limits, or where nobody set any', () => {
    expect(tested([measured(3, { highest: 3 })])).toEqual([])
    expect(tested([measured(9_000)])).toEqual([])
  })

  it('is told again where a correction says that it failed', () => {
    const instead = (value: number) => ({
      instead: {
        of: 'BatchInspected' as const,
        facts: {
          occurredAt: august(20),
          sample: 'S-1',
          lab: 'Ningbo lab',
          results: [measured(value, { highest: 3 })],
        },
      },
    })
    const saidAnew = (value: number) =>
      notes(pickup('A'), inspect('A'), correct(`${B('A')}-2`, instead(value)))?.map(({ kind }) => kind)
    expect(saidAnew(3)).toEqual(['correction'])
    expect(saidAnew(4)).toEqual(['correction', 'failed-inspection'])
  })
})

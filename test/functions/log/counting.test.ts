import { afterEach, describe, expect, it, vi } from 'vitest'
import { count } from '../../../functions/http/metrics.ts'
import { countsOf } from '../../../functions/log/counting.ts'
import type { DomainEvent } from '../../../shared/domain/events/event.ts'

const NOW = Date.parse('2026-11-25T08:00:10.000Z')

/** Of an event, what is counted; the rest of it is not looked at. */
const event = (type: DomainEvent['type'], data: object): DomainEvent =>
  JSON.parse(JSON.stringify({ type, recordedAt: '2026-11-25T08:00:00.000Z', data }))

const pickup = event('PickupRecorded', {
  massGrams: 37_500,
  checks: [{ verdict: 'review' }, { verdict: 'pass' }],
})
const closed = event('RunClosed', {
  unaccountedGrams: 250,
  outputs: [
    { stage: 'cleaned', massGrams: 30_000 },
    { stage: 'cleaned', massGrams: 1_000 },
  ],
  checks: [{ verdict: 'review' }],
})

describe('what is counted of logged events', () => {
  it('is pickups, mass by stage, what is unaccounted for, reviews, and how far the log was behind', () => {
    expect(countsOf([pickup, closed, event('RunOpened', {})], NOW)).toEqual({
      Pickups: 1,
      CollectedKg: 37.5,
      CleanedKg: 31,
      UnaccountedKg: 0.25,
      Reviews: 2,
      LogLagSeconds: 10,
    })
  })

  it('is nothing that did not happen', () => {
    expect(countsOf([event('RunOpened', {})], NOW)).toEqual({ LogLagSeconds: 10 })
  })
})

describe('a metric', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })
  const written = (): string[] => {
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
    return lines
  }

  it('is one line in the embedded metric format, by stage', () => {
    vi.stubEnv('STAGE', 'prod')
    const lines = written()
    count({ Pickups: 2, LogLagSeconds: 1.5 }, { message: 'events logged', events: 'E1 E2' })
    const [line = ''] = lines
    expect(JSON.parse(line)).toMatchObject({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Tidemark',
            Dimensions: [['Stage']],
            Metrics: [
              { Name: 'Pickups', Unit: 'Count' },
              { Name: 'LogLagSeconds', Unit: 'Seconds' },
            ],
          },
        ],
      },
      Stage: 'prod',
      Pickups: 2,
      LogLagSeconds: 1.5,
      events: 'E1 E2',
    })
  })

  it('is written by nobody who runs without a stage', () => {
    vi.stubEnv('STAGE', undefined)
    const lines = written()
    count({ Pickups: 1 })
    expect(lines).toEqual([])
  })
})

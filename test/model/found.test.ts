import { describe, expect, it } from 'vitest'
import { aPickup, COOP, newScenario, OTHER } from './scenario.ts'

/** What random worlds have found, told again as the shortest story that went wrong. Every step is checked by every law. */
describe('a run whose late charge was a mistake', () => {
  it('can be closed with the date that its other charges allow', () => {
    const { does, state } = newScenario()
    const { data } = does(COOP, aPickup(), 'PickupRecorded')
    const { home: run } = does(COOP, { act: 'open', site: 'huzhou', step: 'cleaning' }, 'RunOpened')
    const draws = [{ batch: data.batch, massGrams: 10_000 }]
    does(COOP, { act: 'charge', run, draws, added: [] }, 'RunCharged')
    const late = does(
      COOP,
      { act: 'charge', run, draws, added: [] },
      'RunCharged',
      '2026-09-20T00:00:00.000Z',
    )
    does(COOP, { act: 'correct', event: late }, 'EventCorrected', '2026-09-21T00:00:00.000Z')
    expect(state(run, 'run').chargedUntil).toBe('2026-08-20T12:00:00.000Z')
    const closing = { outputs: [{ massGrams: 9_000 }], losses: { reject: 1_000 } }
    does(COOP, { act: 'close', run, ...closing }, 'RunClosed', '2026-08-21T00:00:00.000Z')
  })
})

describe('a batch that is shipped from another site than where it lies', () => {
  it('lies there again once its receipt is taken back, and was made there all the time', () => {
    const { does, state } = newScenario()
    const { data } = does(COOP, aPickup(), 'PickupRecorded')
    const { batch } = data
    const to = { org: OTHER, site: 'shenjiamen' }
    const { home: shipment } = does(
      COOP,
      { act: 'ship', site: 'shitang', to, batches: [batch] },
      'BatchShipped',
    )
    const lines = [{ batch, receivedGrams: 99_000, accepted: true }]
    const receipt = does(OTHER, { act: 'receive', shipment, site: 'shenjiamen', lines }, 'BatchReceived')
    expect(state(batch, 'batch').transfers[0]?.from).toEqual({ org: COOP, site: 'dachen' })
    does(OTHER, { act: 'correct', event: receipt }, 'EventCorrected')
    expect(state(batch, 'batch')).toMatchObject({ custodian: COOP, site: 'dachen', status: 'in-transit' })
  })
})

describe('a trace of recycled material in a blend with much virgin material', () => {
  it('can be divided into any outputs, though rounding finds it in more than one of them', () => {
    const { does, state } = newScenario()
    const { data } = does(COOP, aPickup(1), 'PickupRecorded')
    const closing = { outputs: [{ massGrams: 1 }], losses: {} }
    const draws = [{ batch: data.batch, massGrams: 1 }]
    const site = 'huzhou'
    const washed = does(
      COOP,
      { act: 'process', site, step: 'cleaning', draws, added: [], ...closing },
      'RunClosed',
    )
    const flakes = washed.data.outputs.map(({ batch, massGrams }) => ({ batch, massGrams }))
    const added = [{ kind: 'virgin', massGrams: 5_001, polymer: 'HDPE' }] as const
    const outputs = [997, 997, 9, 997].map((massGrams) => ({ massGrams }))
    const losses = { reject: 1_001, moisture: 1_001 }
    const blended = does(
      COOP,
      { act: 'process', site, step: 'blending', draws: flakes, added, outputs, losses },
      'RunClosed',
    )
    const legs = blended.data.outputs.flatMap(({ batch }) => state(batch, 'batch').journey)
    const collected = legs.filter(({ step }) => step === 'collection')
    expect(collected.reduce((sum, { outputGrams }) => sum + outputGrams, 0)).toBe(1)
  })
})

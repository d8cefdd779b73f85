import { expect, it } from 'vitest'
import { STREAM } from '../../../infra/load/limits.ts'
import { resourcesOf, synthesise } from './synth.ts'

it('hands the projector as many records, in as many lanes, as the load simulation takes it to', async () => {
  const { template, remove } = await synthesise('prod', 'empty')
  try {
    const mappings = resourcesOf(template.service, 'AWS::Lambda::EventSourceMapping').map(
      ({ properties }) => `${properties.BatchSize} in ${properties.ParallelizationFactor}`,
    )
    expect(mappings).toContain(`${STREAM.recordsPerCall} in ${STREAM.lanesPerShard}`)
  } finally {
    await remove()
  }
})

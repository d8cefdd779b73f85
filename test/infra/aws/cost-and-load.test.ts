import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFixed, STAGES } from '../../../infra/cost/fixed.ts'
import { STREAM } from '../../../infra/load/limits.ts'
import { fixedIn } from '../../bench/cost/counting.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

describe.each(STAGES)('the stacks of %s', (stage) => {
  let synthesis: Synthesis
  beforeAll(async () => {
    synthesis = await synthesise(stage, 'empty')
  })
  afterAll(() => synthesis.remove())

  it('have what costs are calculated with that come by the month alone (else run npm run cost:measure)', () => {
    expect(fixedIn(synthesis.stacks)).toEqual(readFixed()[stage])
  })

  it('hand the projector as many records, in as many lanes, as the load simulation takes them to', () => {
    const mappings = resourcesOf(synthesis.template.service, 'AWS::Lambda::EventSourceMapping').map(
      ({ properties }) => `${properties.BatchSize} in ${properties.ParallelizationFactor}`,
    )
    expect(mappings).toContain(`${STREAM.recordsPerCall} in ${STREAM.lanesPerShard}`)
  })
})

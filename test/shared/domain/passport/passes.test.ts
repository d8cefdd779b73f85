import { expect, it } from 'vitest'
import { MAX_PASSES, type Leg } from '../../../../shared/domain/lineage/journey.ts'
import { batch, givenPickups, passportOf, pickupCommand, SITE } from '../scenario.ts'

const COOP = { id: 'coop', name: { en: 'The co-op', zh: '合作社' }, sites: [SITE] }

it('shows no pass of nothing, where all that a small part took of the last had been through it before', () => {
  const lot = batch(givenPickups(pickupCommand()), pickupCommand().batch)
  const [collection] = lot.journey
  if (!collection) throw new Error('it was collected')
  const again: Leg = {
    ...collection,
    step: 'consolidation',
    pass: { stage: 'collected', round: MAX_PASSES },
    inputGrams: 1,
    outputGrams: 1,
    againGrams: 1,
  }
  const { journey } = passportOf({ ...lot, journey: [collection, again] }, [COOP])
  expect(journey.map(({ step }) => step)).toEqual(['collection'])
})

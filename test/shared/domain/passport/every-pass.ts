import { MAX_PASSES, type Leg } from '../../../../shared/domain/lineage/journey.ts'
import { STAGES } from '../../../../shared/domain/material/stages.ts'

/** Every step at every stage where it can be, as often as a journey keeps apart, at six sites each. */
export function everyPass(): Leg[] {
  const passes = STAGES.slice(0, 4).flatMap((stage) =>
    Array.from({ length: MAX_PASSES }, (_, index) => ({
      step: stage === 'collected' || stage === 'sorted' ? ('consolidation' as const) : ('blending' as const),
      pass: { stage, round: index + 1 },
    })),
  )
  const steps = (['collection', 'sorting', 'cleaning', 'pelletizing', 'manufacturing'] as const).map(
    (step) => ({ step }),
  )
  return [...steps, ...passes].flatMap((pass, index) =>
    Array.from({ length: 6 }, (_, site): Leg => {
      const losses = { transit: 7 * index + site, reject: 5_003 + index, moisture: 11_001 * site, other: 313 }
      const lost = Object.values(losses).reduce((sum, grams) => sum + grams, 0)
      return {
        ...pass,
        org: 'coop',
        site: `site-${(index * 7 + site * 5) % 23}`,
        firstAt: `2026-07-${10 + index}T00:00:00.000Z`,
        lastAt: `2026-09-${30 - index}T00:00:00.000Z`,
        inputGrams: 600_001 + 1_237 * index + lost,
        addedGrams: 1_009 * site,
        outputGrams: 600_001 + 1_237 * index,
        losses,
        unaccountedGrams: 0,
      }
    }),
  )
}

import type { Leg } from './journey.ts'
import { isAdded, type OriginShare } from './origin.ts'

/**
 * How many sources material comes from, in the sense of "identity preserved" (ISO 22095:2020): a source is what one
 * collection site of one organisation took in from one place within one month, which is as much as origins and journeys
 * keep apart. Never more than there are; 1 only where it is one. Material that was added has no source and is not counted.
 */
export function sourceCount(journey: readonly Pick<Leg, 'step'>[], origins: readonly OriginShare[]): number {
  const collectors = journey.filter(({ step }) => step === 'collection').length
  return Math.max(collectors, origins.filter((share) => !isAdded(share)).length)
}

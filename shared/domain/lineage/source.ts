import type { Leg } from './journey.ts'
import { isAdded, type OriginShare } from './origin.ts'

/**
 * How many sources material comes from, in the sense of "identity preserved" (ISO 22095:2020): a source is what one
 * collection site of one organisation took in from one place within one month, which is as much as origins and journeys
 * keep apart; to know more of some of it does not make two. Never more than there are; 1 only where it is one.
 * Material that was added has no source and is not counted.
 */
export function sourceCount(journey: readonly Pick<Leg, 'step'>[], origins: readonly OriginShare[]): number {
  const collectors = journey.filter(({ step }) => step === 'collection').length
  const places = origins.flatMap((share) => (isAdded(share) ? [] : [`${share.placeId} ${share.period}`]))
  return Math.max(collectors, new Set(places).size)
}

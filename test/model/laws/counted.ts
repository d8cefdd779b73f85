import type { Known } from '../known.ts'
import { addTo } from './standing.ts'

/** What standing events come to, by plain sums: grams and schemes per batch and run, and who holds what. */
export interface Counted {
  readonly made: Map<string, number>
  readonly taken: Map<string, number>
  readonly lost: Map<string, number>
  readonly claims: Map<string, Map<string, number>>
  readonly holder: Map<string, string>
  readonly away: Map<string, string>
  readonly pools: Map<string, number>
}

export function countedFrom(standing: Known['events']): Counted {
  const counted = {
    made: new Map<string, number>(),
    taken: new Map<string, number>(),
    lost: new Map<string, number>(),
    claims: new Map<string, Map<string, number>>(),
    holder: new Map<string, string>(),
    away: new Map<string, string>(),
    pools: new Map<string, number>(),
  }
  const { made, taken, lost, claims, holder, away, pools } = counted
  const claim = (batch: string, part: Readonly<Record<string, number>>, sign: number): void => {
    const left = claims.get(batch) ?? new Map<string, number>()
    claims.set(batch, left)
    for (const [scheme, grams] of Object.entries(part)) addTo(left, scheme, sign * grams)
  }
  for (const event of standing) {
    switch (event.type) {
      case 'PickupRecorded':
        made.set(event.data.batch, event.data.massGrams)
        holder.set(event.data.batch, event.org)
        claim(event.data.batch, event.data.claims, 1)
        break
      case 'RunClosed':
        for (const output of event.data.outputs) {
          made.set(output.batch, output.massGrams)
          holder.set(output.batch, event.org)
          claim(output.batch, output.claims, 1)
        }
        break
      case 'RunCharged':
        for (const { batch, massGrams, claims: part } of event.data.charges) {
          addTo(taken, batch, massGrams)
          addTo(pools, event.data.run, massGrams)
          claim(batch, part, -1)
        }
        for (const { massGrams } of event.data.added) addTo(pools, event.data.run, massGrams)
        break
      case 'BatchShipped':
        for (const { batch } of event.data.lines) away.set(batch, event.data.shipment)
        break
      case 'BatchReceived':
        for (const line of event.data.lines) {
          away.delete(line.batch)
          addTo(lost, line.batch, line.lost.massGrams)
          claim(line.batch, line.lost.claims, -1)
          if (line.accepted) holder.set(line.batch, event.org)
        }
        break
      default:
    }
  }
  return counted
}

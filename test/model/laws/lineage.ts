import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import { addTo, ofType } from './standing.ts'

/** Who was made of whom, from events that stand and nothing else. */
export interface Lineage {
  /** Batch → runs it was charged into; run → batches it made. */
  readonly onward: ReadonlyMap<string, ReadonlySet<string>>
  /** Run → what it was charged with, in grams per batch. */
  readonly charged: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Batch → the run that made it. */
  readonly madeBy: ReadonlyMap<string, string>
}

export function lineageOf(standing: readonly DomainEvent[]): Lineage {
  const onward = new Map<string, Set<string>>()
  const link = (from: string, to: string): void =>
    void onward.set(from, (onward.get(from) ?? new Set()).add(to))
  const charged = new Map<string, Map<string, number>>()
  for (const { data } of ofType(standing, 'RunCharged')) {
    const inRun = charged.get(data.run) ?? new Map<string, number>()
    charged.set(data.run, inRun)
    for (const { batch, massGrams } of data.charges) {
      link(batch, data.run)
      addTo(inRun, batch, massGrams)
    }
  }
  const madeBy = new Map<string, string>()
  for (const { data } of ofType(standing, 'RunClosed')) {
    for (const { batch } of data.outputs) {
      link(data.run, batch)
      madeBy.set(batch, data.run)
    }
  }
  return { onward, charged, madeBy }
}

/** The batches at each number of steps from one, itself first, each at the least number of steps, by way of such alone. */
export function levelsFrom(
  root: string,
  direction: 'backward' | 'forward',
  { onward, madeBy, charged }: Lineage,
  isSeen: (id: string) => boolean = () => true,
): Set<string>[] {
  const next = (id: string): Iterable<string> =>
    direction === 'backward'
      ? (charged.get(madeBy.get(id) ?? '')?.keys() ?? [])
      : [...(onward.get(id) ?? [])].flatMap((run) => [...(onward.get(run) ?? [])])
  const seen = new Set([root])
  const levels: Set<string>[] = []
  for (let level = new Set([root]); level.size > 0;) {
    levels.push(level)
    const found = [...level].flatMap((id) => [...next(id)])
    level = new Set(found.filter((id) => !seen.has(id) && isSeen(id)))
    for (const id of level) seen.add(id)
  }
  return levels
}

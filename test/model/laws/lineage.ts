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

/** Every batch upstream of one, itself left out. */
export function ancestorsOf(batch: string, { madeBy, charged }: Lineage): Set<string> {
  const found = new Set<string>()
  const look = (id: string): void => {
    for (const from of charged.get(madeBy.get(id) ?? '')?.keys() ?? []) {
      if (found.has(from)) continue
      found.add(from)
      look(from)
    }
  }
  look(batch)
  return found
}

/** Every batch downstream of one, itself left out. */
export function descendantsOf(batch: string, { onward }: Lineage): Set<string> {
  const found = new Set<string>()
  const look = (id: string): void => {
    for (const run of onward.get(id) ?? []) {
      for (const made of onward.get(run) ?? []) {
        if (found.has(made)) continue
        found.add(made)
        look(made)
      }
    }
  }
  look(batch)
  return found
}

import type { Batch } from '../../shared/domain/state/batch.ts'
import type { Party } from '../../shared/domain/events/custody.ts'
import { subjectsOf, type DomainEvent } from '../../shared/domain/events/event.ts'
import type { Subjects } from '../../shared/domain/state/fold.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import type { Shipment } from '../../shared/domain/state/shipment.ts'
import { isHeld } from '../../shared/domain/state/world.ts'

/** A world as somebody sees it who may see everything: all states, all events in an order that could have been, all holds. */
export interface Known {
  readonly subjects: Subjects
  readonly events: readonly DomainEvent[]
  readonly holds: ReadonlyMap<string, readonly string[]>
}

/** The nth of a list, counted around; of an empty one, nothing. */
export function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)]
}

/** The nth of a list that is never empty, counted around. */
export function oneOf<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length]
  if (found === undefined) throw new RangeError('nothing to choose from')
  return found
}

export const batchesOf = ({ subjects }: Known): Batch[] =>
  [...subjects.values()].filter((subject) => subject.kind === 'batch')

export const runsOf = ({ subjects }: Known): Run[] =>
  [...subjects.values()].filter((subject) => subject.kind === 'run')

export const shipmentsOf = ({ subjects }: Known): Shipment[] =>
  [...subjects.values()].filter((subject) => subject.kind === 'shipment')

/** The closed periods of a site, the earliest first. */
export function periodsAt({ subjects }: Pick<Known, 'subjects'>, { org, site }: Party): Period[] {
  const all = [...subjects.values()].filter((subject) => subject.kind === 'period')
  return all
    .filter((period) => period.org === org && period.site === site)
    .toSorted((a, b) => (a.to < b.to ? -1 : 1))
}

/** Whether its holder could use a batch now. */
export const isFree = (known: Known, batch: Batch): boolean =>
  batch.status === 'active' && batch.remainingGrams > 0 && !isHeld(known, batch.id)

/** Each once, in the order of the first. */
export const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Only what changed last, so that whoever picks from it meets others who do. */
export function latestOf(known: Known, count: number): Known {
  const latest = new Set<string>()
  for (const event of known.events.toReversed()) {
    for (const id of subjectsOf(event)) if (latest.size < count) latest.add(id)
  }
  return {
    subjects: new Map([...known.subjects].filter(([id]) => latest.has(id))),
    events: known.events.filter((event) => subjectsOf(event).some((id) => latest.has(id))),
    holds: known.holds,
  }
}

import { loadedIn, type Item, type Loaded } from '../../functions/adapters/items.ts'
import type { HashedEvent } from '../../shared/domain/state/fold.ts'
import { eventsIn, wholeTable } from '../table.ts'
import type { Known } from './known.ts'

/** Every item of the table, and the world that they tell of. */
export interface Table extends Known {
  readonly items: readonly Item[]
  readonly hashed: readonly HashedEvent[]
  readonly loaded: ReadonlyMap<string, Loaded>
}

export async function readTable(): Promise<Table> {
  const items = await wholeTable()
  const hashed = eventsIn(items)
  const loaded = new Map(
    items
      .filter((item) => item['sk']?.S === 'STATE')
      .map(loadedIn)
      .sort((a, b) => (a.subject.recordedAt < b.subject.recordedAt ? -1 : 1))
      .map((one) => [one.subject.id, one]),
  )
  return {
    items,
    hashed,
    loaded,
    events: hashed.map(({ event }) => event),
    subjects: new Map([...loaded].map(([id, { subject }]) => [id, subject])),
    holds: new Map([...loaded].map(([id, { holds }]) => [id, holds])),
  }
}

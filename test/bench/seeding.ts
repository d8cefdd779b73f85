import { createHash } from 'node:crypto'
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { eventItem, linkItem, stateItem, type Item, type Loaded } from '../../functions/adapters/items.ts'
import type { LoadedWorld } from '../../functions/adapters/ledger.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { subjectsOf, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import { fold, type Subjects } from '../../shared/domain/state/fold.ts'
import { idFromBytes, type IdKind } from '../../shared/domain/ids.ts'
import type { Decision } from '../../shared/domain/refusal.ts'
import type { World as DomainWorld } from '../../shared/domain/state/world.ts'
import { linkEvents, type LinkedEvent } from '../../shared/ledger/link.ts'
import { inParallel } from './work.ts'

/**
 * Fills the table with what the API would have written, without asking it: the same pure code decides, links, folds and
 * makes the items. Written are those that traces and holds read, states as they are in the end and charges; the histories
 * beside them would only take time, and are written where they are asked for.
 */
export interface Seeding {
  /** Carries out one command. Throws where it is refused. */
  readonly carryOut: (
    uses: readonly string[],
    decide: (world: DomainWorld) => Decision<UnlinkedEvent[]>,
  ) => Promise<void>
  readonly batch: (id: string) => Batch
  /** Writes all items to the table, and tells them. */
  readonly write: () => Promise<ReadonlyMap<string, Item>>
}

/** Place of the charge in the history of a run of one call. */
const CHARGED = 2

export function beginSeeding(histories: 'charges' | 'whole' = 'charges'): Seeding {
  const loaded = new Map<string, Loaded>()
  const events: Item[] = []
  return {
    carryOut: async (uses, decide) => {
      const before = worldOf(uses.flatMap((id) => loaded.get(id) ?? []))
      const decided = decide(before)
      if (!decided.ok) throw new Error(decided.refusal.detail)
      const linked = await linkEvents(decided.value, before.subjects)
      const after = fold(before.subjects, linked)
      if (histories === 'whole') events.push(...historyItems(linked, before.subjects))
      else events.push(...chargeItems(linked))
      for (const id of new Set(decided.value.flatMap(subjectsOf))) {
        const subject = after.get(id)
        if (subject) loaded.set(id, { subject, holds: [], revision: (loaded.get(id)?.revision ?? 0) + 1 })
      }
    },
    batch: (id) => {
      const subject = loaded.get(id)?.subject
      if (subject?.kind !== 'batch') throw new Error(`there is no batch ${id}`)
      return subject
    },
    write: async () => {
      const items = [...[...loaded.values()].map(stateItem), ...events]
      await writeAll(items)
      return new Map(items.map((item) => [keyText(item), item]))
    },
  }
}

const chargeItems = (linked: readonly LinkedEvent[]): Item[] =>
  linked.flatMap((one) => (one.event.type === 'RunCharged' ? [eventItem(CHARGED, one, {})] : []))

/** Each event in the history of all that it touches, after what is there. */
function historyItems(linked: readonly LinkedEvent[], subjects: Subjects): Item[] {
  const lengths = new Map([...subjects].map(([id, { version }]) => [id, version]))
  return linked.flatMap((one) =>
    subjectsOf(one.event).map((subject) => {
      const sequence = (lengths.get(subject) ?? 0) + 1
      lengths.set(subject, sequence)
      return subject === one.event.home
        ? eventItem(sequence, one, {})
        : linkItem(subject, sequence, one.event, undefined)
    }),
  )
}

export const keyText = (item: Item): string => `${item['pk']?.S} ${item['sk']?.S}`

/** The nth id of a kind in a lineage of this name. */
export const idOf = (kind: IdKind, lineage: string, n: number): string =>
  idFromBytes(kind, sha256(`${lineage} ${kind} ${n}`))

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

function worldOf(loaded: readonly Loaded[]): LoadedWorld {
  return {
    loaded: new Map(loaded.map((one) => [one.subject.id, one])),
    subjects: new Map(loaded.map(({ subject }) => [subject.id, subject])),
    holds: new Map(),
  }
}

const MAX_ITEMS = 100
const IN_FLIGHT = 2

/** In transactions, each of which the engine commits once; of a BatchWriteItem it commits every item. */
async function writeAll(items: readonly Item[]): Promise<void> {
  const chunks: Item[][] = []
  for (let start = 0; start < items.length; start += MAX_ITEMS)
    chunks.push(items.slice(start, start + MAX_ITEMS))
  await inParallel(chunks, IN_FLIGHT, async (chunk) => {
    const TransactItems = chunk.map((Item) => ({ Put: { TableName: tableName(), Item } }))
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems }))
  })
}

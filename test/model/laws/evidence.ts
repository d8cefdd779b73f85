import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import type { HashedEvent } from '../../../shared/domain/state/fold.ts'
import type { Known } from '../known.ts'
import { lineageOf, type Lineage } from './lineage.ts'
import { standingOf } from './standing.ts'

/** What laws look at: a world as it is, and what its raw events say, read once for all of them. */
export interface Evidence extends Known {
  readonly hashed: readonly HashedEvent[]
  readonly standing: readonly DomainEvent[]
  readonly lineage: Lineage
}

export function evidenceOf(known: Known & { readonly hashed: readonly HashedEvent[] }): Evidence {
  const standing = standingOf(known.events)
  return { ...known, standing, lineage: lineageOf(standing) }
}

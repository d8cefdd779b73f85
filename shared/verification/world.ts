import type { DomainEvent, EventOf } from '../domain/events/event.ts'
import type { Batch } from '../domain/state/batch.ts'
import type { Subject } from '../domain/state/fold.ts'
import type { Run } from '../domain/state/run.ts'
import { canonicalJson } from '../ledger/canonical.ts'
import type { Broken, FaultCode } from './fault.ts'

/** What the events of a lineage came to so far, which the next event is judged by. */
export interface Replayed {
  /** The batches and runs of the lineage. */
  readonly subjects: ReadonlyMap<string, Subject>
  /** Whether a batch or run belongs to the lineage, and so must be known here when it is used. */
  readonly isOurs: (subject: string) => boolean
  /** Whether a batch is left out of the sample. */
  readonly isLeftOut: (batch: string) => boolean
  /** Events so far by id, those that were taken back left out. */
  readonly standing: ReadonlyMap<string, DomainEvent>
  /** By shipment, the organisation that it was last sent to. */
  readonly addressees: ReadonlyMap<string, string>
  /** By run, the ids of its charges that stand. */
  readonly charges: ReadonlyMap<string, ReadonlySet<string>>
}

/** Judges an event by what came before it; undefined where it follows. */
export type Judge<Event extends DomainEvent> = (event: Event, world: Replayed) => Broken | undefined

export const broken = (code: FaultCode, details: Omit<Broken, 'code'> = {}): Broken => ({ code, ...details })

export function batchOf({ subjects }: Replayed, id: string): Batch | undefined {
  const subject = subjects.get(id)
  return subject?.kind === 'batch' ? subject : undefined
}

export function runOf({ subjects }: Replayed, id: string): Run | undefined {
  const subject = subjects.get(id)
  return subject?.kind === 'run' ? subject : undefined
}

export function standingOf<Type extends DomainEvent['type']>(
  { standing }: Replayed,
  id: string,
  type: Type,
): EventOf<Type> | undefined {
  const event = standing.get(id)
  return event && isOfType(event, type) ? event : undefined
}

const isOfType = <Type extends DomainEvent['type']>(event: DomainEvent, type: Type): event is EventOf<Type> =>
  event.type === type

export const same = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b)

/** Members that events did not have from the first; one that says nothing of them is not wrong in them. */
const CAME_LATER: ReadonlySet<string> = new Set(['dryAtMostGrams', 'unmeasuredForms', 'mixture', 'sources'])

/** The first member of what follows that an event does not state so; undefined where they agree. */
export function differingMember(stated: object, due: object): string | undefined {
  const said = new Map<string, unknown>(Object.entries(stated))
  const follows = new Map<string, unknown>(Object.entries(due).filter(([, value]) => value !== undefined))
  for (const [name, value] of follows) {
    if (said.has(name) ? !same(said.get(name), value) : !CAME_LATER.has(name)) return name
  }
  return [...said.keys()].find((name) => !follows.has(name))
}

/** The fault that lies in a member: shares and claims have their own, all others are figures. */
export function memberFault(subject: string, stated: object, due: object): Broken | undefined {
  const name = differingMember(stated, due)
  if (name === undefined) return undefined
  const code =
    name === 'origins'
      ? 'shares-do-not-follow'
      : name === 'claims'
        ? 'claims-do-not-follow'
        : 'figures-do-not-follow'
  const valueIn = (whole: object): unknown => new Map<string, unknown>(Object.entries(whole)).get(name)
  return broken(code, { subject, stated: valueIn(stated), due: valueIn(due), why: `its ${name}` })
}

/** The first fault among some; each is found only where those before it were none. */
export function firstOf(...faults: readonly (() => Broken | undefined)[]): Broken | undefined {
  for (const find of faults) {
    const found = find()
    if (found) return found
  }
  return undefined
}

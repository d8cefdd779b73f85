import type { Batch } from './batch.ts'
import { evolveCertificate, type Certificate } from './certificate.ts'
import { evolveErasure, type Erasure } from './erasure.ts'
import { evolveBatch } from './evolve-batch.ts'
import { subjectsOf, type DomainEvent } from '../events/event.ts'
import { kindOfId } from '../ids.ts'
import { evolvePeriod, type Period } from './period.ts'
import { evolveRun, type Run } from './run.ts'
import { evolveShipment, type Shipment } from './shipment.ts'

/** Anything that has a history and a state folded from it. */
export type Subject = Batch | Run | Shipment | Certificate | Period | Erasure
export type Subjects = ReadonlyMap<string, Subject>

/** An event together with its own hash, as it stands in the table and in the log. */
export interface HashedEvent {
  readonly event: DomainEvent
  readonly hash: string
}

/**
 * Folds events, in order, into all that they touch. This is the only way state comes about: the write path calls it
 * with the subjects it has loaded, the rebuild calls it with nothing and every event there ever was.
 */
export function fold(subjects: Subjects, events: readonly HashedEvent[]): Map<string, Subject> {
  const folded = new Map(subjects)
  for (const { event, hash } of events) {
    for (const id of subjectsOf(event)) {
      const after = evolve(folded.get(id), id, event, hash)
      if (after) folded.set(id, after)
    }
  }
  return folded
}

/** What one subject is by its own history alone. No other is looked at, as none has to be. */
export function foldOne(id: string, history: readonly HashedEvent[]): Subject | undefined {
  let subject: Subject | undefined
  for (const { event, hash } of history) subject = evolve(subject, id, event, hash) ?? subject
  return subject
}

function evolve(
  before: Subject | undefined,
  id: string,
  event: DomainEvent,
  hash: string,
): Subject | undefined {
  switch (kindOfId(id)) {
    case 'batch':
      return evolveBatch(before?.kind === 'batch' ? before : undefined, id, event, hash)
    case 'run':
      return evolveRun(before?.kind === 'run' ? before : undefined, event, hash)
    case 'shipment':
      return evolveShipment(before?.kind === 'shipment' ? before : undefined, event, hash)
    case 'certificate':
      return evolveCertificate(before?.kind === 'certificate' ? before : undefined, event, hash)
    case 'period':
      return evolvePeriod(before?.kind === 'period' ? before : undefined, event, hash)
    case 'erasure':
      return evolveErasure(before?.kind === 'erasure' ? before : undefined, event, hash)
    case undefined:
      throw new RangeError(`${id} is the id of nothing that has a history`)
  }
}

/** The subjects of one kind. */
export function subjectsOfKind<Kind extends Subject['kind']>(
  subjects: Subjects,
  kind: Kind,
): Map<string, Extract<Subject, { kind: Kind }>> {
  const found = new Map<string, Extract<Subject, { kind: Kind }>>()
  for (const [id, subject] of subjects) if (isOfKind(subject, kind)) found.set(id, subject)
  return found
}

const isOfKind = <Kind extends Subject['kind']>(
  subject: Subject,
  kind: Kind,
): subject is Extract<Subject, { kind: Kind }> => subject.kind === kind

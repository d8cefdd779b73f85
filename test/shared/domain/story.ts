import type { Certificate } from '../../../shared/domain/state/certificate.ts'
import type { Actor } from '../../../shared/domain/decide/actor.ts'
import type { DomainEvent, UnlinkedEvent } from '../../../shared/domain/events/event.ts'
import { fold, type Subject, type Subjects } from '../../../shared/domain/state/fold.ts'
import { STEPS } from '../../../shared/domain/lineage/journey.ts'
import type { Decision } from '../../../shared/domain/refusal.ts'
import type { World } from '../../../shared/domain/state/world.ts'
import { accepted, ACTOR, stored } from './scenario.ts'

/** Longer stories than one command: who did what, one act after another, and the whole history that it left. */
export interface Story {
  readonly subjects: Subjects
  readonly events: readonly DomainEvent[]
  /** Holds that came from upstream, by what they rest on. */
  readonly holds: World['holds']
}

/** Something that somebody tries to do. */
export type Act = (story: Story) => Decision<UnlinkedEvent[]>

export const NOTHING: Story = { subjects: new Map(), events: [], holds: new Map() }
/** The receiver of shipments. */
export const PLANT: Actor = { ...ACTOR, org: 'plant' }

/** Ids that are easy to tell apart: `B('A')` is BAAAAAAAAAAAA. */
export const B = (letter: string): string => `B${letter.repeat(12)}`
export const R = (letter: string): string => `R${letter.repeat(12)}`
export const S = (letter: string): string => `S${letter.repeat(12)}`
export const C = (letter: string): string => `C${letter.repeat(12)}`

/** A day of August 2026, a second later for each `second`. */
export const august = (day: number, second = 0): string =>
  `2026-08-${String(day).padStart(2, '0')}T00:00:${String(second).padStart(2, '0')}.000Z`

/** Of OBP, for all steps at two sites of the co-op, all year. */
export const CERTIFICATE: Certificate = {
  kind: 'certificate',
  id: C('A'),
  org: 'coop',
  scheme: 'OBP',
  number: '7-1',
  body: 'Control Union',
  sites: ['dachen', 'huzhou'],
  steps: STEPS,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  recordedAt: august(1),
  version: 1,
  head: '',
}

export function told(story: Story, act: Act): Story {
  const hashed = stored(accepted(act(story)))
  return {
    ...story,
    subjects: fold(story.subjects, hashed),
    events: [...story.events, ...hashed.map(({ event }) => event)],
  }
}

/** What is so after all of these were done, none of them refused. */
export const given = (...acts: readonly Act[]): Story => acts.reduce(told, NOTHING)

export const worldOf = ({ subjects, holds }: Story): World => {
  const all = new Map<string, readonly string[]>(holds)
  for (const [id, subject] of subjects) {
    if (subject.kind !== 'batch' || subject.ownHolds.length === 0) continue
    all.set(id, [...(holds.get(id) ?? []), ...subject.ownHolds.map(({ event }) => event)])
  }
  return { subjects, holds: all }
}

export function subject<Kind extends Subject['kind']>(
  story: Story,
  id: string,
  kind: Kind,
): Extract<Subject, { kind: Kind }> {
  const found = story.subjects.get(id)
  const isOf = (one: Subject): one is Extract<Subject, { kind: Kind }> => one.kind === kind
  if (!found || !isOf(found)) throw new Error(`there is no ${kind} ${id}`)
  return found
}

export const eventOf = ({ events }: Story, id: string): DomainEvent => {
  const found = events.find((event) => event.id === id)
  if (!found) throw new Error(`there is no event ${id}`)
  return found
}

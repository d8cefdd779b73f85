import type { EventOf, EventType } from '../../shared/domain/events/event.ts'
import type { Subject } from '../../shared/domain/state/fold.ts'
import type { Refusal } from '../../shared/domain/refusal.ts'
import { complaintsOf } from './checker.ts'
import type { Command } from './intent.ts'
import { newWorld, play } from './pure-world.ts'

/** Counter-examples told by hand: a pure world to which things are done one by one, and which must keep every law. */
export interface Scenario {
  /** Does it, and gives the last event of a type that it led to; throws where it is refused or breaks a law. */
  readonly does: <Type extends EventType>(
    org: string,
    command: Command,
    type: Type,
    at?: string,
  ) => EventOf<Type>
  readonly refused: (org: string, command: Command, at?: string) => Refusal
  readonly state: <Kind extends Subject['kind']>(id: string, kind: Kind) => Extract<Subject, { kind: Kind }>
}

const LATER = '2026-08-20T12:00:00.000Z'

export function newScenario(): Scenario {
  let world = newWorld()
  return {
    does: (org, command, type, at = LATER) => {
      const { decision, world: after } = play(world, { ...command, org, at })
      if (!decision.ok) throw new Error(`${decision.refusal.code}: ${decision.refusal.detail}`)
      world = after
      const complaints = complaintsOf(world, 'wholly')
      if (complaints.length > 0) throw new Error(complaints.join('\n'))
      const found = world.events.findLast((event): event is EventOf<typeof type> => event.type === type)
      if (!found) throw new Error(`no ${type} came of it`)
      return found
    },
    refused: (org, command, at = LATER) => {
      const { decision } = play(world, { ...command, org, at })
      if (decision.ok) throw new Error('accepted, but a refusal was expected')
      return decision.refusal
    },
    state: (id, kind) => {
      const found = world.subjects.get(id)
      if (!found || !isOf(found, kind)) throw new Error(`no ${kind} ${id}`)
      return found
    },
  }
}

const isOf = <Kind extends Subject['kind']>(
  subject: Subject,
  kind: Kind,
): subject is Extract<Subject, { kind: Kind }> => subject.kind === kind

export const COOP = 'demo-coop'
export const OTHER = 'zhoushan-coop'

export const aPickup = (netGrams = 100_000, site = 'dachen'): Command => ({
  act: 'pickup',
  site,
  reported: { form: 'crate', polymer: 'HDPE', netGrams },
})

import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import { fold, type HashedEvent, type Subject } from '../../shared/domain/state/fold.ts'
import { eventId, idFromBytes, type IdKind } from '../../shared/domain/ids.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { decide, type Single, type Surroundings } from './decide.ts'
import type { CommandOf, Intent } from './intent.ts'
import type { Known } from './known.ts'
import { holdsIn } from './laws/holds.ts'
import { lineageOf } from './laws/lineage.ts'
import { standingOf } from './laws/standing.ts'

/** A world that is played in memory: deciders and folds, and holds that have always spread to the end. */
export interface PureWorld extends Known {
  readonly hashed: readonly HashedEvent[]
  readonly histories: Map<string, DomainEvent[]>
  readonly subjects: Map<string, Subject>
  readonly ids: { next: number }
}

const NOW = '2026-11-01T00:00:00.000Z'

export const newWorld = (): PureWorld => ({
  subjects: new Map(),
  events: [],
  hashed: [],
  holds: new Map(),
  histories: new Map(),
  ids: { next: 1 },
})

export interface Played {
  readonly world: PureWorld
  readonly decision: Decision<readonly UnlinkedEvent[]>
}

export function play(world: PureWorld, intent: Intent): Played {
  if (intent.act === 'void') return giveUp(world, intent)
  return intent.act === 'reopen' ? openAgain(world, intent) : playOne(world, intent)
}

function playOne(world: PureWorld, intent: Single): Played {
  const decision = decide(intent, surroundings(world))
  return { decision, world: decision.ok ? commit(world, decision.value) : world }
}

/** As functions/commands/giving-up.ts does it: the charges, latest first, and then the opening; each a step of its own. */
function giveUp(
  world: PureWorld,
  { org, at, run: id }: CommandOf<'void'> & { readonly org: string; readonly at: string },
): Played {
  const run = world.subjects.get(id)
  if (run?.kind !== 'run') return { world, decision: refuse('not-found', id) }
  if (run.status === 'closed') return { world, decision: refuse('run-not-open', id) }
  let now = world
  for (const sequence of [...run.chargeSequences.toReversed(), 1]) {
    const event = now.events.find((candidate) => candidate.id === eventId(id, sequence))
    if (!event) throw new Error(`run ${id} has no event ${sequence}`)
    const played = playOne(now, { act: 'correct', org, at, event })
    now = played.world
    if (!played.decision.ok) return { world: now, decision: played.decision }
  }
  return { world: now, decision: accept([]) }
}

/** As it is done there too: the closing is taken back. */
function openAgain(
  world: PureWorld,
  { org, at, run: id }: CommandOf<'reopen'> & { readonly org: string; readonly at: string },
): Played {
  const run = world.subjects.get(id)
  const event = world.events.find((candidate) => run?.kind === 'run' && candidate.id === run.closedBy)
  if (!event) return { world, decision: refuse('run-not-closed', id) }
  return playOne(world, { act: 'correct', org, at, event })
}

function surroundings(world: PureWorld): Surroundings {
  const certificates = [...world.subjects.values()].filter((subject) => subject.kind === 'certificate')
  const nextId = (kind: IdKind): string => {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setUint32(4, world.ids.next++)
    return idFromBytes(kind, bytes)
  }
  return { ...world, certificates, nextId, now: NOW }
}

/** Links, folds and lets holds spread. Hashes are stand-ins: here only who names whom matters. */
function commit(world: PureWorld, decided: readonly UnlinkedEvent[]): PureWorld {
  const heads = new Map([...world.subjects].map(([id, { head }]) => [id, head]))
  const hashed = decided.map((unlinked): HashedEvent => {
    const touched = subjectsOf(unlinked)
    const previous = touched.flatMap((subject) => {
      const hash = heads.get(subject)
      return hash === undefined ? [] : [{ subject, hash }]
    })
    const event: DomainEvent = { ...unlinked, previous }
    const hash = `hash of ${event.id}`
    for (const subject of touched) heads.set(subject, hash)
    return { event, hash }
  })
  const histories = new Map(world.histories)
  for (const { event } of hashed) {
    for (const id of subjectsOf(event)) histories.set(id, [...(histories.get(id) ?? []), event])
  }
  const events = [...world.events, ...hashed.map(({ event }) => event)]
  return {
    ...world,
    events,
    histories,
    hashed: [...world.hashed, ...hashed],
    subjects: fold(world.subjects, hashed),
    holds: holdsIn(events, lineageOf(standingOf(events))),
  }
}

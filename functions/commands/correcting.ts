import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { correctEvent, type Instead } from '../../shared/domain/decide/correct.ts'
import { accept, type Decision } from '../../shared/domain/refusal.ts'
import { ofKind, type World } from '../../shared/domain/state/world.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { timeOf } from './acting.ts'
import { readWholeHistory } from '../adapters/history.ts'
import { loadWorld, type LoadedWorld, type Once } from '../adapters/ledger.ts'
import { execute, type Executed } from './command.ts'
import { holdsOfCharges } from './run-holds.ts'
import { refuseChanged } from '../http/caching.ts'

/** One correction, as a command: for the route of corrections, and for giving up a run, which is many of them. */
export interface Correction {
  readonly once: Once
  readonly request: unknown
  readonly event: DomainEvent
  /** As the caller gave it; when it is corrected, if left out. */
  readonly occurredAt?: string | undefined
  readonly reason: string
  /** The If-Match header, which is about the subject in whose history the event stands. */
  readonly ifMatch?: string | undefined
  /** What is right instead, made anew for every try: it rests on what is stored, such as the site. */
  readonly instead?: (() => Promise<Decision<Instead | undefined>>) | undefined
  readonly sealed?: Readonly<Record<string, string>>
  readonly openings?: Readonly<Record<string, Opening>>
  readonly answer: (after: World, corrections: readonly UnlinkedEvent[]) => unknown
}

export async function correct(
  correction: Correction,
  actor: (now: string) => Actor,
): Promise<Decision<Executed>> {
  const { event, once, request, openings, sealed = {} } = correction
  const subjects = subjectsOf(event)
  return execute({
    once,
    request,
    ...(openings && { openings }),
    load: async () => {
      const instead = await (correction.instead?.() ?? accept(undefined))
      if (!instead.ok) return instead
      // Histories after states: one that is newer is refused by the write, one that is older would hide what happened.
      const world = await loadWorld(subjects)
      const histories = await Promise.all(
        subjects.map(async (id) => [id, await readWholeHistory(id)] as const),
      )
      const holds = await runHoldsWithout(event, world)
      return accept({ world, extra: { histories: new Map(histories), holds, instead: instead.value } })
    },
    decide: (world, { histories, instead }, now) =>
      refuseStale(correction, world) ??
      correctEvent(
        {
          event,
          occurredAt: timeOf(correction.occurredAt, now),
          reason: correction.reason,
          ...(instead && { instead }),
          sealed,
          histories,
        },
        world,
        actor(now),
      ),
    holds: ({ holds }) => holds,
    answer: correction.answer,
  })
}

function refuseStale({ event, ifMatch }: Correction, { subjects }: World) {
  const home = subjects.get(event.home)
  return home && refuseChanged(ifMatch, home)
}

/** What still holds a run once a charge of it has been taken back. */
async function runHoldsWithout(
  event: DomainEvent,
  world: LoadedWorld,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (event.type !== 'RunCharged') return new Map()
  const run = ofKind(world, event.data.run, 'run')
  const marks = run ? (world.holds.get(run.id) ?? []) : []
  if (!run || marks.length === 0) return new Map()
  // Only what is there may stay: what is not may just have been released, or is still on its way.
  const due = await holdsOfCharges(run, event.id)
  return new Map([[run.id, marks.filter((hold) => due.includes(hold))]])
}

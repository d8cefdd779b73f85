import { subjectsOf, type DomainEvent } from '../shared/domain/events/event.ts'
import type { Actor } from '../shared/domain/decide/actor.ts'
import { correctEvent, type Instead } from '../shared/domain/decide/correct.ts'
import type { Decision } from '../shared/domain/refusal.ts'
import { ofKind, type World } from '../shared/domain/world.ts'
import type { Opening } from '../shared/ledger/seal.ts'
import { readEvents, readWholeHistory } from './adapters/history.ts'
import { eventId } from '../shared/domain/ids.ts'
import { loadWorld, type LoadedWorld, type Once } from './adapters/ledger.ts'
import { execute, type Executed } from './command.ts'
import { refuseChanged } from './caching.ts'

/** One correction, as a command: for the route of corrections, and for giving up a run, which is many of them. */
export interface Correction {
  readonly once: Once
  readonly request: unknown
  readonly event: DomainEvent
  readonly occurredAt: string
  readonly reason: string
  /** The If-Match header, which is about the subject in whose history the event stands. */
  readonly ifMatch?: string | undefined
  readonly instead?: Instead
  readonly sealed?: Readonly<Record<string, string>>
  readonly openings?: Readonly<Record<string, Opening>>
  readonly answer: (after: World, corrections: readonly string[]) => unknown
}

export async function correct(correction: Correction, actor: Actor): Promise<Decision<Executed>> {
  const { event, once, request, openings, sealed = {} } = correction
  const subjects = subjectsOf(event)
  return execute({
    once,
    request,
    ...(openings && { openings }),
    load: async () => {
      const [world, histories] = await Promise.all([
        loadWorld(subjects),
        Promise.all(subjects.map(async (id) => [id, await readWholeHistory(id)] as const)),
      ])
      return { world, extra: { histories: new Map(histories), holds: await runHoldsWithout(event, world) } }
    },
    decide: (world, { histories }) =>
      refuseStale(correction, world) ??
      correctEvent(
        {
          event,
          occurredAt: correction.occurredAt,
          reason: correction.reason,
          ...(correction.instead && { instead: correction.instead }),
          sealed,
          histories,
        },
        world,
        actor,
      ),
    holds: ({ holds }) => holds,
    answer: (after, events) =>
      correction.answer(
        after,
        events.map(({ id }) => id),
      ),
  })
}

function refuseStale({ event, ifMatch }: Correction, { subjects }: World) {
  const home = subjects.get(event.home)
  return home && refuseChanged(ifMatch, home)
}

/**
 * What still holds a run once a charge has been taken back: what holds the batches that it was charged with otherwise.
 * A hold that reaches one of them meanwhile raises the run's revision, and then all of this is done again.
 */
async function runHoldsWithout(
  event: DomainEvent,
  world: LoadedWorld,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (event.type !== 'RunCharged') return new Map()
  const run = ofKind(world, event.data.run, 'run')
  if (!run || (world.holds.get(run.id) ?? []).length === 0) return new Map()
  const others = run.chargeSequences
    .map((sequence) => eventId(run.id, sequence))
    .filter((id) => id !== event.id)
  const charged = [...(await readEvents(others)).values()].flatMap(({ event: other }) =>
    other.type === 'RunCharged' ? other.data.charges.map(({ batch }) => batch) : [],
  )
  const { holds } = await loadWorld(charged)
  return new Map([[run.id, [...new Set([...holds.values()].flat())].sort()]])
}

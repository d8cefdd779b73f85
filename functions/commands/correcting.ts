import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { correctEvent, type Instead } from '../../shared/domain/decide/correct.ts'
import { restingOn } from '../../shared/domain/decide/withdraw.ts'
import { accept, type Decision } from '../../shared/domain/refusal.ts'
import { ofKind, type World } from '../../shared/domain/state/world.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { timeOf } from './acting.ts'
import { readWholeHistory } from '../adapters/history.ts'
import { readJournal } from '../adapters/journal.ts'
import { loadWorld, type LoadedWorld, type Once } from '../adapters/ledger.ts'
import { claimPhotos, readPhotoUses, type KnownPhotos } from '../adapters/photo-uses.ts'
import type { Claim } from '../adapters/transaction.ts'
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
  /**
   * What is right instead, looked up anew for every try: it rests on what is stored, such as the site, and on the history
   * that the event stands in.
   */
  readonly said?: ((history: readonly DomainEvent[]) => Promise<Decision<Said>>) | undefined
  readonly sealed?: Readonly<Record<string, string>>
  readonly openings?: Readonly<Record<string, Opening>>
  readonly answer: (after: World, corrections: readonly UnlinkedEvent[]) => unknown
}

/** What is said instead of a mistake, and the hashes of the photos whose uses it is judged by. */
export interface Said {
  readonly photos: readonly string[]
  readonly instead: (uses: KnownPhotos, actor: Actor) => Decision<Instead>
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
      // Histories after states: one that is newer is refused by the write, one that is older would hide what happened.
      const world = await loadWorld(subjects)
      const histories = await Promise.all(
        subjects.map(async (id) => [id, await readWholeHistory(id)] as const),
      )
      const said = await (correction.said?.(new Map(histories).get(event.home) ?? []) ?? accept(undefined))
      if (!said.ok) return said
      const photos = said.value?.photos ?? []
      const [holds, resting, uses] = await Promise.all([
        runHoldsWithout(event, world),
        readResting(correction),
        readPhotoUses(photos),
      ])
      const extra = { histories: new Map(histories), holds, resting, photos, uses, said: said.value }
      return accept({ world, extra })
    },
    decide: (world, { histories, resting, uses, said }, now) => {
      const stale = refuseStale(correction, world)
      if (stale) return stale
      const instead = said?.instead(uses, actor(now))
      if (instead && !instead.ok) return instead
      const { reason } = correction
      const occurredAt = timeOf(correction.occurredAt, now)
      return correctEvent(
        { event, occurredAt, reason, ...(instead && { instead: instead.value }), sealed, histories, resting },
        world,
        actor(now),
      )
    },
    holds: ({ holds }) => holds,
    claims: ({ photos, uses }, corrections) => photoClaims(event, photos, uses, corrections),
    answer: correction.answer,
  })
}

/** A pickup that is said anew uses its photos with its new mass. */
function photoClaims(
  { org, site, occurredAt }: DomainEvent,
  photos: readonly string[],
  uses: KnownPhotos,
  corrections: readonly UnlinkedEvent[],
): Claim[] {
  return corrections.flatMap((correction) => {
    if (correction.type !== 'EventCorrected' || correction.data.undo.of !== 'PickupRecorded') return []
    const { batch, instead } = correction.data.undo
    return instead
      ? claimPhotos(photos, uses, { org, batch, site, massGrams: instead.massGrams, occurredAt })
      : []
  })
}

function refuseStale({ event, ifMatch }: Correction, { subjects }: World) {
  const home = subjects.get(event.home)
  return home && refuseChanged(ifMatch, home)
}

/** What rests on a certificate since the instant that it is to be withdrawn from; nothing yet where that is now. */
async function readResting({ event, occurredAt }: Correction): Promise<DomainEvent[]> {
  if (event.type !== 'CertificateRegistered' || occurredAt === undefined) return []
  const from = new Date(occurredAt).toISOString()
  const { certificate, sites } = event.data
  const bySite = await Promise.all(
    sites.map(async (site) => {
      const events: DomainEvent[] = []
      for await (const page of readJournal({ org: event.org, site }, { from, to: END_OF_TIME })) {
        events.push(...page.filter(({ type }) => ABOUT_CLAIMS.has(type)))
      }
      return restingOn(certificate, from, events)
    }),
  )
  return bySite.flat()
}

const END_OF_TIME = '9999'
const ABOUT_CLAIMS = new Set<string>(['PickupRecorded', 'RunClosed', 'EventCorrected'])

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

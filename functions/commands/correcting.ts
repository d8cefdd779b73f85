import { randomBytes } from 'node:crypto'
import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { correctEvent, type Instead } from '../../shared/domain/decide/correct.ts'
import { afterAll } from '../../shared/domain/decide/withdraw.ts'
import type { GtinHolding } from '../../shared/domain/gs1/holding.ts'
import { accept, type Decision } from '../../shared/domain/refusal.ts'
import { ofKind, type World } from '../../shared/domain/state/world.ts'
import { seal, type Opening } from '../../shared/ledger/seal.ts'
import { timeOf } from './acting.ts'
import { readWholeHistory } from '../adapters/history.ts'
import type { People } from '../adapters/items.ts'
import { loadWorld, type LoadedWorld, type Once } from '../adapters/ledger.ts'
import { claimPhotos, readPhotoUses, type KnownPhotos } from '../adapters/photo-uses.ts'
import { unbarClaims } from '../adapters/tallies.ts'
import type { Claim } from '../adapters/transaction.ts'
import { execute } from './command.ts'
import type { Executed } from './once.ts'
import { holdsOfCharges } from './run-holds.ts'
import { readClaimed, type Claimed } from './withdrawing.ts'
import { refuseChanged } from '../http/caching.ts'

/** One correction, as a command: for the route of corrections, and for giving up a run, which is many of them. */
export interface Correction {
  readonly once: Once
  readonly caller: Pick<Caller, 'sites'>
  readonly request: unknown
  readonly event: DomainEvent
  /** As the caller gave it; when it is corrected, if left out. */
  readonly occurredAt?: string | undefined
  /** Sealed, as it may say anything of anybody. */
  readonly reason: string
  /** The If-Match header, which is about the subject in whose history the event stands. */
  readonly ifMatch?: string | undefined
  /**
   * What is right instead, looked up anew for every try: it rests on what is stored, such as the site, and on the history
   * that the event stands in.
   */
  readonly said?: ((history: readonly DomainEvent[], isRetry: boolean) => Promise<Decision<Said>>) | undefined
  readonly sealed?: Readonly<Record<string, string>>
  readonly openings?: Readonly<Record<string, Opening>>
  readonly people?: People
  readonly answer: (after: World, corrections: readonly UnlinkedEvent[]) => unknown
}

/** What is said instead of a mistake, and the hashes of the photos whose uses it is judged by. */
export interface Said {
  readonly photos: readonly string[]
  readonly instead: (uses: KnownPhotos, actor: Actor) => Decision<Instead>
  /** Who may make lots with the GTIN that is said instead, if anybody has one. */
  readonly holding?: GtinHolding | undefined
}

export async function correct(
  correction: Correction,
  actor: (now: string) => Actor,
): Promise<Decision<Executed>> {
  const { event, once, caller, request, people } = correction
  const why = await seal({ reason: correction.reason }, () => randomBytes(16).toString('hex'))
  const sealed = { ...correction.sealed, ...why.commitments }
  const openings = { ...correction.openings, ...why.openings }
  const subjects = subjectsOf(event)
  const executed = await execute({
    once,
    caller,
    request,
    openings,
    ...(people && { people }),
    load: async (isRetry) => {
      // Histories after states: one that is newer is refused by the write, one that is older would hide what happened.
      const world = await loadWorld(subjects)
      const histories = await Promise.all(
        subjects.map(async (id) => [id, await readWholeHistory(id)] as const),
      )
      const said = await (correction.said?.(new Map(histories).get(event.home) ?? [], isRetry) ??
        accept(undefined))
      if (!said.ok) return said
      const photos = said.value?.photos ?? []
      const [holds, claimed, uses] = await Promise.all([
        runHoldsWithout(event, world),
        claimedUnder(correction, world),
        readPhotoUses(photos),
      ])
      if (!claimed.ok) return claimed
      const extra = { histories: new Map(histories), holds, ...claimed.value, photos, uses, said: said.value }
      return accept({ world, extra })
    },
    decide: (world, { histories, resting, uses, said }, decidedAt) => {
      const now = correction.occurredAt === undefined ? afterAll(resting, decidedAt) : decidedAt
      const stale = refuseStale(correction, world)
      if (stale) return stale
      const instead = said?.instead(uses, actor(now))
      if (instead && !instead.ok) return instead
      const occurredAt = timeOf(correction.occurredAt, now)
      return correctEvent(
        { event, occurredAt, ...(instead && { instead: instead.value }), sealed, histories, resting },
        world,
        actor(now),
      )
    },
    holds: ({ holds }) => holds,
    tallies: ({ tallies }) => tallies,
    holding: ({ said }) => said?.holding,
    claims: ({ photos, uses }, corrections) => photoClaims(event, photos, uses, corrections),
    answer: correction.answer,
  })
  if (!executed.ok && event.type === 'CertificateRegistered') await unbarClaims(event.data.certificate)
  return executed
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

const NOTHING_CLAIMED: Claimed = { tallies: [], resting: [] }

/** What rests on a certificate that is to be withdrawn, unless it was already. */
async function claimedUnder({ event, occurredAt }: Correction, world: World): Promise<Decision<Claimed>> {
  if (event.type !== 'CertificateRegistered') return accept(NOTHING_CLAIMED)
  const certificate = ofKind(world, event.home, 'certificate')
  return certificate?.withdrawnAt === undefined ? readClaimed(event, occurredAt) : accept(NOTHING_CLAIMED)
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

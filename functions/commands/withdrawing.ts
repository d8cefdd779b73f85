import {
  ABOUT_CLAIMS,
  claimsSince,
  restingOn,
  startOfWeek,
  weekOf,
} from '../../shared/domain/decide/resting.ts'
import type { DomainEvent, EventOf } from '../../shared/domain/events/event.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { readJournal } from '../adapters/journal.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { barClaims, countedSince, type Tally } from '../adapters/tallies.ts'

/** What a withdrawal is decided by: all tallies, and whatever they have counted that stands and is dated since. */
export interface Claimed {
  readonly tallies: readonly Tally[]
  readonly resting: readonly DomainEvent[]
}

/** Longer than an index usually lags; who asks again after that goes on waiting. */
const DEADLINE_MS = 8_000

/**
 * What rests on a certificate since the instant that it is to be withdrawn from, or since now. Claims dated since wait
 * from here on for what becomes of it, see functions/adapters/tallies.ts; refuses where the index shows less than was
 * counted for too long.
 */
export async function readClaimed(
  registered: EventOf<'CertificateRegistered'>,
  occurredAt: string | undefined,
): Promise<Decision<Claimed>> {
  const { certificate } = registered.data
  const now = new Date().toISOString()
  const given = occurredAt === undefined ? now : new Date(occurredAt).toISOString()
  const from = given < now ? given : now
  const week = weekOf(from)
  const deadline = Date.now() + DEADLINE_MS
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const tallies = await barClaims(certificate, from)
    const events = await readAboutClaims(registered, startOfWeek(week))
    if (claimsSince(certificate, week, events) >= countedSince(tallies, week)) {
      return accept({ tallies, resting: restingOn(certificate, from, events) })
    }
    await pauseBeforeRetry(attempt, deadline - Date.now())
  }
  const detail =
    'Claims under this certificate are so new that not all of them can be seen yet. Nothing was changed; send the same request again.'
  return refuse('busy', detail)
}

async function readAboutClaims(
  { org, data: { sites } }: EventOf<'CertificateRegistered'>,
  from: string,
): Promise<DomainEvent[]> {
  const bySite = await Promise.all(
    sites.map(async (site) => {
      const events: DomainEvent[] = []
      for await (const page of readJournal({ org, site }, { from, to: END_OF_TIME })) {
        events.push(...page.filter(({ type }) => ABOUT_CLAIMS.has(type)))
      }
      return events
    }),
  )
  // An event may concern several sites.
  return [...new Map(bySite.flat().map((event) => [event.id, event])).values()]
}

const END_OF_TIME = '9999'

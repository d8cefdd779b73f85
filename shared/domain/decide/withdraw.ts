import type { Undo } from '../events/correction.ts'
import type { DomainEvent } from '../events/event.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { ofKind, type World } from '../state/world.ts'
import { latest } from '../time.ts'
import type { CorrectEvent } from './correct.ts'
import { latestFirst, listOf } from './later.ts'

/**
 * A certificate is withdrawn from an instant on, which may lie back: then no claim that rests on it may be dated since.
 * Withdrawing it from now on is always possible. The writes see to it that nothing is overlooked, and that what comes
 * meanwhile is decided again; see functions/adapters/tallies.ts.
 */
export function undoCertificate(
  { event, occurredAt, resting = [] }: CorrectEvent,
  world: World,
): Decision<Undo> {
  const certificate = ofKind(world, event.home, 'certificate')
  if (!certificate) return refuse('not-found', `There is no certificate ${event.home}.`)
  if (certificate.withdrawnAt !== undefined)
    return refuse('not-correctable', `The certificate was withdrawn on ${certificate.withdrawnAt}.`)
  const blockers = latestFirst(resting.filter((claim) => claim.occurredAt >= occurredAt))
  if (blockers.length === 0) return accept({ of: 'CertificateRegistered', certificate: certificate.id })
  const detail = `The certificate cannot be withdrawn from ${occurredAt} on, because claims dated since rest on it. Correct first: ${listOf(blockers, event.org)}. Or withdraw it from now on, and hold what must not be sold.`
  const { refusal } = refuse('correct-first', detail, '/occurredAt')
  return { ok: false, refusal: { ...refusal, blockedBy: blockers.map(({ id }) => id) } }
}

/**
 * When a certificate is withdrawn from now on, while something that rests on it is dated by a clock ahead of ours: then
 * that clock's time counts, and it is withdrawn after it. UTC ISO 8601, as `now` is.
 */
export function afterAll(resting: readonly DomainEvent[], now: string): string {
  const last = latest(resting.map(({ occurredAt }) => occurredAt))
  return last < now ? now : new Date(Date.parse(last) + 1).toISOString()
}

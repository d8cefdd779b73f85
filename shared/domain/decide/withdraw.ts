import type { Undo } from '../events/correction.ts'
import type { DomainEvent } from '../events/event.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { ofKind, type World } from '../state/world.ts'
import type { CorrectEvent } from './correct.ts'
import { latestFirst, listOf } from './later.ts'

/**
 * A certificate is withdrawn from an instant on, which may lie back: then no claim that is known to rest on it may be dated
 * since. Withdrawing it from now on is always possible. Neither write waits for the other: a claim that is made at that very
 * moment, by a server that still has the certificate in mind (15 s at most), stands, and its time of recording shows it.
 */
export function undoCertificate(
  { event, occurredAt, resting = [] }: CorrectEvent,
  world: World,
): Decision<Undo> {
  const certificate = ofKind(world, event.home, 'certificate')
  if (!certificate) return refuse('not-found', `There is no certificate ${event.home}.`)
  if (certificate.withdrawnAt !== undefined)
    return refuse('not-correctable', `The certificate was withdrawn on ${certificate.withdrawnAt}.`)
  const blockers = latestFirst(resting)
  if (blockers.length === 0) return accept({ of: 'CertificateRegistered', certificate: certificate.id })
  const detail = `The certificate cannot be withdrawn from ${occurredAt} on, because claims dated since rest on it. Correct first: ${listOf(blockers, event.org)}. Or withdraw it from now on, and hold what must not be sold.`
  const { refusal } = refuse('correct-first', detail, '/occurredAt')
  return { ok: false, refusal: { ...refusal, blockedBy: blockers.map(({ id }) => id) } }
}

/**
 * Of some events in the order of a journal, those that stand, rest on a certificate, and are dated `from` or later. A
 * pickup that was said anew rests on what it then said.
 */
export function restingOn(certificate: string, from: string, events: Iterable<DomainEvent>): DomainEvent[] {
  const resting = new Map<string, DomainEvent>()
  const taken = new Map<string, boolean>()
  for (const event of events) {
    if (event.type === 'PickupRecorded' || event.type === 'RunClosed') {
      if (event.occurredAt >= from) resting.set(event.id, event)
    } else if (event.type === 'EventCorrected') {
      const { event: id, undo } = event.data
      const instead = undo.of === 'PickupRecorded' ? undo.instead : undefined
      taken.set(id, instead?.certificates.includes(certificate) ?? false)
    }
  }
  return [...resting.values()].filter(
    (event) => taken.get(event.id) ?? certificatesOf(event).includes(certificate),
  )
}

const certificatesOf = (event: DomainEvent): readonly string[] =>
  event.type === 'PickupRecorded' || event.type === 'RunClosed' ? event.data.certificates : []

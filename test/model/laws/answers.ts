import type { Known } from '../known.ts'
import type { Told } from '../rounds.ts'
import { isExcused } from './journal.ts'

/** What the answers of all rounds so far say together, given the world that they led to. */
export function answersComplaints(told: readonly Told[], after: Known): string[] {
  return [
    ...failures(told),
    ...resendComplaints(told),
    ...raceComplaints(told),
    ...refusalComplaints(told, after),
  ]
}

/** Nothing fails on our side. */
const failures = (told: readonly Told[]): string[] =>
  told.flatMap(({ status, line }) =>
    status === 201 || (status >= 400 && status < 500) ? [] : [`failed: ${line}`],
  )

/** Whoever sends the same again is told the same again. */
function resendComplaints(told: readonly Told[]): string[] {
  const first = new Map<string, string>()
  return told.flatMap(({ key, status, text, line }) => {
    if (status !== 201) return []
    const known = first.get(key)
    if (known === undefined) first.set(key, text)
    return known === undefined || known === text ? [] : [`answered differently: ${line}`]
  })
}

/** Of all who saw the same version of something and said so, at most one changes it; nobody does who saw an older one. */
function raceComplaints(told: readonly Told[]): string[] {
  const winners = new Map<string, string>()
  return told.flatMap(({ key, status, request: { seen }, line }) => {
    if (!seen || status !== 201) return []
    if (seen.isStale) return [`changed what had changed since it was seen: ${line}`]
    const what = `${seen.subject} ${seen.version}`
    const winner = winners.get(what)
    if (winner === undefined) winners.set(what, key)
    return winner === undefined || winner === key ? [] : [`changed ${what} a second time: ${line}`]
  })
}

/** A condition is refused only where the subject is another by now, and a period never because a ledger was below zero. */
function refusalComplaints(told: readonly Told[], after: Known): string[] {
  return told.flatMap(({ code, request, text, line }) => {
    if (code === 'precondition-failed') {
      const version = after.subjects.get(request.seen?.subject ?? '')?.version
      return request.seen && version !== request.seen.version
        ? []
        : [`found a change that there was not: ${line}`]
    }
    const isBelowZero = request.act === 'close-period' && code === 'check-failed' && text.includes(BELOW_ZERO)
    return isBelowZero && !isExcused(after.events, { org: request.org, site: String(request.body['siteId']) })
      ? [`found honest books below zero: ${line}`]
      : []
  })
}

const BELOW_ZERO = 'may not be below 0 kg'

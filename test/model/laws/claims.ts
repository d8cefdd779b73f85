import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import type { Claims } from '../../../shared/domain/lineage/claims.ts'
import type { Evidence } from './evidence.ts'
import { ofType, sumOf } from './standing.ts'

/** What goes on keeps no more of a claim than its part of the mass, and all rounding is to the claim's loss. */
export function claimComplaints({ standing }: Evidence): string[] {
  const closings = ofType(standing, 'RunClosed').flatMap(({ id, data }) => {
    const grams = sumOf(data.outputs, ({ massGrams }) => massGrams)
    return Object.entries(data.inputClaims).flatMap(([scheme, claimed]) => {
      const kept = sumOf(data.outputs, ({ claims }) => claims[scheme] ?? 0)
      const isTooMuch = exceeds(kept, claimed, grams, data.inputGrams)
      return isTooMuch ? [`${id} keeps ${kept} g of ${claimed} g ${scheme}`] : []
    })
  })
  const receipts = ofType(standing, 'BatchReceived').flatMap(({ id, data }) =>
    data.lines.flatMap(({ claims, lost, keptGrams, sentGrams }) =>
      schemesOf(claims, lost.claims).flatMap((scheme) => {
        const [kept, gone] = [claims[scheme] ?? 0, lost.claims[scheme] ?? 0]
        return exceeds(kept, kept + gone, keptGrams, sentGrams) ? [`${id} keeps ${kept} g ${scheme}`] : []
      }),
    ),
  )
  return [...closings, ...receipts]
}

/** No claim stands without a certificate of its maker's that was in force at its date, whatever was withdrawn since. */
export function certificateComplaints({ standing, subjects }: Evidence): string[] {
  const isInForce = (id: string, { org, occurredAt }: DomainEvent): boolean => {
    const certificate = subjects.get(id)
    if (certificate?.kind !== 'certificate' || certificate.org !== org) return false
    const { validFrom, validTo, withdrawnAt } = certificate
    const day = occurredAt.slice(0, 10)
    return validFrom <= day && day <= validTo && (withdrawnAt === undefined || withdrawnAt > occurredAt)
  }
  return standing.flatMap((event) => {
    if (event.type !== 'PickupRecorded' && event.type !== 'RunClosed') return []
    const { certificates } = event.data
    const claims =
      event.type === 'RunClosed' ? event.data.outputs.map((output) => output.claims) : [event.data.claims]
    const isClaimed = claims.some((claim) => Object.keys(claim).length > 0)
    if (isClaimed && certificates.length === 0) return [`${event.id} claims something under no certificate`]
    return certificates.filter((id) => !isInForce(id, event)).map((id) => `${event.id} rests on ${id}`)
  })
}

const schemesOf = (...claims: readonly Claims[]): string[] => [...new Set(claims.flatMap(Object.keys))]

/** Whether `part` of `whole` is more than `grams` of `ofGrams`, without rounding. */
const exceeds = (part: number, whole: number, grams: number, ofGrams: number): boolean =>
  BigInt(part) * BigInt(ofGrams) > BigInt(whole) * BigInt(grams)

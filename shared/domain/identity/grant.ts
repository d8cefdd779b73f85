import type { Voucher } from './caller.ts'

/** What one organisation lets another see: its books, or how its part of a lineage came to be. */
export type Grant = AuditGrant | LineageGrant

interface Given {
  readonly id: string
  /** Who gave it. */
  readonly org: string
  readonly to: string
  readonly madeAt: string
  readonly madeBy: Voucher
  readonly revokedAt?: string
}

/** Auditors of `to` may read all of the giver's books until then, or those of some of its sites. */
export interface AuditGrant extends Given {
  readonly kind: 'audit'
  readonly sites?: readonly string[]
  readonly until: string
}

/** `to` may see so many of the giver's runs up from what it was shipped; see {@link isOpen} in reach.ts. */
export interface LineageGrant extends Given {
  readonly kind: 'lineage'
  readonly depth: number
}

export const MAX_DEPTH = 20

/**
 * What a partner sees where nothing was granted: the batches that it was shipped and the run that made them. What that
 * run was charged with it sees as a closed node: stage, mass and month, so that the masses still add up.
 */
export const USUAL_DEPTH = 1

/** How things stand with a grant, for a list. */
export function statusOfGrant(grant: Grant, now: string): 'active' | 'expired' | 'revoked' {
  if (grant.revokedAt !== undefined) return 'revoked'
  return grant.kind === 'audit' && grant.until <= now ? 'expired' : 'active'
}

/** Revokes a grant, at once and for good. Revoking it again changes nothing. */
export function revokeGrant<Kind extends Grant>(grant: Kind, now: string): Kind {
  return { ...grant, revokedAt: grant.revokedAt ?? now }
}

/** How deep `giver` lets the receiver of these grants see: as the latest says that stands, else as is usual. */
export function depthFrom(received: readonly Grant[], giver: string): number {
  const [latest] = received
    .filter((grant) => grant.kind === 'lineage' && grant.org === giver && grant.revokedAt === undefined)
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  return latest?.kind === 'lineage' ? latest.depth : USUAL_DEPTH
}

/** At which sites of `giver` the receiver of these grants may audit now: `all`, some, or none where there is no grant. */
export function auditedSites(
  received: readonly Grant[],
  giver: string,
  now: string,
): 'all' | readonly string[] {
  const standing = received.flatMap((grant) =>
    grant.kind === 'audit' && grant.org === giver && statusOfGrant(grant, now) === 'active' ? [grant] : [],
  )
  if (standing.some(({ sites }) => sites === undefined)) return 'all'
  return [...new Set(standing.flatMap(({ sites = [] }) => sites))]
}

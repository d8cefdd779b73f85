import type { DomainEvent } from '../events/event.ts'
import type { Stock } from '../events/registry.ts'

/** A closed accounting period of a site. Its closing stock is the next one's opening stock. */
export interface Period {
  readonly kind: 'period'
  readonly id: string
  readonly org: string
  readonly site: string
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly recent: readonly string[]
  readonly opening: Stock
  readonly closing: Stock
  readonly reportSha256: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

export function evolvePeriod(
  period: Period | undefined,
  event: DomainEvent,
  hash: string,
): Period | undefined {
  if (event.type !== 'PeriodClosed') return period
  const { period: id, checks: _, ...closed } = event.data
  const { org, site, recordedAt } = event
  return {
    kind: 'period',
    id,
    org,
    site,
    ...closed,
    recordedAt,
    version: (period?.version ?? 0) + 1,
    head: hash,
  }
}

import { TALLIES, tallyIn } from '../../../functions/adapters/tallies.ts'
import { tallyKey } from '../../../functions/adapters/keys.ts'
import { claimIn, weekOf } from '../../../shared/domain/decide/resting.ts'
import type { Table } from '../table.ts'

/** The tallies of every certificate have counted what its events say, week by week, and know since when it is withdrawn. */
export function tallyComplaints({ items, subjects, events }: Table): string[] {
  const stored = new Map(items.flatMap((item) => (item['sk']?.S === 'TALLY' ? [[item['pk']?.S, item]] : [])))
  const dates = new Map(events.map(({ id, occurredAt }) => [id, occurredAt]))
  return [...subjects.values()].flatMap((certificate) => {
    if (certificate.kind !== 'certificate') return []
    const { id, withdrawnAt } = certificate
    const made = events.flatMap((event) => {
      const claim = claimIn(event)
      return claim?.certificates.includes(id) ? [weekOf(dates.get(claim.of) ?? '')] : []
    })
    const tallies = Array.from({ length: TALLIES }, (_, shard) => stored.get(tallyKey(id, shard).pk) ?? {})
    const counted = tallies.flatMap((item, shard) => [...tallyIn(item, shard).byWeek])
    const totals = tallies.reduce((sum, item, shard) => sum + tallyIn(item, shard).claims, 0)
    const [is, ought] = [tell(counted), tell(made.map((week) => [week, 1]))]
    const knows = tallies.every((item) => item['withdrawnFrom']?.S === withdrawnAt)
    return [
      ...(is === ought && totals === made.length ? [] : [`the tallies of ${id} have ${is} of ${ought}`]),
      ...(knows
        ? []
        : [`the tallies of ${id} do not know that it is withdrawn from ${withdrawnAt ?? 'never'}`]),
      ...(tallies.some((item) => item['barredUntil']) ? [`claims under ${id} are barred still`] : []),
    ]
  })
}

/** Claims by week, in order. */
function tell(counted: readonly (readonly [number, number])[]): string {
  const sums = Map.groupBy(counted, ([week]) => week)
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([week, claims]) => `${claims.reduce((sum, [, one]) => sum + one, 0)} in week ${week}`)
    .join(', ')
}

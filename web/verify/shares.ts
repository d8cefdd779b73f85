import { isAdded } from '../../shared/domain/lineage/origin.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'

/** A row of the page's table of origins beside what the records come to. */
export interface Compared {
  /** As the page names it; undefined where the page has no such row. */
  readonly name: string | undefined
  /** Id of the place, or what else it is the share of. */
  readonly of: string
  readonly grams: number
  /** As it stands on the page. */
  readonly shown: string | undefined
  readonly agrees: boolean
}

/**
 * Compares what the page says with what the records come to, row by row. What is compared is the text that a reader sees, to
 * its last digit; rows are found by what they say they are the share of, and must account for everything.
 */
export function compareShares(batch: Batch, rows: readonly HTMLTableRowElement[]): Compared[] {
  const due = sharesOf(batch, new Set(rows.map(({ dataset }) => dataset['of'] ?? '')))
  const compared = rows.map((row): Compared => {
    const of = row.dataset['of'] ?? ''
    const grams = due.get(of) ?? 0
    due.delete(of)
    const shown = row.cells.item(row.cells.length - 2)?.textContent?.trim() ?? ''
    return { name: row.cells.item(0)?.textContent?.trim(), of, grams, shown, agrees: saysGrams(shown, grams) }
  })
  const missing = [...due].map(
    ([of, grams]): Compared => ({ name: undefined, of, grams, shown: undefined, agrees: false }),
  )
  return [...compared, ...missing]
}

/** Grams by row: what has a row of its own, else what is summed up by what is known of it. */
function sharesOf(batch: Batch, rows: ReadonlySet<string>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const share of batch.origins) {
    const { placeId, found = 'unrecorded', grams } = share
    const own = isAdded(share) ? (placeId === 'virgin' ? placeId : 'other') : `${placeId} ${found}`
    const of = rows.has(own) || isAdded(share) ? own : `others ${found}`
    sums.set(of, (sums.get(of) ?? 0) + grams)
  }
  return sums.set('total', batch.massGrams)
}

/** Kilograms with thousands set apart, rounded to as many decimals as stand there. */
function saysGrams(shown: string, grams: number): boolean {
  const digits = shown.replaceAll(/[^\d.]/g, '')
  const [, decimals = ''] = digits.split('.')
  const step = 10 ** (3 - decimals.length)
  return digits !== '' && Math.abs(Number(digits) * 1000 - grams) <= step / 2
}

import { isAdded } from '../../shared/domain/lineage/origin.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'

/** A row of the page's table of origins beside what the records come to. */
export interface Compared {
  /** As the page names it, and what it says is known of it; undefined where the page has no such row. */
  readonly name: string | undefined
  readonly found: string | undefined
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
    const [kg = '', share = ''] = [...row.cells].slice(-2).map(textOf)
    const tenths = (1000 * grams) / batch.massGrams
    return {
      name: textOf(row.cells[0]),
      found: textOf(row.parentElement?.querySelector('.found th')),
      of,
      grams,
      shown: `${kg} · ${share}`,
      // Tenths of a percent are rounded all together, so that they add up: any may be one off.
      agrees: Math.abs(grams - read(kg, 3)) <= stepOf(kg) && Math.abs(tenths - read(share, 1)) < 1,
    }
  })
  const missing = [...due].map(([of, grams]): Compared => ({
    name: undefined,
    found: undefined,
    of,
    grams,
    shown: undefined,
    agrees: false,
  }))
  return [...compared, ...missing]
}

const textOf = (node: Element | null | undefined): string => node?.textContent?.trim() ?? ''

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

const digitsIn = (text: string): string => text.replaceAll(/[^\d.]/g, '')

/** What a figure says, in units of its nth decimal; no number where there is none. */
const read = (text: string, decimals: number): number => Number(digitsIn(text) || Number.NaN) * 10 ** decimals

/** Half of the last digit of kilograms that stands there, in grams. */
const stepOf = (kg: string): number => 500 / 10 ** (digitsIn(kg).split('.')[1] ?? '').length

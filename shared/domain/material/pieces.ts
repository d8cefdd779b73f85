import type { MaterialForm } from './material.ts'

/**
 * How much a piece weighs. A factor is never edited: a better one is a new version with a later `validFrom`, so that a
 * mass once counted can always be counted again. `validFrom` is the day (UTC) from which we apply it.
 *
 * Where the range spans a factor of two or more, the figure is its geometric mean, rounded to two digits: pieces differ
 * by multiples, and an arithmetic mean would count every small one as a middling one.
 */
export interface PiecesFactor {
  readonly version: string
  readonly form: MaterialForm
  readonly gramsPerPiece: number
  /** What single pieces weigh, from light to heavy. */
  readonly range: readonly [lowGrams: number, highGrams: number]
  readonly validFrom: string
  readonly source: string
  /** `cited`: the source gives the figure. `estimate`: ours, to be replaced by a plant's own. */
  readonly mark: 'cited' | 'estimate'
}

const ESTIMATE = 'Engineering estimate from the usual range of single pieces'

export const PIECES_FACTORS: readonly PiecesFactor[] = [
  {
    version: 'bottle-1',
    form: 'bottle',
    gramsPerPiece: 25,
    range: [12, 25],
    validFrom: '2006-01-01',
    source: 'zjol.com.cn 2006, scrap prices in Hangzhou: 40 bottles per kilogram',
    mark: 'cited',
  },
  {
    version: 'bottle-2',
    form: 'bottle',
    gramsPerPiece: 20,
    range: [12, 25],
    validFrom: '2020-01-01',
    source: 'Plastic Bank: 50 bottles per kilogram',
    mark: 'cited',
  },
  {
    version: 'crate-1',
    form: 'crate',
    gramsPerPiece: 1_400,
    range: [1_000, 2_000],
    validFrom: '2020-01-01',
    source: ESTIMATE,
    mark: 'estimate',
  },
  {
    version: 'float-1',
    form: 'float',
    gramsPerPiece: 950,
    range: [300, 3_000],
    validFrom: '2020-01-01',
    source: ESTIMATE,
    mark: 'estimate',
  },
  {
    version: 'foam-1',
    form: 'foam',
    gramsPerPiece: 630,
    range: [200, 2_000],
    validFrom: '2020-01-01',
    source: ESTIMATE,
    mark: 'estimate',
  },
  {
    version: 'film-1',
    form: 'film',
    gramsPerPiece: 7,
    range: [5, 10],
    validFrom: '2020-01-01',
    source: ESTIMATE,
    mark: 'estimate',
  },
]

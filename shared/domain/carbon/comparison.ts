import type { Polymer } from '../material/material.ts'
import type { CarbonAccount } from './account.ts'
import type { CarbonItem, FactorTable, VirginFactor } from './factors.ts'

/**
 * A recycled batch beside the same mass of virgin polymer: a difference between two numbers with two sources, and no
 * claim about a balance. Below zero where the batch emitted more than virgin polymer does.
 */
export interface VirginComparison {
  readonly polymer: Polymer
  readonly virgin: VirginFactor
  readonly gramsCo2ePerKg: number
  /** Virgin less recycled. */
  readonly differenceGramsPerKg: number
  readonly sentence: { readonly en: string; readonly zh: string }
}

const ITEM_NAMES = {
  energy: { en: 'energy', zh: '用电' },
  water: { en: 'water', zh: '用水' },
  'transport-road': { en: 'road transport', zh: '公路运输' },
  'transport-sea': { en: 'sea transport', zh: '海上运输' },
} as const satisfies Record<CarbonItem, { en: string; zh: string }>

/** What of an account is compared. */
type Compared = Pick<CarbonAccount, 'gramsCo2ePerKg' | 'missing'>

/** Undefined for a polymer that the table has no virgin factor for, such as a mixture. Requires an account of that table. */
export function compareWithVirgin(
  account: Compared,
  polymer: Polymer,
  table: FactorTable,
): VirginComparison | undefined {
  const virgin = table.virgin[polymer]
  if (!virgin) return undefined
  const { gramsCo2ePerKg, missing } = account
  const differenceGramsPerKg = virgin.gramsCo2ePerKg - gramsCo2ePerKg
  return {
    polymer,
    virgin,
    gramsCo2ePerKg,
    differenceGramsPerKg,
    sentence: sentenceOf(
      polymer,
      gramsCo2ePerKg,
      virgin,
      missing.filter((item) => table.factors[item] !== undefined),
    ),
  }
}

/** `unrecorded` ought to be counted and is not, or not fully. An item that has no factor is part of the boundary instead. */
function sentenceOf(
  polymer: Polymer,
  ours: number,
  virgin: VirginFactor,
  unrecorded: readonly CarbonItem[],
): VirginComparison['sentence'] {
  const difference = virgin.gramsCo2ePerKg - ours
  const [gap, mine, theirs] = [Math.abs(difference), ours, virgin.gramsCo2ePerKg].map(kilograms)
  const estimate = virgin.basis === 'estimate'
  const gaps = {
    en: unrecorded.map((item) => ITEM_NAMES[item].en).join(', '),
    zh: unrecorded.map((item) => ITEM_NAMES[item].zh).join('、'),
  }
  const en = `${mine} kg CO₂e per kg as recorded, ${gap} kg ${difference < 0 ? 'more' : 'less'} than virgin ${polymer} (${theirs} kg${estimate ? ', an estimate' : ''}).`
  const zh = `按记录每千克 ${mine} 千克 CO₂e，比原生 ${polymer}（${theirs} 千克${estimate ? '，估计值' : ''}）${difference < 0 ? '多' : '少'} ${gap} 千克。`
  if (unrecorded.length === 0) return { en, zh }
  return {
    en: `${en} Not or not fully recorded, so the true figure is higher: ${gaps.en}.`,
    zh: `${zh}以下未记录或记录不全，实际数值更高：${gaps.zh}。`,
  }
}

const kilograms = (grams: number): string => (grams / 1000).toFixed(2)

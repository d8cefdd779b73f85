import type { LocalName } from '../organisation.ts'
import { kgFromGrams } from '../material/mass.ts'
import type { MaterialForm } from '../material/material.ts'
import type { RunStep, Stage } from '../material/stages.ts'

/** The phrases that the sentences of many rules share. */

/** Basis points as per cent: `12.34 %`. */
export function percent(shareBp: number): string {
  return `${shareBp / 100} %`
}

/** Kilograms to the gram, in both languages. */
export function kg(grams: number): LocalName {
  return { en: `${kgFromGrams(grams)} kg`, zh: `${kgFromGrams(grams)} 千克` }
}

/** A day in UTC, as the records are. */
export function day(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** Several phrases as one: with commas, and "and" before the last. */
export function listed(phrases: readonly LocalName[]): LocalName {
  const en = phrases.map((phrase) => phrase.en)
  const head = en.slice(0, -1).join(', ')
  return {
    en: head === '' ? en.join('') : `${head} and ${en.at(-1)}`,
    zh: phrases.map((phrase) => phrase.zh).join('、'),
  }
}

export const STAGE_WORDS: Readonly<Record<Stage, LocalName>> = {
  collected: { en: 'Collected', zh: '已收集' },
  sorted: { en: 'Sorted', zh: '已分拣' },
  cleaned: { en: 'Cleaned', zh: '已清洗' },
  pelletized: { en: 'Pelletized', zh: '已造粒' },
  product: { en: 'Product', zh: '产品' },
}

export const STEP_WORDS: Readonly<Record<RunStep, LocalName>> = {
  consolidation: { en: 'Consolidation', zh: '并批' },
  sorting: { en: 'Sorting', zh: '分拣' },
  cleaning: { en: 'Cleaning', zh: '清洗' },
  pelletizing: { en: 'Pelletizing', zh: '造粒' },
  blending: { en: 'Blending', zh: '混配' },
  manufacturing: { en: 'Manufacturing', zh: '制造' },
}

export const FORM_NAMES_EN: Readonly<Record<MaterialForm, string>> = {
  bottle: 'Bottles',
  net: 'Fishing nets',
  rope: 'Rope',
  foam: 'Foam',
  float: 'Floats',
  crate: 'Crates',
  film: 'Film and bags',
  other: 'Other plastic',
  mixed: 'Mixed material',
  flake: 'Flake',
  pellet: 'Pellets',
  product: 'Product',
}

export const FORM_NAMES_ZH: Readonly<Record<MaterialForm, string>> = {
  bottle: '塑料瓶',
  net: '渔网',
  rope: '绳索',
  foam: '泡沫',
  float: '浮子',
  crate: '塑料筐',
  film: '薄膜与塑料袋',
  other: '其他塑料',
  mixed: '混合物料',
  flake: '碎片料',
  pellet: '颗粒',
  product: '产品',
}

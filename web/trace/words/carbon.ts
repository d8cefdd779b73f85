import type { CarbonItem } from '../../../shared/domain/carbon/factors.ts'
import type { Stage } from '../../../shared/domain/material/stages.ts'
import type { Language } from '../language.ts'
import { THIS } from './subject.ts'

/** The carbon account. Never a word of balance or neutrality: a number, what is in it, what is not, and its sources. */
export interface CarbonWords {
  readonly heading: string
  readonly perKg: (kg: string) => string
  readonly total: (kg: string, stage: Stage) => string
  /** Where nothing was recorded that has a factor. */
  readonly nothing: string
  readonly gaps: (items: string) => string
  readonly otherMaterial: (share: string) => string
  readonly less: (kg: string, polymer: string) => string
  readonly more: (kg: string, polymer: string) => string
  readonly virgin: (kg: string, source: string) => string
  readonly estimatedVirgin: (kg: string, source: string) => string
  readonly details: string
  readonly factors: (version: string) => string
  readonly item: string
  readonly amount: string
  readonly emissions: string
  readonly items: Readonly<Record<CarbonItem, string>>
  readonly units: Readonly<Record<CarbonItem, (amount: string) => string>>
  readonly source: (factor: string, source: string) => string
  readonly estimate: (factor: string, source: string) => string
  readonly noFactor: string
  readonly notCounted: string
  readonly kgCo2e: string
}

const NBSP = '\u00A0'

const en: CarbonWords = {
  heading: 'Carbon account',
  perKg: (kg) => `${kg}${NBSP}kg CO₂e per kg`,
  total: (kg, stage) =>
    `${kg}${NBSP}kg CO₂e for all of ${THIS.en[stage]}${stage === 'product' ? ' lot' : ''}.`,
  nothing: 'No figure can be given: neither electricity nor transport is recorded.',
  gaps: (items) =>
    `Not recorded, or not for every step or move between sites: ${items.toLowerCase()}. The true figure may be higher.`,
  otherMaterial: (share) => `How the other material, ${share} of the mass, was made is not counted either.`,
  less: (kg, polymer) => `That is ${kg}${NBSP}kg CO₂e per kg less than virgin ${polymer}.`,
  more: (kg, polymer) => `That is ${kg}${NBSP}kg CO₂e per kg more than virgin ${polymer}.`,
  virgin: (kg, source) => `Virgin, at the factory gate: ${kg}${NBSP}kg CO₂e per kg (${source}).`,
  estimatedVirgin: (kg, source) =>
    `Virgin, at the factory gate: ${kg}${NBSP}kg CO₂e per kg, an estimate (${source}).`,
  details: 'How this was counted',
  factors: (version) => `Factor table, version ${version}`,
  item: 'Item',
  amount: 'Amount',
  emissions: 'CO₂e, kg',
  items: {
    energy: 'Electricity',
    water: 'Water',
    'transport-road': 'Transport by road',
    'transport-sea': 'Transport by sea',
  },
  units: {
    energy: (amount) => `${amount}${NBSP}kWh`,
    water: (amount) => `${amount}${NBSP}L`,
    'transport-road': (amount) => `${amount}${NBSP}t·km`,
    'transport-sea': (amount) => `${amount}${NBSP}t·km`,
  },
  source: (factor, source) => `${factor}. Source: ${source}.`,
  estimate: (factor, source) => `${factor}, an estimate. ${source}.`,
  noFactor: 'No factor, so it is not counted.',
  notCounted: 'not counted',
  kgCo2e: 'Total',
}

const zh: CarbonWords = {
  heading: '碳排放核算',
  perKg: (kg) => `每千克 ${kg}${NBSP}千克 CO₂e`,
  total: (kg, stage) => `${stage === 'product' ? '本批产品' : THIS.zh[stage]}合计 ${kg}${NBSP}千克 CO₂e。`,
  nothing: '用电和运输均无记录，无法给出数值。',
  gaps: (items) => `以下未记录，或并非每个环节、每次站点间转运都有记录：${items}。实际数值可能更高。`,
  otherMaterial: (share) => `其他材料（占质量的 ${share}）自身生产过程的排放也未计入。`,
  less: (kg, polymer) => `比原生 ${polymer} 每千克少 ${kg}${NBSP}千克 CO₂e。`,
  more: (kg, polymer) => `比原生 ${polymer} 每千克多 ${kg}${NBSP}千克 CO₂e。`,
  virgin: (kg, source) => `原生料（至出厂）：每千克 ${kg}${NBSP}千克 CO₂e（${source}）。`,
  estimatedVirgin: (kg, source) => `原生料（至出厂）：每千克 ${kg}${NBSP}千克 CO₂e，为估计值（${source}）。`,
  details: '核算方法',
  factors: (version) => `因子表，版本 ${version}`,
  item: '项目',
  amount: '用量',
  emissions: 'CO₂e（千克）',
  items: {
    energy: '用电',
    water: '用水',
    'transport-road': '公路运输',
    'transport-sea': '海上运输',
  },
  units: {
    energy: (amount) => `${amount}${NBSP}千瓦时`,
    water: (amount) => `${amount}${NBSP}升`,
    'transport-road': (amount) => `${amount}${NBSP}吨公里`,
    'transport-sea': (amount) => `${amount}${NBSP}吨公里`,
  },
  source: (factor, source) => `${factor}。来源：${source}。`,
  estimate: (factor, source) => `${factor}，为估计值。${source}。`,
  noFactor: '无因子，未计入。',
  notCounted: '未计入',
  kgCo2e: '合计',
}

export const CARBON_WORDS: Readonly<Record<Language, CarbonWords>> = { en, zh }

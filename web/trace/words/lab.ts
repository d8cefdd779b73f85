import type { Language } from '../language.ts'

/** The latest laboratory results. */
export interface LabWords {
  readonly heading: string
  readonly passed: (day: string) => string
  readonly failed: (day: string) => string
  readonly unlimited: (day: string) => string
  readonly latestOf: (count: number) => string
  readonly parameter: string
  readonly measured: string
  readonly allowed: string
  readonly result: string
  readonly within: string
  readonly outside: string
  readonly noLimit: string
  readonly atLeast: (value: string) => string
  readonly atMost: (value: string) => string
  readonly between: (lowest: string, highest: string) => string
  readonly more: (count: number) => string
  /** Names of what is often measured, by what laboratories write in small letters. Others are shown as written. */
  readonly parameters: Readonly<Partial<Record<string, string>>>
}

const en: LabWords = {
  heading: 'Laboratory results',
  passed: (day) => `Tested on ${day}. All results are within their limits.`,
  failed: (day) => `Tested on ${day}. Not all results are within their limits.`,
  unlimited: (day) => `Tested on ${day}. No limits were given.`,
  latestOf: (count) => `This is the latest of ${count} inspections.`,
  parameter: 'Property',
  measured: 'Measured',
  allowed: 'Allowed',
  result: 'Result',
  within: 'Pass',
  outside: 'Fail',
  noLimit: 'No limit given',
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => `at most ${value}`,
  between: (lowest, highest) => `${lowest} to ${highest}`,
  more: (count) => (count === 1 ? 'One more result is not listed.' : `${count} more results are not listed.`),
  parameters: {
    mfi: 'Melt flow index',
    mfr: 'Melt flow rate',
    moisture: 'Moisture',
    ash: 'Ash',
    density: 'Density',
    'bulk density': 'Bulk density',
    contaminants: 'Contaminants',
    chloride: 'Chloride (sea salt)',
  },
}

const zh: LabWords = {
  heading: '实验室检测结果',
  passed: (day) => `检测日期：${day}。各项结果均在限值以内。`,
  failed: (day) => `检测日期：${day}。并非所有结果都在限值以内。`,
  unlimited: (day) => `检测日期：${day}。未给出限值。`,
  latestOf: (count) => `共检测 ${count} 次，此为最近一次。`,
  parameter: '项目',
  measured: '实测值',
  allowed: '限值',
  result: '判定',
  within: '合格',
  outside: '不合格',
  noLimit: '未给限值',
  atLeast: (value) => `不低于 ${value}`,
  atMost: (value) => `不高于 ${value}`,
  between: (lowest, highest) => `${lowest} 至 ${highest}`,
  more: (count) => `另有 ${count} 项结果未列出。`,
  parameters: {
    mfi: '熔融指数',
    mfr: '熔体质量流动速率',
    moisture: '水分',
    ash: '灰分',
    density: '密度',
    'bulk density': '堆积密度',
    contaminants: '杂质',
    chloride: '氯离子（海盐）',
  },
}

export const LAB_WORDS: Readonly<Record<Language, LabWords>> = { en, zh }

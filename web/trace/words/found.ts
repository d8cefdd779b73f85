import type { Found } from '../../../shared/domain/geo/coast/found.ts'
import type { Stage } from '../../../shared/domain/material/stages.ts'
import type { Language } from '../language.ts'
import { THIS } from './subject.ts'

/** How the page says what is known of where material was found: no more than that, in the headline above all. */
export interface FoundWords {
  /** The one sentence that matters most, in parts: its beginning, then what stands after each share in turn. */
  readonly statement: (stage: Stage, found: readonly Found[]) => readonly string[]
  readonly nothing: (stage: Stage) => string
  /** As a heading of the table, and in the legend of the bar. */
  readonly names: Readonly<Record<Found, string>>
  /** How the names above were arrived at. */
  readonly computed: string
  readonly takenIn: string
}

const NAMES_EN: FoundWords['names'] = {
  sea: 'At sea',
  shore: 'At sea or on the shore',
  river: 'In a river or on its bank',
  'near-coast': 'At sea or on land within 50\u00A0km of it',
  inland: 'Inland',
  undetermined: 'Distance from the sea not known',
  unrecorded: 'Place not recorded',
}

/** What stands after “was collected”. */
const WHERE_EN: Readonly<Record<Found, string>> = {
  sea: 'at sea',
  shore: 'at sea or on the shore',
  river: 'in a river or on its bank',
  'near-coast': 'at sea or on land within 50\u00A0km of it',
  inland: 'inland',
  undetermined: 'at an unknown distance from the sea',
  unrecorded: 'at a place nobody recorded',
}

const en: FoundWords = {
  statement: (stage, found) => [
    '',
    ...found.map((one, index) => {
      const subject = index === 0 ? ` of ${THIS.en[stage]}, by mass, was collected` : ''
      return `${subject} ${WHERE_EN[one]}${after(index, found.length)}`
    }),
  ],
  nothing: (stage) => `Nothing in ${THIS.en[stage]} is recorded as collected anywhere.`,
  names: NAMES_EN,
  computed:
    'Sea, shore and land are told from the recorded position, never chosen. Where position and coastline leave several of them possible, only what is true of all of them is said. Islets that the coastline data lacks count as sea.',
  takenIn: 'where it was taken in',
}

function after(index: number, count: number): string {
  if (index === count - 1) return '.'
  return index === count - 2 ? (count === 2 ? ' and ' : ', and ') : ', '
}

const NAMES_ZH: FoundWords['names'] = {
  sea: '海上',
  shore: '海上或岸线',
  river: '河道或河岸',
  'near-coast': '海上或距海 50 公里以内的陆地',
  inland: '内陆',
  undetermined: '与海的距离未知',
  unrecorded: '收集地点无记录',
}

/** What stands after the share. */
const WHERE_ZH: Readonly<Record<Found, string>> = {
  sea: '收集自海上',
  shore: '收集自海上或岸线',
  river: '收集自河道或河岸',
  'near-coast': '收集自海上或距海 50 公里以内的陆地',
  inland: '收集自内陆',
  undetermined: '的收集地点与海的距离未知',
  unrecorded: '的收集地点没有记录',
}

const zh: FoundWords = {
  statement: (stage, found) => [
    `按质量计，${THIS.zh[stage]}有 `,
    ...found.map((one, index) => ` ${WHERE_ZH[one]}${index === found.length - 1 ? '。' : '，'}`),
  ],
  nothing: (stage) => `${THIS.zh[stage]}没有收集来源的记录。`,
  names: NAMES_ZH,
  computed:
    '海上、岸线或陆地由登记的位置计算得出，不由任何人选定。位置和海岸线的误差使几种情况都有可能时，只说对各种情况都成立的内容。海岸线数据未绘出的小岛按海上计。',
  takenIn: '接收地点',
}

export const FOUND_WORDS: Readonly<Record<Language, FoundWords>> = { en, zh }

import type { ClaimModel } from '../../../shared/domain/lineage/claims.ts'
import type { ObpClass } from '../../../shared/domain/geo/coast/ocean-bound.ts'
import type { LocalName } from '../../../shared/domain/organisation.ts'
import type { Stage } from '../../../shared/domain/material/stages.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { THIS } from './subject.ts'

/** What is certified, and what a position says of a pickup. */
export interface ClaimWords {
  readonly heading: string
  /** The model of ISO 22095 by its name, and in plain words. */
  readonly models: Readonly<Record<ClaimModel, string>>
  readonly obp: string
  readonly rounding: string
  readonly certificates: {
    readonly heading: string
    readonly sentence: (scheme: string, number: Html, body: Html, days: string) => Html
    readonly withdrawn: (day: string) => string
    readonly none: string
  }
  readonly none: (stage: Stage) => string
  readonly traced: string
  readonly oceanBound: {
    readonly heading: string
    /** Where the position leaves other classes possible too. */
    readonly likeliest: string
    readonly classes: Readonly<Record<ObpClass, string>>
    readonly distance: (km: number) => string
    readonly openSea: string
    readonly computed: string
    readonly dataset: (name: string, version: string) => string
    readonly accuracy: (km: string) => string
  }
}

/** The material that a scheme certifies, as it stands after its share. */
export function certified(scheme: string): LocalName {
  if (scheme === 'OBP') return { en: 'OBP-certified ocean-bound plastic', zh: '经 OBP 认证的趋海塑料' }
  return { en: `${scheme}-certified material`, zh: `经 ${scheme} 认证的材料` }
}

const en: ClaimWords = {
  heading: 'What is certified',
  models: {
    'identity-preserved':
      'Chain of custody by ISO 22095, identity preserved: material of one source, never mixed with any other on its way.',
    segregated:
      'Chain of custody by ISO 22095, segregation: certified material of several sources may be mixed, but never with uncertified material.',
    'controlled-blending':
      'Chain of custody by ISO 22095, controlled blending: certified and other material are mixed in a known proportion, and the certified part is physically in the mixture.',
    'mass-balance':
      'Chain of custody by ISO 22095, mass balance: certified and other material are mixed, and the certified amount is assigned in the books. No more is sold as certified than was bought as certified.',
  },
  obp: 'OBP is the Ocean Bound Plastic programme of Zero Plastic Oceans.',
  rounding: 'Shares are of the whole lot, by mass, rounded down.',
  certificates: {
    heading: 'Certificates',
    sentence: (scheme, number, body, days) =>
      html`<strong>${scheme} ${number}</strong>, issued by ${body}. Valid ${days}.`,
    withdrawn: (day) => `Withdrawn on ${day}; what was claimed before that stands.`,
    none: 'The certificate that this rests on is not listed here.',
  },
  none: (stage) => `No certified claim is made for ${THIS.en[stage]}.`,
  traced: 'Its origins are traced, as this page shows. That is a record, not a certification.',
  oceanBound: {
    heading: 'Ocean-bound class',
    likeliest: 'Likeliest ocean-bound class',
    classes: {
      OCEAN: 'Ocean plastic: picked up at sea, more than 100 m beyond the lowest tide line.',
      SHORELINE:
        'Shoreline: picked up no more than 200 m landward of the highest tide line or 100 m seaward of the lowest.',
      WATERWAYS: 'Waterways: picked up in a river or within 200 m of its bank.',
      POTENTIAL:
        'Potential ocean-bound: picked up within 50 km of the coast. The class also requires that waste goes uncollected there, which no map can tell.',
      FISHING_MATERIAL: 'Fishing material: used fishing gear, found on the coast or at sea.',
      INLAND: 'Not ocean-bound: picked up too far from the coast and from any river.',
      UNKNOWN: 'Class not known: the coastline data cannot tell.',
    },
    distance: (km) =>
      km === 0 ? 'Less than 1 km from the nearest shore.' : `About ${km} km from the nearest shore.`,
    openSea:
      'It came from the open sea: beyond the shoreline, even if position and coastline are off by all that they may be.',
    computed: 'Computed from the recorded position; nobody chooses the class.',
    dataset: (name, version) => `Coastline: ${name}, version ${version}.`,
    accuracy: (km) => `It may be off by ${km} km, so near a limit the class is the likeliest one.`,
  },
}

const zh: ClaimWords = {
  heading: '认证内容',
  models: {
    'identity-preserved':
      '产销监管链模式（ISO 22095）：身份保持。材料来自单一来源，全程不与其他任何材料混合。',
    segregated: '产销监管链模式（ISO 22095）：隔离。不同来源的认证材料可以相互混合，但不与未认证材料混合。',
    'controlled-blending':
      '产销监管链模式（ISO 22095）：受控混合。认证材料与其他材料按已知比例混合，认证部分实际存在于混合物中。',
    'mass-balance':
      '产销监管链模式（ISO 22095）：质量平衡。认证材料与其他材料混合使用，认证数量在账目上分配；作为认证材料售出的数量不超过购入的认证数量。',
  },
  obp: 'OBP 指 Zero Plastic Oceans 的趋海塑料（Ocean Bound Plastic）认证计划。',
  rounding: '占比按整批质量计，尾数舍去。',
  certificates: {
    heading: '证书',
    sentence: (scheme, number, body, days) =>
      html`<strong>${scheme} ${number}</strong>，由${body}颁发，有效期 ${days}。`,
    withdrawn: (day) => `已于${day}撤销；此前作出的声明仍然有效。`,
    none: '此处未列出该声明所依据的证书。',
  },
  none: (stage) => `${THIS.zh[stage]}未作任何认证声明。`,
  traced: '其来源有据可查，如本页所示；这是记录，不是认证。',
  oceanBound: {
    heading: '趋海塑料类别',
    likeliest: '最可能的趋海塑料类别',
    classes: {
      OCEAN: '海洋塑料：在最低潮线向海 100 米以外的海上打捞。',
      SHORELINE: '岸线：在最高潮线向陆 200 米至最低潮线向海 100 米的范围内收集。',
      WATERWAYS: '河道：在河流中或距河岸 200 米以内收集。',
      POTENTIAL:
        '潜在趋海：在距海岸 50 公里以内收集。该类别还要求当地垃圾缺乏有效收运，这一点无法从地图判断。',
      FISHING_MATERIAL: '渔业废弃物：在海岸或海上发现的废旧渔具。',
      INLAND: '非趋海：收集地点距海岸和河流过远。',
      UNKNOWN: '类别未知：海岸线数据无法判定。',
    },
    distance: (km) => (km === 0 ? '距最近海岸不足 1 公里。' : `距最近海岸约 ${km} 公里。`),
    openSea: '来自开阔海域：即使计入位置和海岸线的全部误差，仍在岸线以外。',
    computed: '类别由登记的位置计算得出，不由任何人选定。',
    dataset: (name, version) => `海岸线数据：${name}，版本 ${version}。`,
    accuracy: (km) => `其误差可达 ${km} 公里，因此在界线附近，类别仅为最可能的一种。`,
  },
}

export const CLAIM_WORDS: Readonly<Record<Language, ClaimWords>> = { en, zh }

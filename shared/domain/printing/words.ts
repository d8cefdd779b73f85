import type { HoldReason } from '../events/quality.ts'
import type { ClaimModel } from '../lineage/claims.ts'
import type { MaterialForm } from '../material/material.ts'
import type { LocalName } from '../organisation.ts'
import { FORM_NAMES_EN, FORM_NAMES_ZH } from '../checks/wording.ts'

/** The words of labels. They are read at arm's length, so each is as short as it can be said. */
export const CAPTIONS = {
  material: { en: 'Material', zh: '物料' },
  polymer: { en: 'Polymer', zh: '塑料' },
  mass: { en: 'Mass', zh: '质量' },
  place: { en: 'Found at', zh: '收集地' },
  collected: { en: 'Collected', zh: '收集日期' },
  made: { en: 'Made', zh: '生产日期' },
  site: { en: 'Site', zh: '场所' },
  maker: { en: 'Made by', zh: '生产单位' },
  model: { en: 'Custody model', zh: '监管链模式' },
  lab: { en: 'Lab', zh: '检测' },
  gtin: { en: 'GTIN', zh: '商品条码' },
  lot: { en: 'Lot', zh: '批号' },
  pieces: { en: 'Pieces', zh: '件数' },
  recycled: { en: 'Recycled, as its maker states', zh: '再生料含量（制造商声明）' },
} as const satisfies Record<string, LocalName>

export const TITLES = {
  collected: { en: 'Collected plastic', zh: '收集批次' },
  sorted: { en: 'Sorted plastic', zh: '分拣批次' },
  cleaned: { en: 'Cleaned plastic', zh: '清洗批次' },
  pelletized: { en: 'Recycled pellets', zh: '再生颗粒' },
} as const satisfies Record<string, LocalName>

export const formName = (form: MaterialForm): LocalName => ({
  en: FORM_NAMES_EN[form],
  zh: FORM_NAMES_ZH[form],
})

/** By their names in ISO 22095. */
export const MODEL_NAMES: Readonly<Record<ClaimModel, LocalName>> = {
  'identity-preserved': { en: 'Identity preserved', zh: '身份保持' },
  segregated: { en: 'Segregated', zh: '隔离' },
  'controlled-blending': { en: 'Controlled blending', zh: '受控混合' },
  'mass-balance': { en: 'Mass balance', zh: '质量平衡' },
}

export const NO_CLAIM: LocalName = { en: 'nothing certified', zh: '未作认证声明' }
export const UNKNOWN_POLYMER: LocalName = { en: 'Not known', zh: '未知' }
export const SEVERAL_POLYMERS: LocalName = { en: 'Mixed', zh: '混合塑料' }
export const NO_PLACE: LocalName = { en: 'Not recorded', zh: '未登记' }
export const PASSED: LocalName = { en: 'within limits', zh: '合格' }
export const FAILED: LocalName = { en: 'OUTSIDE LIMITS', zh: '超出限值' }
export const MEASURED: LocalName = { en: 'measured, no limits', zh: '已检测，无限值' }

/** Across the label of what is held. What a hold puts in doubt stands in smaller letters under it. */
export const HELD: LocalName = { en: 'HELD – do not use', zh: '已冻结，不得使用' }
export const HOLD_WORDS: Readonly<Record<HoldReason, LocalName>> = {
  contamination: { en: 'may be contaminated', zh: '可能受到污染' },
  quality: { en: 'quality in doubt', zh: '质量存疑' },
  'origin-in-doubt': { en: 'origin in doubt', zh: '来源存疑' },
  'claim-in-doubt': { en: 'certificate in doubt', zh: '认证内容存疑' },
  other: { en: 'reason not public', zh: '原因未公开' },
}

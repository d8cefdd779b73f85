import type { LocalName } from '../organisation.ts'
import type { RuleId } from './rule.ts'

/** What each rule is called: all that the page of a passport says of it. */
export const RULE_TITLES: Readonly<Record<RuleId, LocalName>> = {
  R1: { en: 'Ocean-bound class from the position', zh: '按位置判定近海塑料类别' },
  R2: { en: 'Distance from pickup to station', zh: '回收地点与站点的距离' },
  R3: { en: 'Net = gross − tare × containers', zh: '净重 = 毛重 − 皮重 × 容器数' },
  R4: { en: 'Scale photo and entry agree', zh: '磅秤照片与录入一致' },
  R5: { en: 'No pickup entered twice', zh: '同一次回收不得重复登记' },
  R6: { en: 'Mass is plausible for pieces and bags', zh: '重量与件数、袋数相称' },
  R7: { en: 'Times and stages in order', zh: '时间与阶段顺序合理' },
  R8: { en: 'A batch never gives more than it has', zh: '批次的取用量不得超过其存量' },
  R9: { en: 'Yield on a dry basis', zh: '干基得率' },
  R10: { en: 'Input = output + losses + unaccounted', zh: '投入 = 产出 + 损耗 + 去向不明' },
  R11: { en: 'Claim fits the chain-of-custody model', zh: '声明符合监管链模型' },
  R12: { en: 'Period ledger never negative', zh: '期间台账不得为负' },
  R13: { en: 'Certificate valid on the date', zh: '证书在事件当日有效' },
  R14: { en: 'Products fit the pellets allocated', zh: '产品用料不超过分配的颗粒' },
  R15: { en: 'Photo taken there and then', zh: '照片的时间和地点与登记相符' },
  R16: { en: 'Four eyes on every weight', zh: '重量须经两方确认' },
  R17: { en: 'Load matches its papers and its way', zh: '货物与单据、路程相符' },
  R18: { en: 'Collectors are adults', zh: '收集者须为成年人' },
}

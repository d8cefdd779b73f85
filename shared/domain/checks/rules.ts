import type { LocalName } from '../organisation.ts'
import type { RuleId, Verdict } from './rule.ts'
import { THRESHOLDS as T } from './thresholds.ts'
import { percent } from './wording.ts'

export interface Rule {
  readonly title: LocalName
  readonly threshold: LocalName
  readonly looksAt: 'pickup' | 'batch' | 'run' | 'lot' | 'shipment' | 'period' | 'product' | 'enrolment'
  readonly gravest: Exclude<Verdict, 'pass'>
  /** `partial`: a half of the rule has no data yet. `waiting`: nothing of it has. `missing` says what. */
  readonly status: 'active' | 'partial' | 'waiting'
  readonly missing?: LocalName
}

/** All rules, as auditors read them. The numbers come from {@link T}, so the words cannot drift from the code. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  R1: {
    title: { en: 'Ocean-bound class from the position', zh: '按位置判定近海塑料类别' },
    threshold: {
      en: 'Shoreline: 200 m inland to 100 m at sea; waterways: 200 m from a bank; potential: 50 km from the coast. Review when the accuracy ring crosses a line, or lies wholly farther inland.',
      zh: '岸线：向陆 200 米至向海 100 米；水道：距岸 200 米；潜在：距海岸 50 千米。精度圈跨越界线，或全部位于更内陆处，须复核。',
    },
    looksAt: 'pickup',
    gravest: 'review',
    status: 'active',
  },
  R2: {
    title: { en: 'Distance from pickup to station', zh: '回收地点与站点的距离' },
    threshold: {
      en: `Up to ${T.stationDistanceMetres / 1000} km passes. Not applied without a position, or to a pickup from a vessel.`,
      zh: `不超过 ${T.stationDistanceMetres / 1000} 千米为通过。没有定位或从船上回收时不适用。`,
    },
    looksAt: 'pickup',
    gravest: 'review',
    status: 'active',
  },
  R3: {
    title: { en: 'Net = gross − tare × containers', zh: '净重 = 毛重 − 皮重 × 容器数' },
    threshold: {
      en: `The net mass may differ by ${T.netToleranceGrams / 1000} kg or ${percent(T.netToleranceBp)} of the gross mass, whichever is more, but is never more than the gross mass.`,
      zh: `净重允许相差 ${T.netToleranceGrams / 1000} 千克或毛重的 ${percent(T.netToleranceBp)}，取较大者，但净重不得大于毛重。`,
    },
    looksAt: 'pickup',
    gravest: 'fail',
    status: 'active',
  },
  R4: {
    title: { en: 'Scale photo and entry agree', zh: '磅秤照片与录入一致' },
    threshold: {
      en: 'The reading is exactly the gross or net mass.',
      zh: '读数须与毛重或净重完全一致。',
    },
    looksAt: 'pickup',
    gravest: 'review',
    status: 'active',
  },
  R5: {
    title: { en: 'No pickup entered twice', zh: '同一次回收不得重复登记' },
    threshold: {
      en: `The same photo, station and mass within ${T.duplicateHours} hours fails; the same photo otherwise, also of another organisation, is reviewed.`,
      zh: `${T.duplicateHours} 小时内照片、站点和重量都相同为不通过；其他情况下照片重复（包括与其他组织重复）须复核。`,
    },
    looksAt: 'pickup',
    gravest: 'fail',
    status: 'partial',
    missing: {
      en: 'The same collector, station and mass without a photo: full bags of one mass follow each other all day, so nothing follows from it.',
      zh: '无照片时按收集者、站点和重量查重：同样重的满袋一天里接连不断，说明不了问题。',
    },
  },
  R6: {
    title: { en: 'Mass is plausible for pieces and bags', zh: '重量与件数、袋数相称' },
    threshold: {
      en: `${percent(T.piecesLowBp)} to ${percent(T.piecesHighBp)} of pieces × factor; kilograms per ${T.bagLitres} L bag in the band of the form. A mass that was itself derived from pieces or bags is not judged by them.`,
      zh: `为件数 × 系数的 ${percent(T.piecesLowBp)} 至 ${percent(T.piecesHighBp)}；每 ${T.bagLitres} 升袋的千克数在该形态的范围内。由件数或袋数折算的重量不再以该数核对。`,
    },
    looksAt: 'pickup',
    gravest: 'review',
    status: 'active',
  },
  R7: {
    title: { en: 'Times and stages in order', zh: '时间与阶段顺序合理' },
    threshold: {
      en: `At most ${T.clockSkewSeconds / 60} minutes in the future; never before what it builds on; stages never go backwards. Entered more than ${T.lateEntryDays} days late is reviewed.`,
      zh: `时间最多超前 ${T.clockSkewSeconds / 60} 分钟；不得早于其来源批次；阶段不可倒退。迟于 ${T.lateEntryDays} 天登记须复核。`,
    },
    looksAt: 'batch',
    gravest: 'fail',
    status: 'active',
  },
  R8: {
    title: { en: 'A batch never gives more than it has', zh: '批次的取用量不得超过其存量' },
    threshold: {
      en: 'Exact to the gram, however many ask at once; the write itself is conditional.',
      zh: '精确到克，无论多少人同时取用；写入本身带条件。',
    },
    looksAt: 'batch',
    gravest: 'fail',
    status: 'active',
  },
  R9: {
    title: { en: 'Yield on a dry basis', zh: '干基得率' },
    threshold: {
      en: 'More out than in fails, by all moistures measured in this step or any before; outside the usual band of step and form is reviewed.',
      zh: '依本工序及此前测得的各含水率，产出多于投入为不通过；超出该工序和形态的通常范围须复核。',
    },
    looksAt: 'run',
    gravest: 'fail',
    status: 'active',
  },
  R10: {
    title: { en: 'Input = output + losses + unaccounted', zh: '投入 = 产出 + 损耗 + 去向不明' },
    threshold: {
      en: `More than ${percent(T.unaccountedBp)} of the input unaccounted for, or rejects without a destination document, are reviewed. A negative figure fails.`,
      zh: `去向不明超过投入的 ${percent(T.unaccountedBp)}，或剔除物没有去向单据，须复核。出现负数为不通过。`,
    },
    looksAt: 'run',
    gravest: 'fail',
    status: 'active',
  },
  R11: {
    title: { en: 'Claim fits the chain-of-custody model', zh: '声明符合监管链模型' },
    threshold: {
      en: 'ISO 22095. Identity preserved: one source, which is one collection site, place and month, all certified. Segregated: all certified. Controlled blending: at most the share contained. Mass balance: at most what was credited.',
      zh: 'ISO 22095。身份保持：单一来源（同一收集站点、同一地点、同一月份），全部认证。隔离：全部认证。受控混合：不超过实际含量。质量平衡：不超过已入账的认证量。',
    },
    looksAt: 'lot',
    gravest: 'fail',
    status: 'active',
  },
  R12: {
    title: { en: 'Period ledger never negative', zh: '期间台账不得为负' },
    threshold: {
      en: `The balance stays at or above zero all through the period, which is at most ${T.periodMonths} months.`,
      zh: `期间内结余始终不小于零；期间最长 ${T.periodMonths} 个月。`,
    },
    looksAt: 'period',
    gravest: 'fail',
    status: 'active',
  },
  R13: {
    title: { en: 'Certificate valid on the date', zh: '证书在事件当日有效' },
    threshold: {
      en: `Covers site, step and material on the event's date; ${T.expiryNoticeDays} days or fewer before it ends, and what is told only after it was withdrawn, is reviewed.`,
      zh: `事件当日须覆盖该地点、工序和材料；距到期 ${T.expiryNoticeDays} 天以内，或撤销后才登记的，须复核。`,
    },
    looksAt: 'batch',
    gravest: 'fail',
    status: 'active',
  },
  R14: {
    title: { en: 'Products fit the pellets allocated', zh: '产品用料不超过分配的颗粒' },
    threshold: {
      en: 'Units × mass × stated recycled share is at most the traced pellets allocated, exactly. Not applied where no share is stated.',
      zh: '件数 × 单件质量 × 声明的再生比例不得超过分配的有来源记录的颗粒，精确计算。未声明比例时不适用。',
    },
    looksAt: 'product',
    gravest: 'fail',
    status: 'active',
  },
  R15: {
    title: { en: 'Photo taken there and then', zh: '照片的时间和地点与登记相符' },
    threshold: {
      en: `Within ${T.photoMinutes} minutes and ${T.photoMetres} m of the entry. A photo without capture data passes, and that is said.`,
      zh: `与登记相差不超过 ${T.photoMinutes} 分钟、${T.photoMetres} 米。照片没有拍摄信息时通过，并注明。`,
    },
    looksAt: 'pickup',
    gravest: 'review',
    status: 'active',
  },
  R16: {
    title: { en: 'Four eyes on every weight', zh: '重量须经两方确认' },
    threshold: {
      en: `Collector and weigher are two people; the receiver's weight is within ${percent(T.receivedDifferenceBp)} of the sender's.`,
      zh: `收集者与过磅者不是同一人；收货重量与发货重量相差不超过 ${percent(T.receivedDifferenceBp)}。`,
    },
    looksAt: 'shipment',
    gravest: 'review',
    status: 'partial',
    missing: {
      en: 'Collector and weigher where only one of the two is named.',
      zh: '收集者与过磅者只写明其中一人的情况。',
    },
  },
  R17: {
    title: { en: 'Load matches its papers and its way', zh: '货物与单据、路程相符' },
    threshold: {
      en: `The weighed mass is at most that of the manifest; manifest number, plate and seal are those that were sent. A distance that is stated, also of a charge from another site, fails below the great circle between the sites less ${T.sitePositionKm} km and ${percent(T.sphereErrorBp)}; above ${T.haulDetourTimes} times that circle and ${T.haulSlackKm} km it is reviewed.`,
      zh: `过磅重量不超过货运单重量；单号、车牌和封条与发货时一致。填报的运距（包括从其他站点投料）低于两站点直线距离减 ${T.sitePositionKm} 千米和 ${percent(T.sphereErrorBp)} 为不通过；超过直线距离 ${T.haulDetourTimes} 倍加 ${T.haulSlackKm} 千米须复核。`,
    },
    looksAt: 'shipment',
    gravest: 'fail',
    status: 'active',
  },
  R18: {
    title: { en: 'Collectors are adults', zh: '收集者须为成年人' },
    threshold: {
      en: `At least ${T.collectorAgeYears} years old on the day of enrolment.`,
      zh: `登记入册当日须年满 ${T.collectorAgeYears} 周岁。`,
    },
    looksAt: 'enrolment',
    gravest: 'fail',
    status: 'waiting',
    missing: {
      en: 'What is enrolled is a phone and not its owner, so there is no date of birth to check.',
      zh: '登记绑定的是手机而非其主人，因此没有可核对的出生日期。',
    },
  },
}

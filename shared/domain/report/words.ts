import type { Undo } from '../events/correction.ts'
import type { LocalName } from '../organisation.ts'
import type { DocumentKind } from '../events/documents.ts'
import type { LossKind } from '../material/material.ts'
import type { ExceptionKind } from './exceptions.ts'
import type { Line } from './lines.ts'

/** The words of a mass balance, in both languages; for the CSV and for the sentences of R12. */
const word = (en: string, zh: string): LocalName => ({ en, zh })

export const LINE_WORDS: Readonly<Record<Line, LocalName>> = {
  collected: word('In: own collection', '收入：自行收集'),
  received: word('In: received, as sent', '收入：收货（按发货量）'),
  'moved-in': word('In: moved from own site', '收入：由本组织其他地点调入'),
  made: word('In: made by runs', '收入：加工产出'),
  returned: word('In: returned', '收入：退回'),
  charged: word('Out: charged into runs', '支出：投入加工'),
  shipped: word('Out: shipped', '支出：发货'),
  'moved-out': word('Out: moved to own site', '支出：调往本组织其他地点'),
  'transit-loss': word('Out: missing on arrival', '支出：运输途中短少'),
  arrived: word('Arrived', '到货'),
  added: word('Added without traced origin', '加入的无来源记录物料'),
  'run-loss': word('Lost in runs', '加工损耗'),
  unaccounted: word('Unaccounted for', '去向不明'),
  'claims-lost': word('Lost in runs', '加工中失去'),
}

export const LOSS_WORDS: Readonly<Record<LossKind, LocalName>> = {
  reject: word('Rejects', '剔除物'),
  'wash-loss': word('Washed off', '清洗损耗'),
  purge: word('Purge', '清机废料'),
  moisture: word('Moisture', '水分蒸发'),
  other: word('Other', '其他损耗'),
  transit: word('Missing on arrival', '运输途中短少'),
}

export const EXCEPTION_WORDS: Readonly<Record<ExceptionKind, LocalName>> = {
  check: word('Check', '规则检查'),
  correction: word('Correction', '更正'),
  difference: word('Difference on receipt', '收货差异'),
  'failed-inspection': word('Outside laboratory limits', '检测结果超出限值'),
  late: word('Late entry', '迟录'),
  'open-run': word('Run open since before the period', '期初前已开启的加工'),
  'open-shipment': word('Load on the road since before the period', '期初前已发出、仍在途的货物'),
}

export const VERDICT_WORDS = {
  review: word('for review', '待核查'),
  fail: word('failed', '不合格'),
} as const

/** What was corrected. */
export const CORRECTED_WORDS: Readonly<Record<Undo['of'], LocalName>> = {
  PickupRecorded: word('Pickup', '回收登记'),
  RunOpened: word('Opening of a run', '加工开启'),
  RunCharged: word('Charge of a run', '加工投料'),
  RunClosed: word('Closing of a run', '加工结束'),
  ProductMade: word('Product lot', '产品批次'),
  BatchShipped: word('Shipment', '发货'),
  BatchReceived: word('Receipt', '收货'),
  BatchInspected: word('Inspection', '检测'),
  CertificateRegistered: word('Certificate', '证书'),
}

export const SECTION_WORDS = {
  report: word('Report', '报表'),
  stock: word('Stock', '库存'),
  parties: word('By supplier and customer', '按供方与客户'),
  process: word('In process', '在制'),
  road: word('On the road', '在途'),
  conversions: word('Conversion', '转换'),
  claims: word('Claims', '声明'),
  waste: word('Destination of waste', '废料去向'),
  records: word('Documents and line cleaning', '单据与清线记录'),
  exceptions: word('Exceptions', '例外'),
} as const

export const FIGURE_WORDS = {
  opening: word('Opening', '期初'),
  closing: word('Closing', '期末'),
  total: word('All stages', '全部阶段'),
  input: word('Input of closed runs', '已结束加工的投入'),
  output: word('Output of closed runs', '已结束加工的产出'),
  accepted: word('Accepted', '接收'),
  rejected: word('Rejected', '拒收'),
  openRun: word('Open run', '未结束的加工'),
  openShipment: word('Load not settled', '未结清的货物'),
  sent: word('Shipped', '发出'),
  cameBack: word('Returned', '退回'),
  organisation: word('Organisation', '组织'),
  site: word('Site', '地点'),
  from: word('From', '起'),
  to: word('To (not included)', '止（不含）'),
  asOf: word('As of', '截至'),
  sha256: word('SHA-256', 'SHA-256'),
  lineCleaning: word('Line cleaning record', '清线记录'),
  notListed: word('Not listed; ask for a shorter period', '未列出；请缩短期间查询'),
} as const

export const DOCUMENT_WORDS: Readonly<Record<DocumentKind, LocalName>> = {
  weighing: word('Weighing slip', '过磅单'),
  delivery: word('Delivery note', '送货单'),
  waste: word('Waste transfer note', '废物转移单'),
  laboratory: word('Laboratory report', '检测报告'),
  cleaning: word('Cleaning record', '清洁记录'),
  contract: word('Contract', '合同'),
  other: word('Other document', '其他单据'),
}

/** Titles of the columns. */
export const COLUMN_WORDS = [
  word('Section', '部分'),
  word('Line', '项目'),
  word('Stage', '阶段'),
  word('Counterparty', '对方'),
  word('Scheme, kind or step', '体系、种类或工序'),
  word('kg', '千克'),
  word('Time', '时间'),
  word('Record', '记录'),
  word('Note', '说明'),
] as const

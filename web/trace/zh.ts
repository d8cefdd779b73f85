import { FORM_NAMES_ZH } from '../../shared/domain/checks/wording.ts'
import type { Catalogue } from './catalogue.ts'
import { html } from './html.ts'
import { CARBON_WORDS } from './words/carbon.ts'
import { CHECK_WORDS } from './words/checks.ts'
import { CLAIM_WORDS } from './words/claims.ts'
import { CONTACT_WORDS } from './words/contact.ts'
import { FOUND_WORDS } from './words/found.ts'
import { LAB_WORDS } from './words/lab.ts'
import { VERIFY_WORDS } from './words/verify.ts'
import { STATUS_WORDS } from './words/status.ts'

/** Keeps a figure and what it counts on one line. */
const NBSP = '\u00A0'

export const zh: Catalogue = {
  locale: 'zh-Hans',
  other: { lang: 'en', label: 'English' },
  preview: {
    locale: 'zh_CN',
    page: '浙江沿海图，附文字：这些塑料收集自哪里。',
    held: '警示：已被冻结或系误录，请先阅读页面。',
  },
  skip: '跳到正文',
  languages: '语言',
  listSeparator: '、',
  space: '',
  kg: (amount) => `${amount}${NBSP}千克`,
  stages: {
    collected: '收集批次',
    sorted: '分拣批次',
    cleaned: '清洗批次',
    pelletized: '造粒批次',
    product: '产品',
  },
  forms: FORM_NAMES_ZH,
  polymers: {
    PET: 'PET（聚酯）',
    HDPE: 'HDPE（高密度聚乙烯）',
    LDPE: 'LDPE（低密度聚乙烯）',
    PP: 'PP（聚丙烯）',
    PE: 'PE（聚乙烯）',
    PA6: 'PA6（尼龙 6）',
    EPS: 'EPS（发泡聚苯乙烯）',
    PS: 'PS（聚苯乙烯）',
    ABS: 'ABS',
    mixed: '多种塑料混合',
    unknown: '未知',
  },
  material: (form, polymer) => (polymer === undefined ? form : `${polymer} ${form}`),
  status: STATUS_WORDS.zh,
  claims: CLAIM_WORDS.zh,
  found: FOUND_WORDS.zh,
  lab: LAB_WORDS.zh,
  carbon: CARBON_WORDS.zh,
  checks: CHECK_WORDS.zh,
  contact: CONTACT_WORDS.zh,
  verify: VERIFY_WORDS.zh,
  facts: {
    heading: '基本信息',
    quantity: '数量',
    mass: '质量',
    polymer: '塑料种类',
    form: '形态',
    by: {
      collected: '登记单位',
      sorted: '分拣单位',
      cleaned: '清洗单位',
      pelletized: '造粒单位',
      product: '生产单位',
    },
    heldBy: '现持有单位',
    site: '场所',
    date: {
      collected: '收集日期',
      sorted: '分拣日期',
      cleaned: '清洗日期',
      pelletized: '造粒日期',
      product: '生产日期',
    },
    recycled: '再生料含量（制造商声明）',
    gtin: '商品条码',
    lot: '生产批号',
    units: (_count, units, grams) => `${units}${NBSP}件，每件 ${grams}${NBSP}克`,
    unnamed: '名称未登记',
    unnamedSite: (id) => html`${id}（名称未登记）`,
  },
  tag: {
    heading: '批次编号',
    qr: '本页面的二维码',
    usedUp: '本批次已全部进入后续加工，此处所述形态的物料已无剩余。',
  },
  share: {
    item: (share, place) => html`${place} ${share}`,
    places: (items) => html`各收集地占比：${items}。`,
    smaller: '其余较小来源',
    takenIn: (items) => html`没有登记位置的部分，按接收地点：${items}。`,
    rest: (share) => `其余 ${share} 为加工时加入的其他材料，来源未追溯。`,
    restVirgin: (share) => `其余 ${share} 为原生塑料（全新料）。`,
    restBoth: (share, virgin, other) =>
      `其余 ${share}：${virgin} 为原生塑料（全新料），${other} 为加工时加入的其他材料（来源未追溯）。`,
    blend: (stage) =>
      stage === 'collected'
        ? undefined
        : stage === 'product'
          ? '占比均按质量计，指整个混合批次，而非单件产品。每件产品中各收集地的实际比例可能有高有低。'
          : '占比均按质量计，指整个混合批次。其中任何一部分的实际比例可能有高有低。',
    bar: '质量占比，每段为一个来源',
    otherMaterial: '其他材料',
    virgin: '原生塑料（全新料）',
  },
  origins: {
    heading: '收集地点',
    caption: '各来源的质量',
    place: '地点',
    months: '收集时间',
    mass: '质量（千克）',
    share: '占比',
    otherPlaces: (_count, text) => `其他 ${text} 个地点`,
    otherMaterial: '其他材料',
    otherMaterialNote: '加工时加入，来源未追溯',
    virgin: '原生塑料',
    virginNote: '首次使用的全新料',
    notRecorded: '未列出',
    total: '合计',
    near: (km) =>
      `地点取收集位置 ${km} 公里内最近的已命名地点；附近没有的，以边长约 11 公里的方格表示。确切位置不公开。`,
    unplaced: '没有登记位置的，地点为接收场所所在地。',
  },
  chart: {
    title: '浙江沿海收集地点图',
    caption: '圆的面积代表质量。',
    offChart: (count) => `另有 ${count} 个地点不在图内。`,
    unplaced: '没有登记位置的部分未在图上标出。',
    sea: '东海',
    land: '浙江',
    credit: '海岸线：Natural Earth。',
  },
  journey: {
    heading: '流转过程',
    note: {
      product: '各环节的质量只计入最终进入本批产品的部分。',
      batch: '各环节的质量只计入属于本批次的部分。',
    },
    steps: {
      collection: '收集',
      consolidation: '并批',
      sorting: '分拣',
      cleaning: '清洗',
      pelletizing: '造粒',
      blending: '混配',
      manufacturing: '制造',
    },
    pass: (step, number) => `${step}（第 ${number} 次）`,
    laterPasses: (step) => `${step}（其后各次）`,
    several: '先后几次合并列出；前一次产出后又投入下一次的部分只计一次。',
    input: '投入',
    collected: '收集',
    added: '其中其他材料',
    output: '产出',
    losses: {
      transit: '运输途中短少',
      reject: '剔除物',
      'wash-loss': '清洗损耗',
      purge: '清机废料',
      moisture: '水分蒸发',
      other: '其他损耗',
    },
    unaccounted: '去向不明',
    moreSites: (count) => `等另外 ${count} 处`,
    unnamedSite: '名称未登记的场所',
    noSites: '场所未登记',
    partial: '并非全部材料都经过每个环节，因此某些环节的投入会少于上一环节的产出。',
    none: '本批次没有环节记录。',
    flow: (step) => `${step}：投入、产出与损耗，按比例绘制`,
    handover: {
      name: '交接',
      parties: (from, to) => html`由${from}移交给${to}`,
      sent: '交出称重',
      received: '接收称重',
      difference: '差额',
      counted: '短少部分已在上一环节计为运输途中短少。',
      earlier: (count) => `另有 ${count} 次更早的交接未列出。`,
    },
  },
  foot: {
    updated: '最近更新',
    version: '历史记录',
    events: (count) => `${count} 个事件`,
    hash: '最后一个事件的哈希值',
    json: '以 JSON 查看本页数据',
    about: 'Tidemark 记录塑料从收集到产品的全过程。',
    source: '本页所有数据均来自该批次的记录。',
    utc: '日期按协调世界时（UTC）计。',
  },
  notices: {
    unknown: {
      code: '404',
      title: '没有这个编号的批次',
      text: '编号格式正确，但我们没有对应的批次。',
      next: '请与标签上的编号逐字核对。',
    },
    malformed: {
      code: '400',
      title: '这不是批次编号',
      text: '批次编号由字母 B 和十二位字母或数字组成，例如 B‑7K3M‑9QXT‑2ABC。',
      next: '请重新扫描标签上的二维码，或输入二维码下方的编号。',
    },
    preparing: {
      code: '503',
      title: '溯源页面正在生成',
      text: '该批次刚刚完成登记，页面几秒钟后即可查看。',
      next: '届时请刷新本页。',
    },
    unavailable: {
      code: '503',
      title: '暂时无法显示该页面',
      text: '此刻无法读取该批次的记录。',
      next: '请一分钟后刷新本页。',
    },
  },
  noticeId: '所查编号',
  reload: '刷新本页',
  home: 'Tidemark 是什么',
}

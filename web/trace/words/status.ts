import type { HoldReason } from '../../../shared/domain/events/quality.ts'
import type { Stage } from '../../../shared/domain/material/stages.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { THIS } from './subject.ts'

/** Whether a hold is about the material, or about what is said of it. */
export type Doubt = 'material' | 'records'
export type Audience = 'product' | 'batch'

/** What stands above everything else, and the notes on a batch that is under way or went missing there. */
export interface StatusWords {
  readonly hold: {
    readonly title: (stage: Stage) => string
    readonly reasons: Readonly<Record<HoldReason, string>>
    readonly own: Readonly<Record<Audience, string>>
    readonly upstream: (batch: Html) => Html
    readonly since: (day: Html) => Html
    readonly more: (count: number) => string
    readonly advice: Readonly<Record<Doubt, Readonly<Record<Audience, string>>>>
    /** Beside what the hold puts in doubt. */
    readonly inDoubt: string
  }
  readonly void: {
    readonly title: (stage: Stage) => string
    readonly text: string
    readonly next: string
  }
  readonly inTransit: string
  /** Nothing is left: all of it was missing when it was weighed in, or some, and the rest was used. */
  readonly missing: { readonly all: string; readonly some: (mass: string) => string }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const en: StatusWords = {
  hold: {
    title: (stage) => `${capital(THIS.en[stage])} is on hold`,
    reasons: {
      contamination: 'It may be contaminated.',
      quality: 'It may fall short of its quality requirements.',
      'origin-in-doubt': 'Where its plastic came from is in doubt.',
      'claim-in-doubt': 'What is certified about it is in doubt.',
      other: 'The reason is not public.',
    },
    own: {
      product: 'The hold is on this product lot itself.',
      batch: 'The hold is on this very batch.',
    },
    upstream: (batch) => html`The hold is on ${batch}, which went into its making.`,
    since: (day) => html`Held since ${day}.`,
    more: (count) => (count === 1 ? 'One more hold is not listed.' : `${count} more holds are not listed.`),
    advice: {
      material: {
        product:
          'If you have one: stop using it, keep it, and ask whoever sold it to you. If you sell it: set it aside and do not sell it until the hold is released.',
        batch:
          'Whoever has it sets it aside: it must not be processed, shipped or sold until the hold is released.',
      },
      records: {
        product:
          'Until the hold is released, do not rely on what this page says of its origin and certification. If you sell it: set it aside and do not sell it until then.',
        batch:
          'Until the hold is released, nobody may process, ship or sell it, or rely on what this page says of its origin and certification.',
      },
    },
    inDoubt: 'In doubt: see the hold at the top of this page.',
  },
  void: {
    title: (stage) =>
      stage === 'product'
        ? 'This product lot was declared a mistake'
        : `${capital(THIS.en[stage])} was declared a mistake`,
    text: 'It was recorded in error and counts for nothing. What was said of its mass, its origins and its journey is withdrawn and not shown here.',
    next: 'If you found this code on a product or a bag, please tell whoever gave it to you.',
  },
  inTransit: 'It is on its way to its next holder and has not been weighed in there yet.',
  missing: {
    all: 'All of this batch was missing on arrival. None of it is left, and none of it was processed further.',
    some: (mass) =>
      `Of this batch, ${mass} was missing on arrival; all the rest has been processed further. None of it is left in the form described here.`,
  },
}

const zh: StatusWords = {
  hold: {
    title: (stage) => `${THIS.zh[stage]}已被冻结`,
    reasons: {
      contamination: '可能受到污染。',
      quality: '可能未达到质量要求。',
      'origin-in-doubt': '其塑料的来源存疑。',
      'claim-in-doubt': '其认证内容存疑。',
      other: '原因未公开。',
    },
    own: { product: '冻结针对本批产品本身。', batch: '冻结针对本批次本身。' },
    upstream: (batch) => html`冻结针对其所用的原料批次 ${batch}。`,
    since: (day) => html`冻结自${day}起。`,
    more: (count) => `另有 ${count} 项冻结未列出。`,
    advice: {
      material: {
        product:
          '如您已购得，请停止使用、妥善保管，并向销售方咨询。如您是销售方，请单独存放，解除冻结前不得销售。',
        batch: '持有方应单独存放；解除冻结前不得加工、发运或销售。',
      },
      records: {
        product:
          '解除冻结前，请勿依据本页所述的来源和认证内容作出判断。如您是销售方，请单独存放，解除冻结前不得销售。',
        batch: '解除冻结前，不得加工、发运或销售，也不得引用本页所述的来源和认证内容。',
      },
    },
    inDoubt: '此项存疑，见页首的冻结说明。',
  },
  void: {
    title: (stage) => `${stage === 'product' ? '本批产品' : THIS.zh[stage]}已声明为误录`,
    text: '该批次系误录，不作数。原先登记的质量、来源和流转过程均已撤回，此处不再显示。',
    next: '如您在产品或包装上看到此码，请告知提供方。',
  },
  inTransit: '正在运往下一持有方，对方尚未称重签收。',
  missing: {
    all: '本批次到货过磅时已全部缺失，没有剩余，也未进入后续加工。',
    some: (mass) => `本批次到货过磅时缺失 ${mass}，其余已全部进入后续加工，此处所述形态的物料已无剩余。`,
  },
}

export const STATUS_WORDS: Readonly<Record<Language, StatusWords>> = { en, zh }

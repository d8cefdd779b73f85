import { CATALOGUES } from './catalogue.ts'
import { documentOf } from './document.ts'
import { html, named, type Html } from './html.ts'
import type { Language } from './language.ts'

/** What people are shown whose GS1 code leads to no one passport. */
export interface LotChoice {
  readonly href: string
  readonly name: string
  readonly lot: string
}

export interface Choices {
  readonly gtin: string
  /** Whether the code named a lot or an item that is not known here; it named none otherwise. */
  readonly isUnknownLot: boolean
  readonly lots: readonly LotChoice[]
  /** Whether there are lots beyond these. */
  readonly hasMore: boolean
}

const CHOICES = {
  en: {
    title: 'Which lot is it?',
    open: 'This code names the product and not the lot. Choose the lot number that is printed on yours.',
    unknownLot:
      'The lot or serial number in this code is not on record. Compare it with what is printed on the product; of this product there are these lots:',
    more: 'There are more lots. Scan a code that names the lot, or type its address.',
    gtin: 'GTIN',
    lot: ', lot',
  },
  zh: {
    title: '是哪一批？',
    open: '此码只标明商品，未标明批次。请选择您的商品上所印的批号。',
    unknownLot: '此码中的批号或序列号没有记录。请与商品上所印的核对；该商品有以下批次的记录：',
    more: '还有其他批次。请扫描标明批次的码，或直接输入其网址。',
    gtin: '商品条码',
    lot: '，批号',
  },
} as const

/** The page of a 300: the lots of a GTIN, to be chosen from. */
export function renderChoices({ gtin, isUnknownLot, lots, hasMore }: Choices, lang: Language): string {
  const words = CHOICES[lang]
  const text = isUnknownLot ? words.unknownLot : words.open
  return pageOf(
    { title: words.title, text, lang },
    html`<ul>
        ${lots.map(
          ({ href, name, lot }) =>
            html`<li class="on"><a href="${href}">${named(name)}${words.lot} ${named(lot)}</a></li>`,
        )}
      </ul>
      ${hasMore ? html`<p>${words.more}</p>` : undefined}
      <p class="id"><span>${words.gtin}</span> ${gtin}</p>`,
  )
}

/** Why a code cannot be resolved: what is wrong in it, nothing on record, or nothing of the kind that was asked for. */
export type Fault = 'malformed' | 'unknown' | 'unlinked'

const FAULTS = {
  en: {
    malformed: {
      code: '400',
      title: 'This product code cannot be read',
      text: 'It looks like a GS1 code, but something in it is not as it must be: perhaps it was misread or mistyped.',
    },
    unknown: {
      code: '404',
      title: 'This product is not on record here',
      text: 'The code is well formed, but no lot of this product was recorded with us.',
    },
    unlinked: {
      code: '404',
      title: 'There is nothing of that kind here',
      text: 'The product is on record, but not what was asked for of it.',
    },
  },
  zh: {
    malformed: {
      code: '400',
      title: '无法识别此商品码',
      text: '它看似 GS1 码，但其中有误：可能是扫描或输入有误。',
    },
    unknown: {
      code: '404',
      title: '这里没有该商品的记录',
      text: '此码格式正确，但该商品没有任何批次在此登记。',
    },
    unlinked: {
      code: '404',
      title: '这里没有此类信息',
      text: '该商品有记录，但没有所查询的这类信息。',
    },
  },
} as const satisfies Record<Language, Record<Fault, { code: string; title: string; text: string }>>

const EXACTLY = { en: 'Exactly: ', zh: '详情（英文）：' } as const satisfies Record<Language, string>

/** The page of a 400 or a 404. `detail` says exactly what is wrong, in English. */
export function renderFault(fault: Fault, detail: string, lang: Language): string {
  const words = FAULTS[lang][fault]
  const quoted = html`<p><small>${EXACTLY[lang]}<span lang="en">${named(detail)}</span></small></p>`
  return pageOf({ ...words, lang }, fault === 'unknown' ? undefined : quoted)
}

interface Told {
  /** The status, where it is a fault's. */
  readonly code?: string
  readonly title: string
  readonly text: string
  readonly lang: Language
}

function pageOf({ code, title, text, lang }: Told, rest: Html | undefined): string {
  return documentOf({
    lang,
    title,
    description: text,
    head: html`<meta name="robots" content="noindex" />`,
    main: html`<div class="notice">
      ${code === undefined ? undefined : html`<p class="eyebrow">${code}</p>`}
      <h1>${title}</h1>
      <p>${text}</p>
      ${rest}
      <p class="on"><a href="/">${CATALOGUES[lang].home}</a></p>
    </div>`,
  })
}

import type { Stage } from '../../../shared/domain/material/stages.ts'
import type { Language } from '../language.ts'

/** What the page calls the thing that it is about, within a sentence. */
export const THIS: Readonly<Record<Language, Readonly<Record<Stage, string>>>> = {
  en: {
    collected: 'this batch',
    sorted: 'this batch',
    cleaned: 'this batch',
    pelletized: 'this lot',
    product: 'this product',
  },
  zh: {
    collected: '本批次',
    sorted: '本批次',
    cleaned: '本批次',
    pelletized: '本批次',
    product: '本产品',
  },
}

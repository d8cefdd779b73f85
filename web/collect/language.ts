import { en } from './messages.en.ts'
import { zh, type Messages } from './messages.zh.ts'

/** The languages of the form, by the tag that goes into `<html lang>`. */
export const LANGUAGES = { 'zh-CN': zh, en } as const satisfies Record<string, Messages>
export type Language = keyof typeof LANGUAGES

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && value in LANGUAGES
}

/** The remembered language, else the first of the browser's that we speak, else Chinese. */
export function pickLanguage(remembered: string | undefined, preferred: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered
  for (const tag of preferred) {
    const base = tag.toLowerCase().split('-')[0]
    if (base === 'zh') return 'zh-CN'
    if (base === 'en') return 'en'
  }
  return 'zh-CN'
}

/** The language of the moment, with its words. */
export interface Speech {
  readonly language: Language
  readonly words: Messages
}

export function speechIn(language: Language): Speech {
  return { language, words: LANGUAGES[language] }
}

/** A name that comes in both languages. */
export function nameIn(name: { readonly en: string; readonly zh: string }, language: Language): string {
  return language === 'en' ? name.en : name.zh
}

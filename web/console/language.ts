import { spokenOf } from '../speech.ts'
import { en } from './messages.en.ts'
import { zh, type Messages } from './messages.zh.ts'

/** The languages of the page, by the tag that goes into `<html lang>`. */
export const LANGUAGES = { 'zh-CN': zh, en } as const satisfies Record<string, Messages>
export type Language = keyof typeof LANGUAGES

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.keys(LANGUAGES).includes(value)
}

/** The remembered language, else the first of the browser's that we speak, else Chinese. */
export function pickLanguage(remembered: string | undefined, preferred: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered
  return spokenOf(Object.keys(LANGUAGES).filter(isLanguage), preferred) ?? 'zh-CN'
}

/** The language of the moment, with its words. */
export interface Speech {
  readonly language: Language
  readonly words: Messages
}

export const speechIn = (language: Language): Speech => ({ language, words: LANGUAGES[language] })

/** A moment to the minute, in the reader's own time zone. */
export const momentIn = (iso: string, { language }: Pick<Speech, 'language'>): string =>
  new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(iso))

const REMEMBERED = 'tidemark.language'

/** What was chosen here or in the collector's form; a browser that keeps nothing has none. */
export function rememberedLanguage(): string | undefined {
  try {
    return localStorage.getItem(REMEMBERED) ?? undefined
  } catch {
    return undefined
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language)
  } catch {
    // It is asked again next time.
  }
}

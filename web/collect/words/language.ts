import { spokenOf } from '../../speech.ts'
import { en } from './en.ts'
import { zh, type Messages } from './zh.ts'

/**
 * The languages of the form, by the tag that goes into `<html lang>`, in the order of their buttons. Another one is its
 * catalogue in a file of its own, and a line here.
 */
export const LANGUAGES = { 'zh-CN': zh, en } as const satisfies Record<string, Messages>
export type Language = keyof typeof LANGUAGES

const FIRST: Language = 'zh-CN'

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(LANGUAGES, value)
}

/** All languages, each with what it calls itself. */
export function allLanguages(): readonly (readonly [Language, string])[] {
  return Object.entries(LANGUAGES).flatMap(([tag, { languageName }]) =>
    isLanguage(tag) ? [[tag, languageName] as const] : [],
  )
}

/** The remembered language, else the first of the browser's that we speak in any variety, else Chinese. */
export function pickLanguage(remembered: string | undefined, preferred: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered
  const spoken = allLanguages().map(([tag]) => tag)
  return spokenOf(spoken, preferred) ?? FIRST
}

/** The language of the moment, with its words. */
export interface Speech {
  readonly language: Language
  readonly words: Messages
}

export function speechIn(language: Language): Speech {
  return { language, words: LANGUAGES[language] }
}

/** The catalogue's plain words by their names in the page: `amount`, or `forms.bottle`. */
export function wordsByName(messages: Messages): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const [name, word] of Object.entries(messages)) {
    const within = typeof word === 'object' ? Object.entries<unknown>(word) : []
    for (const [key, text] of within) if (typeof text === 'string') words.set(`${name}.${key}`, text)
    if (typeof word === 'string') words.set(name, word)
  }
  return words
}

import type { LocalName } from '../../shared/domain/organisation.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { CATALOGUES, type Catalogue } from './catalogue.ts'
import { formatOf, type Format } from './format.ts'
import { named, plain, type Html } from './html.ts'
import type { Language } from './language.ts'
import { sharesOf, type Shares } from './shares.ts'

/** What every part of the page is drawn from. */
export interface View {
  readonly passport: Passport
  readonly lang: Language
  readonly words: Catalogue
  readonly format: Format
  readonly shares: Shares
}

export function viewOf(passport: Passport, lang: Language): View {
  return { passport, lang, words: CATALOGUES[lang], format: formatOf(lang), shares: sharesOf(passport) }
}

/** A name in the page's language, else in the other one, else undefined: nobody recorded it. */
export function nameIn(name: LocalName, lang: Language): string | undefined {
  const text = name[lang].trim() || name[lang === 'en' ? 'zh' : 'en'].trim()
  return text === '' ? undefined : text
}

/** The name as markup, or what to say where there is none. */
export function nameOr(name: LocalName, lang: Language, unnamed: string): Html | string {
  const text = nameIn(name, lang)
  return text === undefined ? unnamed : named(text)
}

/** What to call the batch: its product's name, else its material. */
export function titleOf({ passport, words }: View): string {
  const { product, form, polymer } = passport
  const name = product?.name.trim()
  if (name) return name
  return words.material(words.forms[form], polymer === 'mixed' || polymer === 'unknown' ? undefined : polymer)
}

/** The title for places that take no markup. */
export function plainTitleOf(view: View): string {
  return plain(titleOf(view))
}

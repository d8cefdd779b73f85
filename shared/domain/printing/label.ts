import { groupedId } from '../ids.ts'
import { percent } from '../checks/wording.ts'
import { kgFromGrams } from '../material/mass.ts'
import type { LocalName } from '../organisation.ts'
import type { Passport } from '../passport/passport.ts'
import { withoutPictures } from './pictures.ts'
import {
  CAPTIONS,
  FAILED,
  formName,
  HELD,
  HOLD_WORDS,
  MEASURED,
  MODEL_NAMES,
  NO_CLAIM,
  NO_PLACE,
  PASSED,
  SEVERAL_POLYMERS,
  TITLES,
  UNKNOWN_POLYMER,
} from './words.ts'

/**
 * What stands on a label, besides its code. All of it is from the passport: a label hangs where anybody can read it, so
 * it tells what the public page tells and nothing more.
 */
export interface LabelText {
  /** A bag of what was collected, a lot of material in between, or a product lot. */
  readonly kind: 'bag' | 'lot' | 'product'
  readonly title: LocalName
  /** In groups, to be compared and read aloud. */
  readonly id: string
  /** The most important first: a small label has room for some. */
  readonly rows: readonly LabelRow[]
  /** Why it must not be used. Comes before all else. */
  readonly held?: { readonly plainly: LocalName; readonly because: LocalName }
}

export interface LabelRow {
  readonly caption: LocalName
  readonly value: LocalName
}

/** The label of a batch, by what it is. */
export function labelOf(passport: Passport): LabelText {
  const [hold] = passport.holds
  const { kind, title, rows } = factsOf(passport)
  return {
    kind,
    title: printable(title),
    rows: rows.map(({ caption, value }) => ({ caption, value: printable(value) })),
    id: groupedId(passport.id),
    ...(hold && { held: { plainly: HELD, because: HOLD_WORDS[hold.reason] } }),
  }
}

function factsOf(passport: Passport): Pick<LabelText, 'kind' | 'title' | 'rows'> {
  const { stage, product } = passport
  if (product) return { kind: 'product', title: nameOf(product), rows: productRows(passport, product) }
  if (stage === 'collected') return { kind: 'bag', title: TITLES.collected, rows: bagRows(passport) }
  const title = stage === 'product' ? formName('product') : TITLES[stage]
  return { kind: 'lot', title, rows: lotRows(passport) }
}

/** One that is called nothing that can be printed is a product. */
const nameOf = ({ name }: NonNullable<Passport['product']>): LocalName =>
  withoutPictures(name) === '' ? formName('product') : same(name)

const printable = ({ en, zh }: LocalName): LocalName => ({ en: withoutPictures(en), zh: withoutPictures(zh) })

function bagRows(passport: Passport): LabelRow[] {
  return [
    { caption: CAPTIONS.mass, value: same(kg(passport.massGrams)) },
    { caption: CAPTIONS.material, value: joined(formName(passport.form), polymerOf(passport)) },
    { caption: CAPTIONS.place, value: placeOf(passport) },
    { caption: CAPTIONS.collected, value: same(passport.occurredAt) },
    { caption: CAPTIONS.site, value: passport.site },
  ]
}

function lotRows(passport: Passport): LabelRow[] {
  return [
    { caption: CAPTIONS.mass, value: same(kg(passport.massGrams)) },
    { caption: CAPTIONS.polymer, value: joined(polymerOf(passport), formName(passport.form)) },
    { caption: CAPTIONS.made, value: same(passport.occurredAt) },
    { caption: CAPTIONS.site, value: passport.site },
    { caption: CAPTIONS.model, value: modelOf(passport) },
    ...labRows(passport),
  ]
}

function productRows(passport: Passport, product: NonNullable<Passport['product']>): LabelRow[] {
  const { gtin, lot, units, gramsPerUnit, recycledShareBp } = product
  return [
    ...(gtin === undefined ? [] : [{ caption: CAPTIONS.gtin, value: same(`(01) ${gtin}`) }]),
    ...(lot === undefined ? [] : [{ caption: CAPTIONS.lot, value: same(`(10) ${lot}`) }]),
    { caption: CAPTIONS.pieces, value: same(`${units} × ${gramsPerUnit} g`) },
    { caption: CAPTIONS.made, value: same(passport.occurredAt) },
    { caption: CAPTIONS.maker, value: passport.madeBy },
    ...(recycledShareBp === undefined
      ? []
      : [{ caption: CAPTIONS.recycled, value: same(percent(recycledShareBp)) }]),
  ]
}

/** The sign of the unit is the same in both languages. */
const kg = (grams: number): string => `${kgFromGrams(grams)} kg`

const same = (text: string): LocalName => ({ en: text, zh: text })

const joined = (first: LocalName, second: LocalName): LocalName => ({
  en: `${first.en}, ${second.en}`,
  zh: `${first.zh}，${second.zh}`,
})

function polymerOf({ polymer }: Passport): LocalName {
  if (polymer === 'unknown') return UNKNOWN_POLYMER
  return polymer === 'mixed' ? SEVERAL_POLYMERS : same(polymer)
}

/** The place that most of it is from, and how many more there are. */
function placeOf({ origins, otherOrigins }: Passport): LocalName {
  const [most, ...others] = new Map(origins.map(({ placeId, name }) => [placeId, name])).values()
  if (!most) return NO_PLACE
  const more = otherOrigins.reduce((sum, { count }) => sum + count, others.length)
  return more === 0 ? most : { en: `${most.en} and ${more} more`, zh: `${most.zh}等 ${more + 1} 处` }
}

/** A model without a claim is how material was kept and no certificate: that is said beside it. */
function modelOf({ certified: { model, claims } }: Passport): LocalName {
  const claimed = Object.entries(claims).map(([scheme, grams]) => same(`${scheme} ${kg(grams)}`))
  return (claimed.length === 0 ? [NO_CLAIM] : claimed).reduce(joined, MODEL_NAMES[model])
}

function labRows({ inspections: { latest } }: Passport): LabelRow[] {
  if (!latest) return []
  const verdict = latest.passed === undefined ? MEASURED : latest.passed ? PASSED : FAILED
  const [first] = latest.results
  const measured = first ? `${first.parameter} ${first.value} ${first.unit}` : latest.testedAt.slice(0, 10)
  return [{ caption: CAPTIONS.lab, value: joined(verdict, same(measured)) }]
}

/** In which language a label is, or in both, which is what a bag on its way between the two needs. */
export const LABEL_LANGUAGES = ['both', 'en', 'zh'] as const
export type LabelLanguage = (typeof LABEL_LANGUAGES)[number]

/** One text, or one after the other. */
export function inEach({ en, zh }: LocalName, language: LabelLanguage): string[] {
  if (language !== 'both') return [language === 'en' ? en : zh]
  return en === zh ? [en] : [zh, en]
}

/** On one line. */
export const inLanguage = (name: LocalName, language: LabelLanguage): string =>
  inEach(name, language).join(' ')

import type { Step } from '../../shared/domain/lineage/journey.ts'
import type { LossKind, MaterialForm, Polymer } from '../../shared/domain/material/material.ts'
import type { Stage } from '../../shared/domain/material/stages.ts'
import { en } from './en.ts'
import type { Child, Html } from './html.ts'
import type { Language } from './language.ts'
import type { CarbonWords } from './words/carbon.ts'
import type { CheckWords } from './words/checks.ts'
import type { ClaimWords } from './words/claims.ts'
import type { ContactWords } from './words/contact.ts'
import type { FoundWords } from './words/found.ts'
import type { LabWords } from './words/lab.ts'
import type { VerifyWords } from './words/verify.ts'
import type { StatusWords } from './words/status.ts'
import { zh } from './zh.ts'

/** What a page says in place of a passport. */
export type NoticeKind = 'unknown' | 'malformed' | 'preparing' | 'unavailable'

/**
 * Everything the page says, once per language. A sentence that holds a figure or a name is a function, since languages
 * put them in different places. A key missing in one language fails the type check.
 */
export interface Catalogue {
  readonly locale: string
  /** The other language: its code, and its name as its readers write it. */
  readonly other: { readonly lang: Language; readonly label: string }
  /** What apps are told of a link that is passed on, and what its picture shows. */
  readonly preview: { readonly locale: string; readonly page: string; readonly held: string }
  readonly skip: string
  readonly languages: string
  readonly listSeparator: string
  /** What stands between two sentences. */
  readonly space: string
  readonly kg: (amount: string) => string
  readonly stages: Readonly<Record<Stage, string>>
  readonly forms: Readonly<Record<MaterialForm, string>>
  readonly polymers: Readonly<Record<Polymer, string>>
  /** The name of material that has none of its own: `HDPE pellets`. */
  readonly material: (form: string, polymer: string | undefined) => string
  readonly status: StatusWords
  readonly claims: ClaimWords
  readonly found: FoundWords
  readonly lab: LabWords
  readonly carbon: CarbonWords
  readonly checks: CheckWords
  readonly contact: ContactWords
  readonly verify: VerifyWords
  readonly facts: {
    readonly heading: string
    readonly quantity: string
    readonly mass: string
    readonly polymer: string
    readonly form: string
    readonly by: Readonly<Record<Stage, string>>
    readonly heldBy: string
    readonly site: string
    readonly date: Readonly<Record<Stage, string>>
    readonly recycled: string
    readonly gtin: string
    readonly lot: string
    readonly units: (count: number, units: string, grams: string) => string
    readonly unnamed: string
    readonly unnamedSite: (id: Child) => Html
  }
  readonly tag: {
    readonly heading: string
    readonly qr: string
    readonly usedUp: string
  }
  readonly share: {
    readonly item: (share: string, place: Child) => Html
    readonly places: (items: Html) => Html
    /** Of what came without a position: where it was taken in. */
    readonly takenIn: (items: Html) => Html
    /** What there is no room to list. */
    readonly smaller: string
    readonly rest: (share: string) => string
    readonly restVirgin: (share: string) => string
    readonly restBoth: (share: string, virgin: string, other: string) => string
    readonly blend: (stage: Stage) => string | undefined
    readonly bar: string
    readonly otherMaterial: string
    readonly virgin: string
  }
  readonly origins: {
    readonly heading: string
    readonly caption: string
    readonly place: string
    readonly months: string
    readonly mass: string
    readonly share: string
    readonly otherPlaces: (count: number, text: string) => string
    readonly otherMaterial: string
    readonly otherMaterialNote: string
    readonly virgin: string
    readonly virginNote: string
    readonly notRecorded: string
    readonly total: string
    readonly near: (km: number) => string
    readonly unplaced: string
  }
  readonly chart: {
    readonly title: string
    readonly caption: string
    readonly offChart: (count: number) => string
    readonly unplaced: string
    readonly sea: string
    readonly land: string
    readonly credit: string
  }
  readonly journey: {
    readonly heading: string
    readonly note: Readonly<Record<'product' | 'batch', string>>
    readonly steps: Readonly<Record<Step, string>>
    /** The how-manieth time of a step that comes several times in a row; and all times after those. */
    readonly pass: (step: string, number: number) => string
    readonly laterPasses: (step: string) => string
    readonly several: string
    readonly input: string
    readonly collected: string
    readonly added: string
    readonly output: string
    readonly losses: Readonly<Record<LossKind, string>>
    readonly unaccounted: string
    readonly moreSites: (count: number) => string
    readonly unnamedSite: string
    readonly noSites: string
    /** Where some of the material went past a stage. */
    readonly partial: string
    readonly none: string
    readonly flow: (step: string) => string
    readonly handover: {
      readonly name: string
      readonly parties: (from: Child, to: Child) => Html
      readonly sent: string
      readonly received: string
      readonly difference: string
      /** Said where something was missing: the stage before has it among its losses. */
      readonly counted: string
      readonly earlier: (count: number) => string
    }
  }
  readonly foot: {
    readonly updated: string
    readonly version: string
    readonly events: (count: number) => string
    readonly hash: string
    readonly json: string
    readonly about: string
    readonly source: string
    readonly utc: string
  }
  readonly notices: Readonly<
    Record<
      NoticeKind,
      { readonly code: string; readonly title: string; readonly text: string; readonly next: string }
    >
  >
  readonly noticeId: string
  /** Of the link from a notice to the same page. */
  readonly reload: string
  /** Of the link from a notice to the home page. */
  readonly home: string
}

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, zh }

import type { Language } from '../organisation.ts'
import { digitalLinkPath } from './digital-link.ts'
import type { GtinLot } from './lot.ts'

/**
 * What a GS1-Conformant Resolver links to (GS1-Conformant Resolver 1.2, RFC 9264): for each thing that a Digital Link
 * identifies, its links by their type. All lead to the passport of a lot, which tells all of it on one page.
 */
export const VOCABULARY = 'https://ref.gs1.org/voc/'
export const LINKSET_CONTEXT = 'https://ref.gs1.org/standards/resolver/linkset-context'

/** The Link header of a linkset: how it is read as linked data. */
export const TO_CONTEXT = `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"; title="JSON-LD context"`

/** What the passport tells, by link types of the GS1 Web Vocabulary. */
export const LINK_TYPES = ['pip', 'traceability', 'recallStatus', 'certificationInfo'] as const
export type LinkType = (typeof LINK_TYPES)[number]

const TITLES: Readonly<Record<LinkType, Readonly<Record<Language, string>>>> = {
  pip: { en: 'Product passport', zh: '产品护照' },
  traceability: { en: 'Where its plastic came from', zh: '所用塑料从何而来' },
  recallStatus: { en: 'Whether it is held or recalled', zh: '是否被暂停使用或召回' },
  certificationInfo: { en: 'Under which certificates it was made', zh: '依据哪些证书生产' },
}

export interface Link {
  readonly href: string
  readonly title: string
  readonly type?: string
  readonly hreflang?: readonly Language[]
}

/** One thing and its links: `anchor`, `itemDescription`, and for each link type its whole address with the links. */
export type LinkContext = Readonly<Record<string, string | readonly Link[]>>

export interface Linkset {
  readonly linkset: readonly LinkContext[]
}

/** Whether a lot has links of a type: of certificates only where something was claimed under one. */
export const hasLinks = ({ certified }: Pick<GtinLot, 'certified'>, type: LinkType): boolean =>
  type !== 'certificationInfo' || certified

/** What is linked to of a batch. */
export type LinkedBatch = Pick<GtinLot, 'batch' | 'name' | 'certified'>

/** The linkset of a batch by its own address, whether or not it has a GTIN besides: of nothing above it. */
export function linksetOfBatch(batch: LinkedBatch, base: string): Linkset {
  const links = linksOfOne(batch, base)
  return { linkset: [{ anchor: passportOf(batch, base), itemDescription: batch.name, ...links }] }
}

function linksOfOne(batch: LinkedBatch, base: string): LinkContext {
  return {
    [`${VOCABULARY}defaultLink`]: [{ href: passportOf(batch, base), title: TITLES.pip.en }],
    ...typed((type) => (hasLinks(batch, type) ? linksOf(batch, type, base) : [])),
  }
}

/**
 * The linkset of one lot: of the lot, and of the trade item above it, whose lots are listed as far as they were read; of
 * a lot that is not offered under its GTIN, the others alone, if there are any. `base` is the address of the resolver, without a slash at its end.
 */
export function linksetOfLot(
  lot: GtinLot,
  { lots: all, isOffered }: { readonly lots: readonly GtinLot[]; readonly isOffered: boolean },
  base: string,
): Linkset {
  const ofLot: LinkContext = {
    anchor: base + digitalLinkPath({ gtin: lot.gtin, qualifiers: { '10': lot.lot } }),
    itemDescription: `${lot.name}, lot ${lot.lot}`,
    ...linksOfOne(lot, base),
  }
  const isListed = all.some(({ batch }) => batch === lot.batch) || (!isOffered && all.length > 0)
  const lots = isListed ? all : [lot, ...all]
  return { linkset: [ofLot, contextOfItem(lots, base)] }
}

/**
 * The linkset of a trade item: of each of its lots the passport. Requires at least one lot. With `only`, of the types of
 * links that one alone, besides the default, which is the item's whatever was asked for.
 */
export const linksetOfItem = (lots: readonly GtinLot[], base: string, only?: LinkType): Linkset => ({
  linkset: [contextOfItem(lots, base, only)],
})

/** A single lot is what the item leads to; of several none is, so they are offered all. */
function contextOfItem(lots: readonly GtinLot[], base: string, only?: LinkType): LinkContext {
  const [first, ...others] = lots
  if (!first) throw new Error('a trade item is known by its lots')
  const relation = others.length === 0 ? 'defaultLink' : 'defaultLinkMulti'
  return {
    anchor: base + digitalLinkPath({ gtin: first.gtin, qualifiers: {} }),
    itemDescription: first.name,
    [VOCABULARY + relation]: lots.map((lot) => ({ href: passportOf(lot, base), title: titleOf(lot) })),
    ...typed((type) =>
      (only === undefined || only === type ? lots : [])
        .filter((lot) => hasLinks(lot, type))
        .map((lot) => ({
          href: passportOf(lot, base),
          title: `${TITLES[type].en}: ${titleOf(lot)}`,
          type: 'text/html',
          hreflang: ['en', 'zh'],
        })),
    ),
  }
}

/** How one lot is told from the others of its GTIN. */
const titleOf = ({ name, lot }: GtinLot): string => `${name}, lot ${lot}`

function typed(links: (type: LinkType) => readonly Link[]): LinkContext {
  const entries = LINK_TYPES.map((type) => [VOCABULARY + type, links(type)] as const)
  return Object.fromEntries(entries.filter(([, found]) => found.length > 0))
}

const passportOf = ({ batch }: Pick<GtinLot, 'batch'>, base: string): string => `${base}/b/${batch}`

function linksOf(lot: LinkedBatch, type: LinkType, base: string): Link[] {
  const page = (lang: Language): Link => ({
    href: `${passportOf(lot, base)}?lang=${lang}`,
    title: TITLES[type][lang],
    type: 'text/html',
    hreflang: [lang],
  })
  const data: Link = {
    href: `${passportOf(lot, base)}?format=json`,
    title: TITLES[type].en,
    type: 'application/json',
  }
  return [page('en'), page('zh'), data]
}

/** What `linkType` asks for; undefined where it names nothing that is linked to here. */
export type Wanted = 'default' | 'linkset' | LinkType

/**
 * Reads `linkType`: a type of the GS1 vocabulary, as `gs1:pip` or by its whole address; `linkset`, or as before version 1.1
 * `all`, for everything there is; nothing for the default.
 */
export function readLinkType(given: string | undefined): Wanted | undefined {
  if (given === undefined || given === '') return 'default'
  if (given === 'linkset' || given === 'all') return 'linkset'
  const [, name] = /^(?:gs1:|https?:\/\/(?:ref\.|www\.)?gs1\.org\/voc\/)(\w+)$/.exec(given) ?? []
  // A trade item of several lots has `defaultLinkMulti`: whoever asks for that is offered all of them, as by default.
  if (name === 'defaultLink' || name === 'defaultLinkMulti') return 'default'
  return LINK_TYPES.find((type) => type === name)
}

/** What a request would rather have, where there are several links of one type. */
export interface Preference {
  readonly json: boolean
  /** Undefined where none of ours was asked for: the page has its own way of choosing one. */
  readonly lang: Language | undefined
}

/**
 * Where a request for a lot is sent on to: the link that fits best, with all that was in the query of the request. What
 * the request says itself in its query goes before what the link would say.
 */
export function targetOf(
  { batch }: Pick<GtinLot, 'batch'>,
  wanted: Exclude<Wanted, 'linkset'>,
  { json, lang }: Preference,
  query: string,
): string {
  const own = ownQuery(wanted, { json, lang })
  const name = own.split('=')[0] ?? ''
  const isGiven = query.split('&').some((pair) => pair.split('=')[0] === name)
  const whole = [own, query].filter((part, index) => part !== '' && !(index === 0 && isGiven)).join('&')
  return `/b/${batch}${whole === '' ? '' : `?${whole}`}`
}

/** The default link is the passport's bare address, whose page looks for itself what its reader would rather have. */
function ownQuery(wanted: Exclude<Wanted, 'linkset'>, { json, lang }: Preference): string {
  if (json) return 'format=json'
  return wanted === 'default' || lang === undefined ? '' : `lang=${lang}`
}

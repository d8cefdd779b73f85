import { RESOLVER_ROUTES } from '../shared/contract/routes/resolver.ts'
import { JSON_TYPE, LINKSET_TYPE } from '../shared/contract/route.ts'
import { describeResolver } from '../shared/domain/gs1/description.ts'
import { digitalLinkPath, readDigitalLink, type DigitalLink } from '../shared/domain/gs1/digital-link.ts'
import {
  hasLinks,
  LINK_TYPES,
  linksetOfItem,
  linksetOfLot,
  readLinkType,
  targetOf,
  TO_CONTEXT,
  type Linkset,
  type LinkType,
  type Wanted,
} from '../shared/domain/gs1/links.ts'
import { lotInSerial, type GtinLot } from '../shared/domain/gs1/lot.ts'
import { refuse, type Refused } from '../shared/domain/refusal.ts'
import { renderChoices } from '../web/trace/resolver.ts'
import { findGtinLot, readGtinLots } from './adapters/gtin-lots.ts'
import { asksFor, preferredLanguage, preferredOf } from './http/accept.ts'
import { json } from './http/answers.ts'
import { serve, type Handled } from './http/http.ts'
import { PAGE_HEADERS } from './http/page.ts'
import type { Request } from './http/request.ts'
import { languageFor, noLink, wantsPage } from './views/dead-ends.ts'
import { publicUrl } from './views/links.ts'

/**
 * The resolver of GS1 Digital Links (GS1-Conformant Resolver 1.2): from what a code on a product says to the passport of
 * its lot. A code that names its lot costs one read. What narrows it down further than anything on record is passed over,
 * up to the GTIN; but no lot is shown to whoever holds a product of another one: where the lot is not known for sure, all
 * of the GTIN are offered.
 */
export const handler = serve(RESOLVER_ROUTES, {
  resolve: async (request) => {
    const { rawPath, rawQueryString, rawQuery, header } = request
    const read = readDigitalLink(rawPath, rawQueryString)
    if (!read.ok) return noLink('malformed', read, request)
    const link = read.value
    const wanted = asksFor(header('accept'), LINKSET_TYPE, ['text/html'])
      ? 'linkset'
      : readLinkType(rawQuery['linkType'])
    if (wanted === undefined) return noLink('unlinked', refuseLinkType(rawQuery['linkType']), request)
    const found = await find(link)
    if (!found) {
      const refused = refuse('not-found', `No lot of the GTIN ${link.gtin} is on record here.`)
      return noLink('unknown', refused, request)
    }
    return 'lot' in found
      ? ofOneLot(found.lot, wanted, link, request)
      : ofSeveral(found.lots, wanted, link, request)
  },

  describeResolver: async () =>
    json(200, describeResolver(publicUrl()), { 'cache-control': 'public, max-age=3600' }),
})

type Asked = Request<'resolve'>

/** More lots of one GTIN than these are not listed: whoever has a product has its lot number. */
const MOST_LOTS = 20

/** Either the lot that a link is about, or those of its GTIN, of which it names none. */
type Found = { readonly lot: GtinLot } | { readonly lots: readonly GtinLot[] }

async function find({ gtin, qualifiers }: DigitalLink): Promise<Found | undefined> {
  const named = await findNamed(gtin, qualifiers)
  if (named) return { lot: named }
  const { lots } = await readGtinLots(gtin, MOST_LOTS + 1)
  const [only, ...others] = lots
  if (!only) return undefined
  return others.length === 0 && !narrows(qualifiers) ? { lot: only } : { lots }
}

/** By its lot number, or by a serial number that names the lot and is one of its units. */
async function findNamed(
  gtin: string,
  { '10': lot, '21': serial }: DigitalLink['qualifiers'],
): Promise<GtinLot | undefined> {
  if (lot !== undefined) return findGtinLot(gtin, lot, 'eventual')
  const reading = serial === undefined ? undefined : lotInSerial(serial)
  const found = reading && (await findGtinLot(gtin, reading.lot, 'eventual'))
  return found && reading.unit <= found.units ? found : undefined
}

/** Whether a link is about less than all of its GTIN. A variant is, too, but all have the same lots as far as we know. */
const narrows = (qualifiers: DigitalLink['qualifiers']): boolean =>
  (['10', '21', '235'] as const).some((ai) => qualifiers[ai] !== undefined)

async function ofOneLot(lot: GtinLot, wanted: Wanted, link: DigitalLink, asked: Asked): Promise<Handled> {
  if (wanted === 'linkset') {
    const { lots, unlisted } = await readGtinLots(lot.gtin, MOST_LOTS)
    const isOffered = !lot.isVoid && !unlisted.includes(lot.madeBy)
    return listed(200, linksetOfLot(lot, { lots, isOffered }, publicUrl()), asked)
  }
  if (wanted !== 'default' && !hasLinks(lot, wanted))
    return noLink('unlinked', refuseLinkType(`gs1:${wanted}`), asked)
  return redirect(lot, wanted, link, asked)
}

function redirect(
  lot: GtinLot,
  wanted: Exclude<Wanted, 'linkset'>,
  link: DigitalLink,
  { header, rawQueryString }: Asked,
): Handled {
  const lang = preferredLanguage(header('accept-language'))
  const preference = { json: preferredOf(header('accept'), ['text/html', JSON_TYPE]) === JSON_TYPE, lang }
  const location = publicUrl() + targetOf(lot, wanted, preference, rawQueryString)
  return {
    answer: {
      statusCode: 307,
      headers: { location, link: linkToAll(link), ...(narrows(link.qualifiers) ? FOR_GOOD : SHORTLY) },
    },
  }
}

function ofSeveral(
  lots: readonly GtinLot[],
  wanted: Wanted,
  { gtin, qualifiers }: DigitalLink,
  asked: Asked,
): Handled {
  const shown = lots.slice(0, MOST_LOTS)
  if (wanted === 'linkset') return listed(200, linksetOfItem(shown, publicUrl()), asked)
  const fitting = wanted === 'default' ? shown : shown.filter((lot) => hasLinks(lot, wanted))
  if (fitting.length === 0) return noLink('unlinked', refuseLinkType(`gs1:${wanted}`), asked)
  const [only, ...others] = fitting
  // The one link of its type that the GTIN has. Where the link names a lot that is not known, it would be another lot's.
  const isTheOne = others.length === 0 && lots.length === shown.length && !narrows(qualifiers)
  if (only && wanted !== 'default' && isTheOne) return redirect(only, wanted, { gtin, qualifiers }, asked)
  if (!wantsPage(asked)) {
    const type = wanted === 'default' ? undefined : wanted
    return listed(300, linksetOfItem(shown, publicUrl(), type), asked)
  }
  const choices = {
    gtin,
    isUnknownLot: narrows(qualifiers),
    lots: fitting.map(({ batch, name, lot }) => ({ href: `/b/${batch}`, name, lot })),
    hasMore: lots.length > shown.length,
  }
  const headers = { ...PAGE_HEADERS, link: linkToAll({ gtin, qualifiers }), ...SHORTLY }
  return { answer: { statusCode: 300, headers, body: renderChoices(choices, languageFor(asked)) } }
}

const VARY = 'accept, accept-language'
/** A lot that was named is the same batch for good. */
const FOR_GOOD = { 'cache-control': 'public, max-age=3600', vary: VARY } as const
/** What is known of a GTIN alone may change with its next lot, also which passport its only lot leads to. */
const SHORTLY = { 'cache-control': 'public, max-age=30', vary: VARY } as const

/** A linkset; as plain JSON, which it is too, for who would rather have that. */
function listed(statusCode: 200 | 300, linkset: Linkset, { header }: Asked): Handled {
  const type = asksFor(header('accept'), JSON_TYPE, [LINKSET_TYPE]) ? JSON_TYPE : LINKSET_TYPE
  const headers = { 'content-type': type, link: TO_CONTEXT, ...SHORTLY }
  return { answer: { statusCode, headers, body: JSON.stringify(linkset) } }
}

const linkToAll = (link: DigitalLink): string =>
  `<${publicUrl()}${digitalLinkPath(link)}?linkType=linkset>; rel="linkset"; type="${LINKSET_TYPE}"; title="All links"`

const AVAILABLE = ['linkset', ...LINK_TYPES.map((type: LinkType) => `gs1:${type}`)].join(', ')

const refuseLinkType = (given: string | undefined): Refused =>
  refuse(
    'not-found',
    `There is no link of the type ${JSON.stringify((given ?? '').slice(0, 80))} for this. Types here are ${AVAILABLE}; the last only where something was certified.`,
  )

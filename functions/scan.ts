import { JSON_TYPE, LINKED_DATA_TYPE, LINKSET_TYPE } from '../shared/contract/route.ts'
import { SCAN_ROUTES } from '../shared/contract/routes/scan.ts'
import { linksetOfBatch, TO_CONTEXT, type LinkedBatch } from '../shared/domain/gs1/links.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import type { Passport } from '../shared/domain/passport/passport.ts'
import { languageOf, linkedData, renderPassport, type Language, type PageOptions } from '../web/trace/page.ts'
import { titleOf, viewOf } from '../web/trace/view.ts'
import { shapeOf, type Shape } from './http/accept.ts'
import { findPassport } from './adapters/passports.ts'
import { isFresh } from './http/caching.ts'
import { serve, type Handled } from './http/http.ts'
import { PAGE_HEADERS, VERIFIABLE_PAGE_HEADERS } from './http/page.ts'
import { RELEASE } from './http/release.ts'
import { noPassport, type Missing } from './views/dead-ends.ts'
import { passportUrl, publicUrl } from './views/links.ts'
import { verifierScript } from './views/verifier.ts'

/**
 * `GET /b/{id}`: the public passport. One read of one item; the page is made from it alone, needs no script and asks
 * nobody else for anything.
 */
export const handler = serve(SCAN_ROUTES, {
  scan: async ({ path, header, rawQuery }) => {
    const given = path['id'] ?? ''
    const lang = languageOf(header('accept-language'), rawQuery['lang'])
    const shape = shapeOf(header('accept'), rawQuery)
    const none = (kind: Missing): Handled => noPassport(kind, { isPage: shape === 'html', lang, given })
    const id = readBatchId(given)
    if (id === undefined) return none('malformed')
    const found = await findPassport(id)
    if (!found) return none('unknown')
    if (found.state === 'preparing') return none('preparing')
    const { passport } = found
    const options = { lang, publicUrl: passportUrl(id), verifier: verifierScript() }
    return fresh(passport, shape, options, header)
  },
})

const HEADERS = {
  html: PAGE_HEADERS,
  json: { 'content-type': JSON_TYPE },
  jsonld: { 'content-type': LINKED_DATA_TYPE },
  linkset: { 'content-type': LINKSET_TYPE, link: TO_CONTEXT },
} as const satisfies Record<Shape, object>

const BODIES: Readonly<Record<Shape, (passport: Passport, options: PageOptions) => string>> = {
  html: renderPassport,
  json: (passport) => JSON.stringify(passport),
  jsonld: (passport, options) => JSON.stringify(linkedData(passport, options)),
  linkset: (passport, { lang }) => JSON.stringify(linksetOfBatch(linkedIn(passport, lang), publicUrl())),
}

/** What a linkset says of a batch, which is known by its passport's address where it has no GTIN. */
function linkedIn(passport: Passport, lang: Language): LinkedBatch {
  const certified = Object.keys(passport.certified.claims).length > 0
  return { batch: passport.id, name: titleOf(viewOf(passport, lang)), certified }
}

/**
 * A hold must show within five seconds: the projector takes some two of them, the CDN may take two more. For so long it
 * answers everybody who asks for the same page by itself; then it asks here once, with the tag, and is told in a hundred
 * bytes that nothing changed. A browser asks each time, and nobody shows an old page while they ask for a new one, nor
 * when they cannot: a page that is not known to hold is no page to show of something that may have been recalled.
 */
const PAGE_CACHING = 'public, max-age=0, s-maxage=2, must-revalidate'

/**
 * Whatever changes a passport raises its revision, a hold placed upstream too, which leaves the batch's own history as it
 * was. So the revision, the last hash, the language, what draws the page and which program it offers make the tag; a known
 * tag costs no page.
 */
function fresh(
  passport: Passport,
  shape: Shape,
  options: PageOptions,
  header: (name: string) => string | undefined,
): Handled {
  const { lang, verifier } = options
  const etag = `"${passport.revision}-${passport.head.slice(0, 12)}-${RELEASE}-${shape}-${lang}${verifier ? verifier[lang].integrity.slice(-9) : ''}"`
  const caching = { etag, 'cache-control': PAGE_CACHING, vary: 'accept, accept-language' }
  if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
  const page = shape === 'html' && verifier ? VERIFIABLE_PAGE_HEADERS : HEADERS[shape]
  const headers = { ...page, ...caching }
  return { answer: { statusCode: 200, headers, body: BODIES[shape](passport, options) } }
}

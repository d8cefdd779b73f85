import { SCAN_ROUTES } from '../shared/contract/routes/scan.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import type { Passport } from '../shared/domain/passport/passport.ts'
import { refuse, type RefusalCode } from '../shared/domain/refusal.ts'
import {
  languageOf,
  renderNotice,
  renderPassport,
  type Language,
  type NoticeKind,
} from '../web/trace/page.ts'
import { prefersJson } from './http/accept.ts'
import { findPassport } from './adapters/passports.ts'
import { isFresh } from './http/caching.ts'
import { serve, type Handled } from './http/http.ts'
import { PAGE_HEADERS } from './http/page.ts'
import { passportUrl } from './views/links.ts'

/**
 * `GET /b/{id}`: the public passport. One read of one item; the page is made from it alone, needs no script and asks
 * nobody else for anything.
 */
export const handler = serve(SCAN_ROUTES, {
  scan: async ({ path, header, rawQuery }) => {
    const given = path['id'] ?? ''
    const lang = languageOf(header('accept-language'), rawQuery['lang'])
    const asJson = wantsJson(header('accept'), rawQuery['format'])
    const none = (kind: Missing): Handled =>
      asJson
        ? refuse(MISSING[kind].code, MISSING[kind].detail)
        : notice(MISSING[kind].status, kind, lang, given)
    const id = readBatchId(given)
    if (id === undefined) return none('malformed')
    const found = await findPassport(id)
    if (!found) return none('unknown')
    if (found.state === 'preparing') return none('preparing')
    return asJson
      ? fresh(found.passport, 'json', header, () => JSON.stringify(found.passport))
      : fresh(found.passport, lang, header, () =>
          renderPassport(found.passport, { lang, publicUrl: passportUrl(id) }),
        )
  },
})

const JSON_HEADERS = { 'content-type': 'application/json' } as const

/** JSON for those who ask for it by `?format=json`, or would rather have it than a page. */
function wantsJson(accept: string | undefined, format: string | undefined): boolean {
  return format === undefined ? prefersJson(accept) : format === 'json'
}

/**
 * Whatever changes a passport raises its revision, a hold placed upstream too, which leaves the batch's own history as it
 * was. So the revision, the last hash and the language make the tag; a known tag costs no page.
 */
function fresh(
  passport: Passport,
  shape: Language | 'json',
  header: (name: string) => string | undefined,
  body: () => string,
): Handled {
  const etag = `"${passport.revision}-${passport.head.slice(0, 12)}-${shape}"`
  const caching = { etag, 'cache-control': 'public, max-age=30', vary: 'accept, accept-language' }
  if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
  const headers = { ...(shape === 'json' ? JSON_HEADERS : PAGE_HEADERS), ...caching }
  return { answer: { statusCode: 200, headers, body: body() } }
}

/** Why there is no passport to show: as a page for people, as a refusal for programs. */
const MISSING = {
  malformed: {
    status: 400,
    code: 'invalid-request',
    detail: 'This is no batch number: one is B and 12 characters of 0-9 A-Z without I, L, O, U.',
  },
  unknown: { status: 404, code: 'not-found', detail: 'There is no batch of this number.' },
  preparing: {
    status: 503,
    code: 'unavailable',
    detail: 'The passport is being made; ask again in a moment.',
  },
} as const satisfies Partial<Record<NoticeKind, { status: number; code: RefusalCode; detail: string }>>
type Missing = keyof typeof MISSING

function notice(statusCode: number, kind: NoticeKind, lang: Language, id: string): Handled {
  const retry = statusCode === 503 ? { 'retry-after': '2' } : undefined
  const headers = { ...PAGE_HEADERS, 'cache-control': 'no-store', ...retry }
  return { answer: { statusCode, headers, body: renderNotice(kind, { lang, id }) } }
}

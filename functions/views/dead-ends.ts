import { JSON_TYPE, LINKSET_TYPE } from '../../shared/contract/route.ts'
import { refuse, type RefusalCode, type Refused } from '../../shared/domain/refusal.ts'
import type { NoticeKind } from '../../web/trace/catalogue.ts'
import { languageOf, type Language } from '../../web/trace/language.ts'
import { renderNotice } from '../../web/trace/notice.ts'
import { renderFault, type Fault } from '../../web/trace/resolver.ts'
import { asksFor } from '../http/accept.ts'
import type { Handled } from '../http/http.ts'
import { PAGE_HEADERS } from '../http/page.ts'

/** Public addresses behind which there is nothing to show: a page for people, a problem document for programs. */

/** Why there is no passport to show. */
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
export type Missing = keyof typeof MISSING

export interface Asking {
  readonly isPage: boolean
  readonly lang: Language
  /** The number as it was asked for. */
  readonly given: string
}

export function noPassport(kind: Missing, { isPage, lang, given }: Asking): Handled {
  const { status, code, detail } = MISSING[kind]
  if (!isPage) return refuse(code, detail)
  const retry = status === 503 ? { 'retry-after': '2' } : undefined
  const headers = { ...PAGE_HEADERS, 'cache-control': 'no-store', ...retry }
  return { answer: { statusCode: status, headers, body: renderNotice(kind, { lang, id: given }) } }
}

/** What is asked of an address that a GS1 code may have: its headers, and its query as it is read. */
export interface AskedByCode {
  readonly header: (name: string) => string | undefined
  readonly rawQuery: Readonly<Record<string, string | undefined>>
}

/** Why a GS1 code leads nowhere. */
export function noLink(fault: Fault, { refusal }: Refused, asked: AskedByCode): Handled {
  if (!wantsPage(asked)) return { refusal }
  const statusCode = fault === 'malformed' ? 400 : 404
  const headers = { ...PAGE_HEADERS, 'cache-control': 'no-store' }
  return { answer: { statusCode, headers, body: renderFault(fault, refusal.detail, languageFor(asked)) } }
}

export const wantsPage = ({ header }: Pick<AskedByCode, 'header'>): boolean =>
  asksFor(header('accept'), 'text/html', [JSON_TYPE, LINKSET_TYPE])

export const languageFor = ({ header, rawQuery }: AskedByCode): Language =>
  languageOf(header('accept-language'), rawQuery['lang'])

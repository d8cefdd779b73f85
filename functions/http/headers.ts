import type { Route } from '../../shared/contract/route.ts'

/**
 * What every answer carries unless its handler says otherwise: nothing in it may load, run or be framed, and pages of
 * other sites may not read it. Where the row says so they may: then what is in it is public.
 */
const CLOSED = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

const OPEN = {
  ...CLOSED,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-expose-headers': 'etag, link, location',
} as const

/**
 * The headers that an answer of this status begins with. What a 304 says takes the place of what a browser has kept (RFC
 * 9111, §3.2), also of the policy that came with the page: so it says nothing of it, and the page keeps its style.
 */
export function headersOf(
  route: Pick<Route, 'crossOrigin'> | undefined,
  statusCode?: number,
): Readonly<Record<string, string>> {
  const headers = route?.crossOrigin ? OPEN : CLOSED
  if (statusCode !== 304) return headers
  const { 'content-security-policy': _, ...others } = headers
  return others
}

const A_DAY_SECONDS = 86_400

/** What a browser is told that asks by OPTIONS whether a page of another site may read what is there (Fetch, §3.3). */
export const preflightHeaders = (allow: string): Readonly<Record<string, string>> => ({
  ...OPEN,
  allow,
  'access-control-allow-headers': 'accept, accept-language, if-none-match',
  'access-control-max-age': String(A_DAY_SECONDS),
})

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
} as const

export function headersOf(route: Pick<Route, 'crossOrigin'> | undefined): Readonly<Record<string, string>> {
  return route?.crossOrigin ? OPEN : CLOSED
}

import { createHash } from 'node:crypto'
import { STARTER } from '../../web/trace/verify.ts'
import { STYLE } from '../../web/trace/style.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What every public page may: have its own style and pictures of this address. */
const PAGE = `default-src 'none'; style-src ${hashOf(STYLE)}; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** The headers of a public page: it has its own style, and nothing in it runs or is loaded from elsewhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAGE,
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
} as const

/**
 * The headers of a page that offers to check its story. One script may run by itself, known by its hash, and what that asks
 * for, which it does by a hash too; no other, even if somebody found a way to write into the page: that is what
 * 'strict-dynamic' says (CSP 3). Browsers from before that take 'self', where nobody but us puts scripts. What runs may
 * ask this address for records and tiles, and for nothing else.
 */
export const VERIFIABLE_PAGE_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': `${PAGE}; script-src ${hashOf(STARTER)} 'strict-dynamic' 'self'; connect-src 'self'`,
} as const

import { createHash } from 'node:crypto'
import { STYLE } from '../../web/trace/style.ts'

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The headers of a public page: it has its own style, and nothing in it runs or is loaded from elsewhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
} as const

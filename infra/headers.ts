/**
 * Headers of the static site, set by CloudFront on AWS and by the gateway locally. Its pages run their own scripts and
 * nobody else's, talk to this address and to where photos are uploaded and tokens are given, and may ask for camera and position.
 */
export function siteHeaders(connectOrigins: readonly string[] = []): Readonly<Record<SiteHeader, string>> {
  return {
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src ${["'self'", ...connectOrigins].join(' ')}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

type SiteHeader =
  | 'content-security-policy'
  | 'permissions-policy'
  | 'cross-origin-opener-policy'
  | 'cross-origin-resource-policy'
  | 'referrer-policy'
  | 'x-content-type-options'

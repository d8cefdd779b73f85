import { CONSOLE_PATH } from '../../shared/contract/route.ts'
import type { ProductFacts } from '../../shared/domain/events/run.ts'
import { digitalLinkPath } from '../../shared/domain/gs1/digital-link.ts'

/** The public base of all links, without a slash at its end. */
export function publicUrl(): string {
  const url = process.env['PUBLIC_URL']
  if (url === undefined) throw new Error('PUBLIC_URL is not set')
  return url.replace(/\/$/, '')
}

/** What the QR code says, and all that it says. */
export const passportUrl = (batch: string): string => `${publicUrl()}/b/${batch}`

/**
 * The GS1 Digital Link of a product lot, or of one of its units, numbered from 1; undefined for what has no GTIN. It is what
 * a code on the product says, and leads to the passport too.
 */
export function digitalLinkUrl(
  { gtin, lot }: Pick<ProductFacts, 'gtin' | 'lot'>,
  unit?: number,
): string | undefined {
  if (gtin === undefined || lot === undefined) return undefined
  const qualifiers = { '10': lot, ...(unit !== undefined && { '21': String(unit) }) }
  return publicUrl() + digitalLinkPath({ gtin, qualifiers })
}

/** What an invited person opens. Behind the # a code reaches no server and no log. */
export const invitationLink = (code: string): string => `${publicUrl()}${CONSOLE_PATH}#invitation=${code}`

import { CONSOLE_PATH } from '../../shared/contract/route.ts'
import type { ProductFacts } from '../../shared/domain/events/run.ts'
import { lotKeyOf } from '../../shared/domain/gs1/lot.ts'
import { lotUri } from '../../shared/domain/printing/code-uri.ts'

/** The public base of all links, without a slash at its end. */
export function publicUrl(): string {
  const url = process.env['PUBLIC_URL']
  if (url === undefined) throw new Error('PUBLIC_URL is not set')
  return url.replace(/\/$/, '')
}

/** The page of a batch: what its QR code says, where it has no GTIN. */
export const passportUrl = (batch: string): string => `${publicUrl()}/b/${batch}`

/** The GS1 Digital Link of a product lot, which its code says; undefined for what has no GTIN. It leads to the passport too. */
export function digitalLinkUrl(product: Pick<ProductFacts, 'gtin' | 'lot'>): string | undefined {
  const key = lotKeyOf(product)
  return key && lotUri(publicUrl(), key)
}

/** What an invited person opens. Behind the # a code reaches no server and no log. */
export const invitationLink = (code: string): string => `${publicUrl()}${CONSOLE_PATH}#invitation=${code}`

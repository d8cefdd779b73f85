import QRCode from 'qrcode'
import { CODE_ROUTES } from '../shared/contract/routes/codes.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { findPassport } from './adapters/passports.ts'
import { notFound } from './http/answers.ts'
import { serve, type Handled } from './http/http.ts'
import { passportUrl } from './views/links.ts'

/**
 * QR codes. A code says the passport's address and nothing else, at error correction Q (25 %), because it will be
 * moulded, printed and worn. It never changes once a batch exists, so it may be cached for good.
 */
const QUIET_ZONE_MODULES = 4
const PNG_WIDTH_PX = 720
const OPTIONS = { errorCorrectionLevel: 'Q', margin: QUIET_ZONE_MODULES } as const
const FOREVER = 'public, max-age=31536000, immutable'

export const handler = serve(CODE_ROUTES, {
  qrSvg: async ({ path }) =>
    drawn(path['id'], async (url) => ({
      headers: { 'content-type': 'image/svg+xml' },
      body: await QRCode.toString(url, { ...OPTIONS, type: 'svg' }),
    })),
  qrPng: async ({ path }) =>
    drawn(path['id'], async (url) => {
      const png = await QRCode.toBuffer(url, { ...OPTIONS, type: 'png', width: PNG_WIDTH_PX })
      return { headers: { 'content-type': 'image/png' }, body: png.toString('base64'), isBase64Encoded: true }
    }),
})

interface Drawing {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded?: boolean
}

async function drawn(text: string | undefined, draw: (url: string) => Promise<Drawing>): Promise<Handled> {
  const id = readBatchId(text ?? '')
  if (id === undefined || !(await findPassport(id))) return notFound(`batch ${text ?? ''}`)
  const { headers, ...image } = await draw(passportUrl(id))
  return { answer: { statusCode: 200, headers: { ...headers, 'cache-control': FOREVER }, ...image } }
}

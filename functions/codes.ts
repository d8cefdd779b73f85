import { createHash } from 'node:crypto'
import { CODE_ROUTES } from '../shared/contract/routes/codes.ts'
import { codeUri } from '../shared/domain/printing/code-uri.ts'
import type { Passport } from '../shared/domain/passport/passport.ts'
import { refuse } from '../shared/domain/refusal.ts'
import { isFresh } from './http/caching.ts'
import { serve, type Handled, type HttpAnswer } from './http/http.ts'
import { findPrintable } from './printing/finding.ts'
import { matrixOf, svgOf } from './printing/qr.ts'
import { publicUrl } from './views/links.ts'

/**
 * QR codes. A code says one address and nothing else, at error correction Q (25 %) unless another is asked for, because
 * it will be moulded, printed and worn.
 */
export const handler = serve(CODE_ROUTES, {
  qrSvg: async ({ path, query, header }) =>
    drawn(path['id'], query, header, async (uri) => ({
      headers: { 'content-type': 'image/svg+xml' },
      body: svgOf(matrixOf(uri, query.level), query),
    })),

  qrPng: async ({ path, query, header }) =>
    drawn(path['id'], query, header, async (uri) => {
      const { level, quiet, sizePx, dark, light } = query
      const side = matrixOf(uri, level).size + 2 * quiet
      const scale = Math.floor(sizePx / side)
      if (scale < LEAST_MODULE_PX) {
        const detail = `The code has ${side} modules on a side, its quiet zone included; sizePx must be at least ${side * LEAST_MODULE_PX}, given: ${sizePx}.`
        return refuse('invalid-request', detail, '/sizePx')
      }
      const color = { dark: `#${dark}`, light: `#${light}` }
      const { default: QRCode } = await drawingPixels()
      const png = await QRCode.toBuffer(uri, { errorCorrectionLevel: level, margin: quiet, scale, color })
      return { headers: { 'content-type': 'image/png' }, body: png.toString('base64'), isBase64Encoded: true }
    }),
})

/** Most codes are drawn as SVG, and start without the writer of pictures. */
const drawingPixels = async () => import('qrcode')

/** Modules of one pixel are lost wherever a picture is scaled. */
const LEAST_MODULE_PX = 2

type Drawing = Pick<HttpAnswer, 'headers' | 'body' | 'isBase64Encoded'> | ReturnType<typeof refuse>

async function drawn(
  id: string | undefined,
  options: object,
  header: (name: string) => string | undefined,
  draw: (uri: string) => Promise<Drawing>,
): Promise<Handled> {
  const found = await findPrintable(id)
  if (!found.ok) return found
  const uri = codeUri(publicUrl(), found.value)
  const etag = etagOf(uri, options)
  const caching = { etag, 'cache-control': keptFor(found.value) }
  if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
  const drawing = await draw(uri)
  if ('ok' in drawing) return drawing
  return { answer: { statusCode: 200, ...drawing, headers: { ...drawing.headers, ...caching } } }
}

/** What is said and how it is drawn; nothing else makes one code differ from another. */
const etagOf = (uri: string, options: object): string =>
  `"${createHash('sha256')
    .update(JSON.stringify([uri, options]))
    .digest('base64url')
    .slice(0, 22)}"`

/** Only products have GTINs, which their makers may correct; all other codes are what they are for good. */
const keptFor = ({ product }: Passport): string =>
  product ? 'public, max-age=30' : 'public, max-age=31536000, immutable'

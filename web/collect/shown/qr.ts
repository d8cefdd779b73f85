// The drawing part of the package asks for a canvas and doubles the download; a code is a grid of squares.
import { create } from 'qrcode/lib/core/qrcode.js'
import { outlineOf } from '../../../shared/domain/printing/qr-outline.ts'
import { inSvg } from '../page.ts'

/** Modules of white around a code (ISO/IEC 18004): without them cameras do not find it. */
const QUIET = 4

/** A QR code as a drawing, at error correction Q as every code of ours; `name` is what a screen reader says. */
export function qrOf(text: string, name: string): SVGSVGElement {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' })
  const side = modules.size + 2 * QUIET
  const svg = inSvg('svg', { class: 'qr', viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': name })
  svg.append(inSvg('rect', { width: String(side), height: String(side), fill: '#fff' }))
  svg.append(
    inSvg('path', {
      d: outlineOf({ size: modules.size, dark: modules.data }, QUIET),
      fill: '#000',
      'shape-rendering': 'crispEdges',
    }),
  )
  return svg
}

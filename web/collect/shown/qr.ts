// The drawing part of the package asks for a canvas and doubles the download; a code is a grid of squares.
import { create } from 'qrcode/lib/core/qrcode.js'

/** Modules of white around a code (ISO/IEC 18004): without them cameras do not find it. */
const QUIET = 4

/** A QR code as a drawing, at error correction Q as every code of ours; `name` is what a screen reader says. */
export function qrOf(text: string, name: string): SVGSVGElement {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' })
  const side = modules.size + 2 * QUIET
  const svg = inSvg('svg', { class: 'qr', viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': name })
  svg.append(inSvg('rect', { width: String(side), height: String(side), fill: '#fff' }))
  svg.append(inSvg('path', { d: squaresOf(modules), fill: '#000', 'shape-rendering': 'crispEdges' }))
  return svg
}

/** One path of all dark modules, row by row. */
export function squaresOf({
  size,
  data,
}: {
  readonly size: number
  readonly data: ArrayLike<number>
}): string {
  let path = ''
  for (let at = 0; at < size * size; at++)
    if (data[at]) path += `M${(at % size) + QUIET} ${Math.floor(at / size) + QUIET}h1v1h-1z`
  return path
}

function inSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

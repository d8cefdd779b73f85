// The drawing part of the package loads its own PNG writer, which whoever draws lines has no use for.
import type { QRCodeSegment } from 'qrcode'
import { create } from 'qrcode/lib/core/qrcode.js'
import type { Level } from '../../shared/contract/requests/codes.ts'
import { outlineOf, type Matrix } from '../../shared/domain/printing/qr-outline.ts'

/** A stretch of text and the mode in which it is encoded. */
export interface Segment {
  readonly data: string
  readonly mode: 'numeric' | 'byte'
}

/** The code of a text, cut into segments as is shortest, or of segments as they are. */
export function matrixOf(text: string | readonly Segment[], level: Level): Matrix {
  const { modules } = create(typeof text === 'string' ? text : text.map(bytesOf), {
    errorCorrectionLevel: level,
  })
  return { size: modules.size, dark: modules.data }
}

const bytesOf = ({ data, mode }: Segment): QRCodeSegment =>
  mode === 'byte' ? { mode, data: Buffer.from(data) } : { mode, data }

export interface SvgStyle {
  readonly quiet: number
  /** Six hex digits each. */
  readonly dark: string
  readonly light: string
  /** Of the side with the quiet zone. */
  readonly sizeMm?: number | undefined
}

export function svgOf(matrix: Matrix, { quiet, dark, light, sizeMm }: SvgStyle): string {
  const side = matrix.size + 2 * quiet
  const size = sizeMm === undefined ? '' : ` width="${sizeMm}mm" height="${sizeMm}mm"`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"${size} shape-rendering="crispEdges"><path fill="#${light}" d="M0 0h${side}v${side}H0z"/><path fill="#${dark}" d="${outlineOf(matrix, quiet)}"/></svg>\n`
}

import type { Grey } from './paper.ts'

/** Pixels of a module: enough for a decoder, and no more. */
const MODULE_PX = 4

/**
 * The picture of a code's SVG: a square ground, and on it boxes of one module's height, `M x y h width v1 H x z` each.
 * Only what is drawn as such is seen; anything else would be missing from the picture.
 */
export function pictureOf(svg: string): Grey {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const [, outline = ''] = /<path fill="#[0-9a-fA-F]{6}" d="([^"]*)"\/><\/svg>/.exec(svg) ?? []
  const width = side * MODULE_PX
  const pixels = new Uint8Array(width * width).fill(255)
  for (const [, column, row, run, back] of outline.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)) {
    if (column !== back) throw new Error('a box is not closed')
    for (let line = Number(row) * MODULE_PX; line < (Number(row) + 1) * MODULE_PX; line++) {
      const from = line * width + Number(column) * MODULE_PX
      pixels.fill(0, from, from + Number(run) * MODULE_PX)
    }
  }
  return { width, height: width, pixels }
}

/** A QR code as a grid of squares. */
export interface Matrix {
  /** Modules on a side, without the quiet zone. */
  readonly size: number
  /** Row by row; true where dark. */
  readonly dark: ArrayLike<number>
}

/**
 * All dark modules as one path: a box for each run in a row. Boxes, because cutters and engravers fill outlines and pass
 * over strokes; one path, because edges that touch inside one leave no hairline when it is drawn small.
 */
export function outlineOf({ size, dark }: Matrix, quiet: number): string {
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column
      while (column < size && dark[row * size + column]) column++
      if (column > from) path += `M${from + quiet} ${row + quiet}h${column - from}v1H${from + quiet}z`
    }
  }
  return path
}

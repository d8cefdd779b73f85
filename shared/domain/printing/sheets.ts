/** Paper: how labels lie on it. All lengths are millimetres. */
export const SHEETS = ['a4', 'a5', '50x30', '100x150'] as const
export type SheetName = (typeof SHEETS)[number]

export interface Sheet {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
  /** White at the edge of the paper, where office printers do not print. None on a roll, whose labels are cut already. */
  readonly margin: number
  /** From a label's edge to whatever is printed on it, so that a cut may be off by as much. */
  readonly inset: number
  /** The side of the code, its quiet zone included, unless another is asked for. */
  readonly code: number
  /** Size of the text, in points. Captions need more room than a small label has. */
  readonly text: number
  readonly captions: boolean
}

export const SHEET: Readonly<Record<SheetName, Sheet>> = {
  a4: {
    width: 210,
    height: 297,
    columns: 2,
    rows: 4,
    margin: 10,
    inset: 5,
    code: 40,
    text: 8.5,
    captions: true,
  },
  a5: {
    width: 148,
    height: 210,
    columns: 1,
    rows: 2,
    margin: 10,
    inset: 6,
    code: 60,
    text: 11,
    captions: true,
  },
  '50x30': {
    width: 50,
    height: 30,
    columns: 1,
    rows: 1,
    margin: 0,
    inset: 2,
    code: 24,
    text: 5.5,
    captions: false,
  },
  '100x150': {
    width: 100,
    height: 150,
    columns: 1,
    rows: 1,
    margin: 0,
    inset: 5,
    code: 60,
    text: 11,
    captions: true,
  },
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the labels of one sheet lie, row by row, side by side without a gap: one cut parts two. */
export function cellsOf({ width, height, columns, rows, margin }: Sheet): Box[] {
  const cell = { width: (width - 2 * margin) / columns, height: (height - 2 * margin) / rows }
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: margin + (index % columns) * cell.width,
    y: margin + Math.floor(index / columns) * cell.height,
    ...cell,
  }))
}

/** What may be printed on of a label. */
export function insideOf({ x, y, width, height }: Box, inset: number): Box {
  return { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset }
}

/** Light modules on every side of a code (ISO/IEC 18004): with fewer, readers do not find it. */
export const QUIET_MODULES = 4

/** Modules smaller than three dots of a 300 dpi printer run into each other. */
export const LEAST_MODULE_MM = 0.25

/** The largest code that a label has room for beside or above its text. */
export function mostCodeMm(sheet: Sheet): number {
  const { width, height } = insideOf({ x: 0, y: 0, ...cellSize(sheet) }, sheet.inset)
  return Math.floor(isUpright(sheet) ? Math.min(width, height / 2) : Math.min(height, width * 0.6))
}

/** Whether the code stands above the text; on a label that lies, it stands beside it. */
export const isUpright = (sheet: Sheet): boolean => {
  const { width, height } = cellSize(sheet)
  return height > width
}

function cellSize(sheet: Sheet): { width: number; height: number } {
  const [{ width, height } = { width: 0, height: 0 }] = cellsOf(sheet)
  return { width, height }
}

import type { LocalName } from '../../shared/domain/organisation.ts'
import { inEach, inLanguage, type LabelLanguage, type LabelText } from '../../shared/domain/printing/label.ts'
import type { Sheet } from '../../shared/domain/printing/sheets.ts'
import { fitted, isWithin, wrapped, type Line, type Pdf } from './setting.ts'

/** A line of a label, what stands above it, and whether it is white on black. Lengths are points. */
export interface LabelLine extends Line {
  readonly gap: number
  readonly isBanner?: true
}

/** Heights and gaps as parts of the size of the text. */
const LEADING = 1.3
const CAPTION = 0.65
const TITLE = 1.25
const HELD_BECAUSE = 0.9
const ROW_GAP = 0.35
const MOST_TITLE_LINES = 2

/** From the edge of a banner to its letters. */
export const BANNER_PADDING = 2

export const heightOf = ({ size }: Line): number => size * LEADING

const heightOfAll = (lines: readonly LabelLine[]): number =>
  lines.reduce((sum, line) => sum + line.gap + heightOf(line), 0)

/** Where the first line begins, so that all stand in the middle of so much height. */
export const topOf = (lines: readonly LabelLine[], height: number): number =>
  Math.max(0, height - heightOfAll(lines)) / 2

export interface Room {
  readonly width: number
  readonly height: number
  readonly sheet: Sheet
  readonly language: LabelLanguage
}

/** So much smaller text may become, by steps, for another fact to find room. */
const SMALLER = [1, 0.95, 0.9, 0.85, 0.8, 0.75]

/**
 * That it is held, what it is, its number, and as many facts as there is room for: what is said of a hold takes room, and
 * no fact is to go for it, so all becomes smaller first.
 */
export function linesOf(pdf: Pdf, label: LabelText, room: Room): LabelLine[] {
  let most: LinesOf = { lines: [], left: Infinity }
  for (const scale of SMALLER) {
    const found = linesAt(pdf, label, { ...room, sheet: { ...room.sheet, text: room.sheet.text * scale } })
    if (found.left < most.left) most = found
    if (most.left === 0) break
  }
  return most.lines
}

interface LinesOf {
  readonly lines: LabelLine[]
  /** Facts that there was no room for. */
  readonly left: number
}

function linesAt(pdf: Pdf, label: LabelText, room: Room): LinesOf {
  const { width, height, language, sheet } = room
  const { text, captions } = sheet
  const line = (name: LocalName, size: number, gap = 0): LabelLine => ({
    ...fitted(pdf, { text: inLanguage(name, language), size }, width),
    gap,
  })
  /** Each language has a line of its own where one for both would be cut short. */
  const inFull = (whole: LabelLine, { en, zh }: LocalName): LabelLine[] => {
    const isWhole = language !== 'both' || whole.text === inLanguage({ en, zh }, language)
    return isWhole ? [whole] : [zh, en].map((said) => line({ en: said, zh: said }, text))
  }
  const lines = [...bannerLines(pdf, label, room), ...titleLines(pdf, label, room)]
  for (const [index, { caption, value }] of label.rows.entries()) {
    const captioned = captions ? [line(caption, text * CAPTION, text * ROW_GAP)] : []
    const row = [...captioned, ...inFull(line(value, text), value)]
    if (heightOfAll([...lines, ...row]) > height) return { lines, left: label.rows.length - index }
    lines.push(...row)
  }
  return { lines, left: 0 }
}

/** The title may need two lines; the number is as large, and below it. */
function titleLines(pdf: Pdf, { title, id, held }: LabelText, { width, language, sheet }: Room): LabelLine[] {
  const size = sheet.text * TITLE
  const [first, ...others] = wrapped(
    pdf,
    { text: inLanguage(title, language), size },
    width,
    MOST_TITLE_LINES,
  )
  const number = fitted(pdf, { text: id, size }, width)
  return [
    ...(first ? [{ ...first, gap: held ? sheet.text * ROW_GAP : 0 }] : []),
    ...[...others, number].map((line) => ({ ...line, gap: 0 })),
  ]
}

/** White on black, which no printer loses. */
function bannerLines(pdf: Pdf, { held }: LabelText, { width, language, sheet }: Room): LabelLine[] {
  if (!held) return []
  const inFull = (name: LocalName, size: number): Line[] => {
    const within = width - 2 * BANNER_PADDING
    const whole = { text: inLanguage(name, language), size }
    if (isWithin(pdf, whole, within)) return [whole]
    // Each language on its own line, so that neither is cut short.
    return inEach(name, language).map((line) => fitted(pdf, { text: line, size }, within))
  }
  const { text } = sheet
  const said = [...inFull(held.plainly, text * TITLE), ...inFull(held.because, text * HELD_BECAUSE)]
  return said.map((line) => ({ ...line, gap: 0, isBanner: true }))
}

import PDFDocument from 'pdfkit'
import type { LocalName } from '../../shared/domain/organisation.ts'
import { inEach, inLanguage, type LabelLanguage, type LabelText } from '../../shared/domain/printing/label.ts'
import { cellsOf, insideOf, isUpright, type Box, type Sheet } from '../../shared/domain/printing/sheets.ts'
import { outlineOf, type Matrix } from './qr.ts'
import { fitted, isWithin, setLine, wrapped, type Line, type Pdf } from './setting.ts'

/** What is printed, and on what. Lengths are millimetres until they are drawn. */
export interface LabelJob {
  readonly label: LabelText
  readonly matrix: Matrix
  readonly sheet: Sheet
  /** Side of the code with its quiet zone. */
  readonly codeMm: number
  readonly copies: number
  readonly language: LabelLanguage
  /** The day that the passport is of: the same label is the same file, byte for byte. */
  readonly asOf: string
}

const QUIET_MODULES = 4
const POINTS_PER_MM = 72 / 25.4
const points = (mm: number): number => mm * POINTS_PER_MM

/** Labels as PDF: black on white, vectors and embedded type only, one page for each sheet. */
export async function labelPdf(job: LabelJob): Promise<Buffer> {
  const { label, sheet, copies, asOf } = job
  const pdf = new PDFDocument({
    size: [points(sheet.width), points(sheet.height)],
    margin: 0,
    autoFirstPage: false,
    // No standard font is used, so none is loaded.
    font: NO_FONT,
    info: { Title: label.id, Creator: 'Tidemark', CreationDate: new Date(asOf) },
  })
  const cells = cellsOf(sheet)
  for (let copy = 0; copy < copies; copy++) {
    const cell = cells[copy % cells.length]
    if (!cell) continue
    if (copy % cells.length === 0) {
      pdf.addPage()
      markCuts(pdf, sheet)
    }
    drawLabel(pdf, cell, job)
  }
  return ended(pdf)
}

/** pdfkit sets no font for an empty name. */
const NO_FONT = ''

async function ended(pdf: Pdf): Promise<Buffer> {
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  await new Promise<void>((resolve) => {
    pdf.on('end', resolve)
    pdf.end()
  })
  return Buffer.concat(parts)
}

/** Short lines at the edge of the paper, outside all labels, where a cutter is laid on. */
function markCuts(pdf: Pdf, sheet: Sheet): void {
  const { width, height, margin } = sheet
  if (margin === 0) return
  const cells = cellsOf(sheet)
  const [from, to] = [MARK_FROM_MM, margin - MARK_FROM_MM]
  const line = (x1: number, y1: number, x2: number, y2: number): void => {
    pdf.moveTo(points(x1), points(y1)).lineTo(points(x2), points(y2))
  }
  for (const x of new Set(cells.flatMap((cell) => [cell.x, cell.x + cell.width]))) {
    line(x, from, x, to)
    line(x, height - from, x, height - to)
  }
  for (const y of new Set(cells.flatMap((cell) => [cell.y, cell.y + cell.height]))) {
    line(from, y, to, y)
    line(width - from, y, width - to, y)
  }
  pdf.lineWidth(HAIRLINE_POINTS).stroke('black')
}

const MARK_FROM_MM = 3
const HAIRLINE_POINTS = 0.25

/** Between code and text. */
const GAP_MM = 2

function drawLabel(pdf: Pdf, cell: Box, job: LabelJob): void {
  const { sheet, codeMm, matrix } = job
  const inside = insideOf(cell, sheet.inset)
  if (isUpright(sheet)) {
    const x = inside.x + (inside.width - codeMm) / 2
    drawCode(pdf, matrix, { x, y: inside.y, side: codeMm })
    const y = inside.y + codeMm + GAP_MM
    drawText(pdf, { ...inside, y, height: inside.y + inside.height - y }, job)
    return
  }
  drawCode(pdf, matrix, { x: inside.x, y: inside.y + (inside.height - codeMm) / 2, side: codeMm })
  const x = inside.x + codeMm + GAP_MM
  drawText(pdf, { ...inside, x, width: inside.x + inside.width - x }, job)
}

function drawCode(
  pdf: Pdf,
  matrix: Matrix,
  { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
): void {
  pdf.save()
  pdf.translate(points(x), points(y)).scale(points(side) / (matrix.size + 2 * QUIET_MODULES))
  pdf.path(outlineOf(matrix, QUIET_MODULES)).fill('black')
  pdf.restore()
}

/** Heights and gaps as parts of the size of the text. */
const LEADING = 1.3
const CAPTION = 0.65
const TITLE = 1.25
const ROW_GAP = 0.35
const MOST_TITLE_LINES = 2

/** A line, what stands above it, and whether it is white on black. */
interface SetLine extends Line {
  readonly gap: number
  readonly isBanner?: true
}

/**
 * That it is held, what it is, its number, and as many facts as there is room for; in the middle of its box beside a code,
 * right below one.
 */
function drawText(pdf: Pdf, box: Box, job: LabelJob): void {
  const [x, width, height] = [points(box.x), points(box.width), points(box.height)]
  const lines = fittingLines(pdf, { width, height }, job)
  let top = points(box.y) + (isUpright(job.sheet) ? 0 : Math.max(0, height - heightOf(lines)) / 2)
  for (const { gap, isBanner, ...line } of lines) {
    top += gap
    if (isBanner) pdf.rect(x, top, width, line.size * LEADING + OVERLAP).fill('black')
    pdf.fillColor(isBanner ? 'white' : 'black')
    setLine(pdf, line, { x: isBanner ? x + BANNER_PADDING : x, baseline: top + line.size })
    top += line.size * LEADING
  }
}

/** So that between the bars of two lines nothing shines through, in points. */
const OVERLAP = 0.2
const BANNER_PADDING = 2

const heightOf = (lines: readonly SetLine[]): number =>
  lines.reduce((sum, { size, gap }) => sum + gap + size * LEADING, 0)

function fittingLines(
  pdf: Pdf,
  { width, height }: { readonly width: number; readonly height: number },
  { label, sheet, language }: LabelJob,
): SetLine[] {
  const { text, captions } = sheet
  const fit = (line: string, size: number, gap = 0): SetLine => ({
    ...fitted(pdf, { text: line, size }, width),
    gap,
  })
  const title = { text: inLanguage(label.title, language), size: text * TITLE }
  const lines = [
    ...bannerLines(pdf, label, { width, text, language }),
    ...wrapped(pdf, title, width, MOST_TITLE_LINES).map((line, index) => ({
      ...line,
      gap: index === 0 && label.held ? text * ROW_GAP : 0,
    })),
    fit(label.id, text * TITLE),
  ]
  for (const { caption, value } of label.rows) {
    const row = captions
      ? [
          fit(inLanguage(caption, language), text * CAPTION, text * ROW_GAP),
          fit(inLanguage(value, language), text),
        ]
      : [fit(inLanguage(value, language), text)]
    if (heightOf([...lines, ...row]) > height) break
    lines.push(...row)
  }
  return lines
}

/** White on black, which no printer loses. */
function bannerLines(
  pdf: Pdf,
  { held }: LabelText,
  {
    width,
    text,
    language,
  }: { readonly width: number; readonly text: number; readonly language: LabelLanguage },
): SetLine[] {
  if (!held) return []
  const within = width - 2 * BANNER_PADDING
  const said = (name: LocalName, size: number): SetLine[] =>
    inFull(pdf, name, { size, width: within, language }).map((line) => ({ ...line, gap: 0, isBanner: true }))
  return [...said(held.plainly, text * TITLE), ...said(held.because, text * HELD_BECAUSE)]
}

const HELD_BECAUSE = 0.9

/** On one line where there is room; otherwise each language on its own, so that neither is cut short. */
function inFull(
  pdf: Pdf,
  name: LocalName,
  {
    size,
    width,
    language,
  }: { readonly size: number; readonly width: number; readonly language: LabelLanguage },
): Line[] {
  const whole = { text: inLanguage(name, language), size }
  if (isWithin(pdf, whole, width)) return [whole]
  return inEach(name, language).map((line) => fitted(pdf, { text: line, size }, width))
}

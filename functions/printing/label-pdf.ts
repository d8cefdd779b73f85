import PDFDocument from 'pdfkit'
import type { LabelLanguage, LabelText } from '../../shared/domain/printing/label.ts'
import {
  cellsOf,
  insideOf,
  isUpright,
  QUIET_MODULES,
  type Box,
  type Sheet,
} from '../../shared/domain/printing/sheets.ts'
import { outlineOf, type Matrix } from '../../shared/domain/printing/qr-outline.ts'
import { BANNER_PADDING, heightOf, linesOf, topOf, type LabelLine } from './label-lines.ts'
import { setLine, type Pdf } from './setting.ts'

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
  // All labels of a sheet are of one size, so what fits on one fits on all.
  const lines = fittingLines(pdf, job)
  for (let copy = 0; copy < copies; copy++) {
    const cell = cells[copy % cells.length]
    if (!cell) continue
    if (copy % cells.length === 0) {
      pdf.addPage()
      markCuts(pdf, sheet)
    }
    drawLabel(pdf, cell, job, lines)
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

/** Where the code goes, and what is left for the text: below it on a label that stands, beside it on one that lies. */
function partsOf(cell: Box, { sheet, codeMm }: LabelJob): { code: Pick<Box, 'x' | 'y'>; text: Box } {
  const { x, y, width, height } = insideOf(cell, sheet.inset)
  const taken = codeMm + GAP_MM
  if (isUpright(sheet))
    return {
      code: { x: x + (width - codeMm) / 2, y },
      text: { x, width, y: y + taken, height: height - taken },
    }
  return {
    code: { x, y: y + (height - codeMm) / 2 },
    text: { x: x + taken, width: width - taken, y, height },
  }
}

function fittingLines(pdf: Pdf, job: LabelJob): LabelLine[] {
  const { label, sheet, language } = job
  const [cell] = cellsOf(sheet)
  if (!cell) return []
  const { width, height } = partsOf(cell, job).text
  return linesOf(pdf, label, { width: points(width), height: points(height), sheet, language })
}

function drawLabel(pdf: Pdf, cell: Box, job: LabelJob, lines: readonly LabelLine[]): void {
  const { code, text } = partsOf(cell, job)
  drawCode(pdf, job.matrix, { ...code, side: job.codeMm })
  drawText(pdf, text, lines, job)
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

/** In the middle of its box beside a code, right below one. */
function drawText(pdf: Pdf, box: Box, lines: readonly LabelLine[], { sheet }: LabelJob): void {
  const [x, width, height] = [points(box.x), points(box.width), points(box.height)]
  let top = points(box.y) + (isUpright(sheet) ? 0 : topOf(lines, height))
  for (const line of lines) {
    top += line.gap
    if (line.isBanner) pdf.rect(x, top, width, heightOf(line) + OVERLAP).fill('black')
    pdf.fillColor(line.isBanner ? 'white' : 'black')
    setLine(pdf, line, { x: line.isBanner ? x + BANNER_PADDING : x, baseline: top + line.size })
    top += heightOf(line)
  }
}

/** So that between the bars of two lines nothing shines through, in points. */
const OVERLAP = 0.2

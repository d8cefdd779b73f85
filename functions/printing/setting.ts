import type PDFDocument from 'pdfkit'
import { runsOf, sliceOf } from './typeface.ts'

/** Setting lines of text in a PDF, in a typeface that lies in slices. Lengths are points. */
export type Pdf = InstanceType<typeof PDFDocument>

export interface Line {
  readonly text: string
  readonly size: number
}

export interface Place {
  readonly x: number
  /** Of the line that letters stand on. */
  readonly baseline: number
}

/** No smaller than this part of the size that it was meant to have; what is longer still is cut short. */
const SMALLEST = 0.7
const ELLIPSIS = '…'

/** The same line so that it is no wider than that: first smaller, then shorter, with an ellipsis. */
export function fitted(pdf: Pdf, { text, size }: Line, width: number): Line {
  const needed = widthOf(pdf, { text, size })
  if (needed <= width) return { text, size }
  const smaller = Math.max(size * SMALLEST, (size * width) / needed)
  const characters = Array.from(text)
  const cut = (kept: number): Line => ({
    text: kept === characters.length ? text : characters.slice(0, kept).join('').trimEnd() + ELLIPSIS,
    size: smaller,
  })
  const isShort = (kept: number): boolean => widthOf(pdf, cut(kept)) <= width + ROUNDING
  return cut(isShort(characters.length) ? characters.length : mostOf(characters.length - 1, isShort))
}

/** The most, from 1 on, of which that holds; where it holds of some, it holds of fewer. */
function mostOf(limit: number, holds: (count: number) => boolean): number {
  let [least, most] = [1, Math.max(1, limit)]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (holds(middle)) least = middle
    else most = middle - 1
  }
  return least
}

const ROUNDING = 0.01

export const isWithin = (pdf: Pdf, line: Line, width: number): boolean => widthOf(pdf, line) <= width

/** The same text on as many lines as it needs, of which the last is made to fit. */
export function wrapped(pdf: Pdf, { text, size }: Line, width: number, mostLines: number): Line[] {
  const lines: string[] = ['']
  for (const piece of text.split(BREAKS)) {
    const last = lines.at(-1) ?? ''
    const isFull = widthOf(pdf, { text: (last + piece).trimEnd(), size }) > width
    if (isFull && last !== '' && lines.length < mostLines) lines.push(piece.trimStart())
    else lines[lines.length - 1] = last + piece
  }
  return lines.map((line) => fitted(pdf, { text: line.trimEnd(), size }, width))
}

/** Lines end after a space, and before and after any Chinese character. */
const BREAKS = /(?<= )|(?=\p{Script=Han})|(?<=\p{Script=Han})(?!\p{P})/u

export function setLine(pdf: Pdf, { text, size }: Line, { x, baseline }: Place): void {
  let at = x
  for (const { slice, text: run } of runsOf(text)) {
    useSlice(pdf, slice, size)
    pdf.text(run, at, baseline, { lineBreak: false, baseline: 'alphabetic' })
    at += pdf.widthOfString(run)
  }
}

function widthOf(pdf: Pdf, { text, size }: Line): number {
  return runsOf(text).reduce((sum, { slice, text: run }) => {
    useSlice(pdf, slice, size)
    return sum + pdf.widthOfString(run)
  }, 0)
}

/** pdfkit opens a font at its first use and knows it by name from then on. */
function useSlice(pdf: Pdf, slice: string, size: number): void {
  pdf.registerFont(slice, sliceOf(slice))
  pdf.font(slice).fontSize(size)
}

import * as z from 'zod/mini'
import { COLOUR_PATTERN, faultOfColours } from '../../domain/printing/contrast.ts'
import { cursor } from './pages.ts'
import { LABEL_LANGUAGES } from '../../domain/printing/label.ts'
import { QUIET_MODULES, SHEETS } from '../../domain/printing/sheets.ts'
import { matching, optional, wholeNumber, withDefault } from './schema.ts'

/** Levels of error correction (ISO/IEC 18004): what part of a code may be lost, 7, 15, 25 and 30 %. */
export const LEVELS = ['L', 'M', 'Q', 'H'] as const
export type Level = (typeof LEVELS)[number]

const level = withDefault(
  z.enum(LEVELS),
  'Q',
  'Error correction. Q, if left out: what is printed on recycled plastic is worn',
)

const colour = (usual: string, description: string) =>
  withDefault(matching(COLOUR_PATTERN, 'A colour is six hex digits, without #'), usual, description)

const drawing = {
  level,
  quiet: withDefault(
    wholeNumber('The quiet zone', { least: QUIET_MODULES, most: 16 }),
    QUIET_MODULES,
    'Light modules on every side; with fewer than 4 readers do not find the code',
  ),
  dark: colour('000000', 'Colour of the modules, six hex digits'),
  light: colour('ffffff', 'Colour of the ground, six hex digits'),
}

/** Refuses colours between which no reader sees a code. */
function mustBeReadable({
  value,
  issues,
}: z.core.ParsePayload<{ readonly dark: string; readonly light: string }>): void {
  const fault = faultOfColours(value.dark, value.light)
  if (fault !== undefined) issues.push({ code: 'custom', message: fault, path: ['dark'], input: value })
}

const sizeMm = optional(
  wholeNumber('The side', { least: 10, most: 1000 }),
  'Side with the quiet zone, in millimetres; without it the drawing fills what it is put into',
)

export const qrSvgQuery = z.strictObject({ ...drawing, sizeMm }).check(mustBeReadable)

export const qrPngQuery = z
  .strictObject({
    ...drawing,
    sizePx: withDefault(
      wholeNumber('The side', { least: 64, most: 2000 }),
      720,
      'Side with the quiet zone, in pixels, at most: modules are whole pixels, so it comes out a little smaller',
    ),
  })
  .check(mustBeReadable)

export const labelQuery = z.strictObject({
  sheet: withDefault(
    z.enum(SHEETS),
    'a4',
    'Paper: A4 with eight labels, A5 with two, or one label on a roll of 50 × 30 or 100 × 150 mm',
  ),
  copies: withDefault(wholeNumber('The number of labels', { least: 1, most: 100 }), 1),
  lang: withDefault(z.enum(LABEL_LANGUAGES), 'both'),
  level,
  codeMm: optional(
    wholeNumber('The side of the code', { least: 10, most: 120 }),
    'Side of the code with its quiet zone, in millimetres; as the sheet has room for, if left out',
  ),
})

/** How many codes are drawn in one answer: a few seconds' work, and well below the 6 MB that Lambda answers with. */
const MOST_SERIALS = 2500

export const serialsQuery = z
  .strictObject({
    ...drawing,
    sizeMm,
    format: withDefault(
      z.enum(['csv', 'zip']),
      'csv',
      'A table of serial numbers and addresses, or an archive of one SVG for each piece',
    ),
    svg: withDefault(z.enum(['yes', 'no']), 'no', 'Whether the table has the drawings too'),
    limit: withDefault(
      wholeNumber('A limit', { least: 1, most: MOST_SERIALS }),
      1000,
      'At most so many; fewer where the answer would grow too large',
    ),
    cursor,
  })
  .check(mustBeReadable)

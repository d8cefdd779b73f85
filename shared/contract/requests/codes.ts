import * as z from 'zod'
import { COLOUR_PATTERN, faultOfColours } from '../../domain/printing/contrast.ts'
import { cursor } from './batches.ts'
import { LABEL_LANGUAGES } from '../../domain/printing/label.ts'
import { QUIET_MODULES, SHEETS } from '../../domain/printing/sheets.ts'

/** Levels of error correction (ISO/IEC 18004): what part of a code may be lost, 7, 15, 25 and 30 %. */
export const LEVELS = ['L', 'M', 'Q', 'H'] as const
export type Level = (typeof LEVELS)[number]

/** Digits and nothing else, as they stand in a query. */
export const wholeNumber = (
  what: string,
  { least, most }: { readonly least: number; readonly most: number },
) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `${what} is a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

const level = z.enum(LEVELS).default('Q').meta({
  description: 'Error correction. Q, if left out: what is printed on recycled plastic is worn',
})

const colour = (usual: string) =>
  z.string().regex(COLOUR_PATTERN, 'A colour is six hex digits, without #').default(usual)

const drawing = {
  level,
  quiet: wholeNumber('The quiet zone', { least: QUIET_MODULES, most: 16 })
    .default(QUIET_MODULES)
    .meta({ description: 'Light modules on every side; with fewer than 4 readers do not find the code' }),
  dark: colour('000000').meta({ description: 'Colour of the modules, six hex digits' }),
  light: colour('ffffff').meta({ description: 'Colour of the ground, six hex digits' }),
}

/** Refuses colours between which no reader sees a code. */
const READABLE = z.check<{ dark: string; light: string }>((payload) => {
  const { dark, light } = payload.value
  const fault = faultOfColours(dark, light)
  if (fault !== undefined)
    payload.issues.push({ code: 'custom', message: fault, path: ['dark'], input: payload.value })
})

export const qrSvgQuery = z
  .strictObject({
    ...drawing,
    sizeMm: wholeNumber('The side', { least: 10, most: 1000 }).optional().meta({
      description:
        'Side with the quiet zone, in millimetres; without it the drawing fills what it is put into',
    }),
  })
  .check(READABLE)

export const qrPngQuery = z
  .strictObject({
    ...drawing,
    sizePx: wholeNumber('The side', { least: 64, most: 2000 }).default(720).meta({
      description:
        'Side with the quiet zone, in pixels, at most: modules are whole pixels, so it comes out a little smaller',
    }),
  })
  .check(READABLE)

export const labelQuery = z.strictObject({
  sheet: z.enum(SHEETS).default('a4').meta({
    description:
      'Paper: A4 with eight labels, A5 with two, or one label on a roll of 50 × 30 or 100 × 150 mm',
  }),
  copies: wholeNumber('The number of labels', { least: 1, most: 100 }).default(1),
  lang: z.enum(LABEL_LANGUAGES).default('both'),
  level,
  codeMm: wholeNumber('The side of the code', { least: 10, most: 120 }).optional().meta({
    description:
      'Side of the code with its quiet zone, in millimetres; as the sheet has room for, if left out',
  }),
})

/** How many codes are drawn in one answer: a few seconds' work, and well below the 6 MB that Lambda answers with. */
const MOST_SERIALS = 2500

export const serialsQuery = z
  .strictObject({
    ...drawing,
    sizeMm: qrSvgQuery.shape.sizeMm,
    format: z.enum(['csv', 'zip']).default('csv').meta({
      description: 'A table of serial numbers and addresses, or an archive of one SVG for each piece',
    }),
    svg: z.enum(['yes', 'no']).default('no').meta({ description: 'Whether the table has the drawings too' }),
    limit: wholeNumber('A limit', { least: 1, most: MOST_SERIALS }).default(1000).meta({
      description: 'At most so many; fewer where the answer would grow too large',
    }),
    cursor,
  })
  .check(READABLE)

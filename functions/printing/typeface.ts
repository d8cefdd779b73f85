import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { unpackWoff } from './woff.ts'

/**
 * Noto Sans SC, in which labels are set: Latin and some 13,000 Chinese characters. The package cuts it into slices by how
 * often characters are used; a label reads the few that its words are in, and the PDF holds only the glyphs that it shows.
 */
const PACKAGE = '@fontsource/noto-sans-sc'

/** Medium: thin strokes break up on thermal paper. */
const WEIGHT = 500

/** A stretch of text that one slice has all characters of. */
export interface Run {
  /** The name of the slice, for {@link sliceOf}. */
  readonly slice: string
  readonly text: string
}

/** Stands for what the typeface does not have, such as most emoji. */
const UNKNOWN = '?'
const LATIN = 'latin'

/** Text in runs, in order. What is in no slice becomes a question mark; controls and marks of direction are dropped. */
export function runsOf(text: string): Run[] {
  const runs: { slice: string; text: string }[] = []
  for (const given of text.replaceAll(/[\p{Cc}\p{Cf}\p{Mn}\uFE0F]/gu, '')) {
    const found = sliceWith(given)
    const [slice, shown] = found === undefined ? [LATIN, UNKNOWN] : [found, given]
    const last = runs.at(-1)
    if (last?.slice === slice) last.text += shown
    else runs.push({ slice, text: shown })
  }
  return runs
}

const unpacked = new Map<string, Buffer>()

/** A slice as a font file. Kept: the same words come back with the next label. */
export function sliceOf(slice: string): Buffer {
  const kept = unpacked.get(slice)
  if (kept) return kept
  const font = unpackWoff(
    readFileSync(join(folder(), 'files', `noto-sans-sc-${slice}-${WEIGHT}-normal.woff`)),
  )
  unpacked.set(slice, font)
  return font
}

/** Where the package lies: beside the sources, and copied beside the bundle (infra/bundle.ts). */
function folder(): string {
  return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`))
}

interface Range {
  readonly from: number
  readonly to: number
  readonly slice: string
}

let ranges: readonly Range[] | undefined

/** Slices of characters that were looked for, of which there are no more than the typeface has. */
const seen = new Map<string, string>()

/** Latin letters and digits are in several slices; they are taken from one, so that a number is not set in two. */
function sliceWith(character: string): string | undefined {
  const known = seen.get(character)
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  ranges ??= readRanges()
  const found = ranges.find(({ from, to }) => from <= code && code <= to)?.slice
  if (found !== undefined) seen.set(character, found)
  return found
}

/** The package lists its slices as `{"[4]": "U+1f1e9-1f1f5,U+21a"}`; its plain ones are `latin` and the like. */
function readRanges(): Range[] {
  const listed: Record<string, string> = JSON.parse(readFileSync(join(folder(), 'unicode.json'), 'utf8'))
  const found = Object.entries(listed).flatMap(([name, text]) =>
    text.split(',').map((range) => rangeOf(name.replaceAll(/[[\]]/g, ''), range)),
  )
  return found.sort((a, b) => Number(b.slice === LATIN) - Number(a.slice === LATIN))
}

function rangeOf(slice: string, text: string): Range {
  const [from = '', to = from] = text.trim().slice('U+'.length).split('-')
  return { slice, from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }
}

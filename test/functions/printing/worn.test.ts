import { describe, expect, it } from 'vitest'
import type { Level } from '../../../shared/contract/requests/codes.ts'
import { codeUri, serialUri } from '../../../shared/domain/printing/code-uri.ts'
import { matrixOf } from '../../../functions/printing/qr.ts'
import type { Matrix } from '../../../shared/domain/printing/qr-outline.ts'
import { readCodes, type Grey } from './paper.ts'
import { blurred, codedModules, faded, inked, noisy, rotated, stained } from './worn.ts'

/**
 * Codes as they are after some years on recycled plastic, at the sizes that they are printed in, as a scanner of 300 dpi
 * sees them. What reads them shares no code with what drew them.
 */
const ORIGIN = 'https://tidemark.example.org'
const CODES = {
  passport: codeUri(ORIGIN, { id: 'B7K3M9QXT2ABC' }),
  piece: serialUri(ORIGIN, { gtin: '09506000134352', lot: 'C-2026-11', batch: 'B7K3M9QXT2ABC' }, 10_000),
}
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
const DAMAGE = 0.15

/** Room around it, so that nothing is cut off when it is turned. */
const BORDER_MODULES = 12
const DOTS_PER_MM = 300 / 25.4

const onPaper = (matrix: Matrix, sideMm: number): Grey =>
  inked(matrix, { modulePixels: (sideMm * DOTS_PER_MM) / (matrix.size + 8), border: BORDER_MODULES })

const damaged = (matrix: Matrix, seed: number): Matrix =>
  stained(matrix, { modules: DAMAGE * codedModules(matrix.size), seed })

async function readEach(pictures: readonly Grey[]): Promise<Set<string | undefined>> {
  return new Set((await Promise.all(pictures.map(readCodes))).map(([text]) => text))
}

describe.each(Object.entries(CODES))('a code of 15 mm for a %s', (_, uri) => {
  const matrix = matrixOf(uri, 'Q')
  const whole = onPaper(matrix, 15)

  it('is read at any angle', async () => {
    expect(await readEach([3, 30, 45, 90, 133, 180, 271].map((degrees) => rotated(whole, degrees)))).toEqual(
      new Set([uri]),
    )
  })

  it('is read out of focus', async () => {
    expect(await readEach([blurred(whole, 1)])).toEqual(new Set([uri]))
  })

  it('is read through noise', async () => {
    expect(await readEach(SEEDS.map((seed) => noisy(whole, 30, seed)))).toEqual(new Set([uri]))
  })

  it('is read faded, on a ground that is not white', async () => {
    expect(await readEach([faded(whole, 90, 190)])).toEqual(new Set([uri]))
  })

  it('is read where a stain hides 15 % of what it says, wherever that lies', async () => {
    expect(await readEach(SEEDS.map((seed) => onPaper(damaged(matrix, seed), 15)))).toEqual(new Set([uri]))
  })

  it('is read stained, turned and through noise at once', async () => {
    const pictures = SEEDS.map((seed) =>
      noisy(rotated(onPaper(damaged(matrix, seed), 15), 17 * seed), 20, seed),
    )
    expect(await readEach(pictures)).toEqual(new Set([uri]))
  })
})

describe.each(Object.entries(CODES))('a code of 24 mm for a %s', (_, uri) => {
  it('is read stained, turned, out of focus and through noise at once', async () => {
    const pictures = SEEDS.map((seed) => {
      const paper = onPaper(damaged(matrixOf(uri, 'Q'), seed), 24)
      return noisy(blurred(rotated(paper, 17 * seed), 1), 10, seed)
    })
    expect(await readEach(pictures)).toEqual(new Set([uri]))
  })
})

describe('a level of error correction', () => {
  it.each<[Level, boolean]>([
    ['M', false],
    ['Q', true],
    ['H', true],
  ])('%s outlasts damage of 15 per cent: %s', async (level, outlasts) => {
    const matrix = matrixOf(CODES.passport, level)
    const read = await readEach(SEEDS.map((seed) => onPaper(damaged(matrix, seed), 24)))
    expect(read.size === 1 && read.has(CODES.passport)).toBe(outlasts)
  })
})

describe('the wear of these tests', () => {
  it('knows how many modules hold code words, as ISO/IEC 18004 lists them by version', () => {
    expect([21, 25, 29, 33, 37, 45, 57].map(codedModules)).toEqual([208, 359, 567, 807, 1079, 1568, 2768])
  })

  it('is the same every time', () => {
    const matrix = matrixOf(CODES.passport, 'Q')
    expect(damaged(matrix, 3)).toEqual(damaged(matrix, 3))
    expect(damaged(matrix, 3)).not.toEqual(damaged(matrix, 4))
  })
})

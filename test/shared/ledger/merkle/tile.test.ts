import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FULL,
  grownTiles,
  hashesAt,
  parseTilePath,
  partialTiles,
  placeOf,
  tileIn,
  tilePath,
} from '../../../../shared/ledger/merkle/tile.ts'
import { big } from './altered.ts'

describe('the path of a tile (c2sp.org/tlog-tiles)', () => {
  it('has its index in threes, all but the last with an x', () => {
    expect(tilePath({ level: 0, index: 0n, width: FULL })).toBe('tile/0/000')
    expect(tilePath({ level: 0, index: 999n, width: FULL })).toBe('tile/0/999')
    expect(tilePath({ level: 1, index: 1_000n, width: FULL })).toBe('tile/1/x001/000')
    expect(tilePath({ level: 0, index: 1_234_067n, width: FULL })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 63, index: 12n, width: 255 })).toBe('tile/63/012.p/255')
  })

  it('is read back as the tile that it was', () => {
    const tiles = fc.record({
      level: fc.nat({ max: 63 }),
      index: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      width: fc.integer({ min: 1, max: FULL }),
    })
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual({ ok: true, value: tile })
      }),
    )
  })

  it.each([
    '',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/x001/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/../000',
    'tile/0/000\n',
    'tile/0/٠٠٠',
    'tile/entries/000',
    `tile/0/${'x999/'.repeat(8)}999`,
  ])('is refused when it is %j', (path) => {
    expect(parseTilePath(path)).toMatchObject({ ok: false, why: expect.stringContaining('given: ') })
  })
})

describe('the tiles of a tree', () => {
  it('are, of 70,000 leaves, those that the specification counts', () => {
    const tiles = grownTiles(0n, 70_000n)
    const count = (level: number): number[] => {
      const widths = tiles.filter((tile) => tile.level === level).map(({ width }) => width)
      return [widths.filter((width) => width === FULL).length, ...widths.filter((width) => width < FULL)]
    }
    expect([0, 1, 2, 3].map(count)).toEqual([[273, 112], [1, 17], [0, 1], [0]])
  })

  it('are, of 256 leaves, a whole one and one above it', () => {
    expect(grownTiles(0n, 256n).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
    expect(partialTiles(256n).map(tilePath)).toEqual(['tile/1/000.p/1'])
    expect(partialTiles(0n)).toEqual([])
  })

  it('are written when they change, and no others', () => {
    expect(grownTiles(10n, 10n)).toEqual([])
    expect(grownTiles(10n, 11n).map(tilePath)).toEqual(['tile/0/000.p/11'])
    expect(grownTiles(255n, 258n).map(tilePath)).toEqual(['tile/0/000', 'tile/0/001.p/2', 'tile/1/000.p/1'])
    expect(grownTiles(256n, 258n).map(tilePath)).toEqual(['tile/0/001.p/2'])
  })

  it('are all there for a size, whatever sizes were written before', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(sizes, (unsorted) => {
        const written = new Set<string>()
        let before = 0n
        for (const size of unsorted.toSorted((a, b) => a - b).map(BigInt)) {
          for (const tile of grownTiles(before, size)) written.add(tilePath(tile))
          before = size
        }
        expect(
          grownTiles(0n, before)
            .map(tilePath)
            .filter((path) => !written.has(path)),
        ).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('are in trees of any size as wide as what is whole below them', () => {
    fc.assert(
      fc.property(big(1n), fc.nat({ max: 7 }), (size, level) => {
        const hashes = hashesAt(level, size)
        expect(hashes).toBe(size / 256n ** BigInt(level))
        const last = hashes === 0n ? 0n : (hashes - 1n) / 256n
        const width = hashes === 0n ? undefined : Number(hashes - last * 256n)
        expect(tileIn(size, level, last)?.width).toBe(width)
        expect(tileIn(size, level, hashes / 256n + 1n)).toBeUndefined()
      }),
    )
  })
})

describe('the place of a complete subtree', () => {
  it('spans its own leaves, in a tile that the tree has', () => {
    fc.assert(
      fc.property(big(1n), fc.nat({ max: 63 }), fc.bigInt({ min: 0n }), (size, any, other) => {
        const level = any % size.toString(2).length
        const index = other % (size >> BigInt(level))
        const { tile, at, count } = placeOf({ level, index }, size)
        const span = 256n ** BigInt(tile.level)
        expect((tile.index * 256n + BigInt(at)) * span).toBe(index << BigInt(level))
        expect(BigInt(count) * span).toBe(1n << BigInt(level))
        expect(tile).toEqual(tileIn(size, tile.level, tile.index))
        expect(at + count).toBeLessThanOrEqual(tile.width)
      }),
    )
  })

  it('is nowhere for what the tree does not have', () => {
    expect(() => placeOf({ level: 0, index: 5n }, 5n)).toThrow(RangeError)
    expect(() => placeOf({ level: 2, index: 1n }, 7n)).toThrow(RangeError)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proveConsistency, verifyConsistency } from '../../../../shared/ledger/merkle/consistency.ts'
import { proveInclusion, verifyInclusion } from '../../../../shared/ledger/merkle/inclusion.ts'
import { grownTiles, tilePath, type Tile } from '../../../../shared/ledger/merkle/tile.ts'
import { verifyTiles } from '../../../../shared/ledger/merkle/tile-audit.ts'
import {
  EMPTY_EDGE,
  frontierOf,
  growTiles,
  hashesOf,
  readEdge,
  tileReader,
  type Edge,
  type LoadTiles,
} from '../../../../shared/ledger/merkle/tiles.ts'
import { emptyRoot, rootOf, rootOfLeaves, type Hash } from '../../../../shared/ledger/merkle/tree.ts'
import { hashOf, withBitTurned } from './altered.ts'
import { leavesOf } from './rfc6962.ts'

/** A store of tiles by their paths, as a bucket is, and what was loaded from it. */
interface Store {
  readonly files: Map<string, Uint8Array>
  readonly loaded: string[]
  readonly load: LoadTiles
}

function store(): Store {
  const files = new Map<string, Uint8Array>()
  const loaded: string[] = []
  const load = async (tiles: readonly Tile[]): Promise<(Uint8Array | undefined)[]> => {
    const paths = tiles.map(tilePath)
    loaded.push(...paths)
    return paths.map((path) => files.get(path))
  }
  return { files, loaded, load }
}

async function grow(edge: Edge, leaves: readonly Hash[], { files }: Store): Promise<Edge> {
  const grown = await growTiles(edge, leaves)
  for (const { tile, bytes } of grown.tiles) files.set(tilePath(tile), bytes)
  return grown.edge
}

async function logOf(size: number): Promise<{ leaves: Hash[]; edge: Edge; root: Hash } & Store> {
  const log = store()
  const leaves = leavesOf(size)
  const edge = await grow(EMPTY_EDGE, leaves, log)
  return { leaves, edge, root: await rootOfLeaves(leaves), ...log }
}

describe('tiles of a growing tree', () => {
  it('are those that are to be written, and lead to one root, however the leaves come', async () => {
    const counts = fc.array(fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 700 })), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(counts, async (some) => {
        const leaves = leavesOf(some.reduce((sum, count) => sum + count, 0))
        let edge = EMPTY_EDGE
        let at = 0
        for (const count of some) {
          const grown = await growTiles(edge, leaves.slice(at, (at += count)))
          expect(grown.tiles.map(({ tile }) => tilePath(tile))).toEqual(
            grownTiles(edge.size, grown.edge.size).map(tilePath),
          )
          for (const { tile, bytes } of grown.tiles) expect(bytes.length).toBe(tile.width * 32)
          edge = grown.edge
        }
        expect(edge).toEqual((await growTiles(EMPTY_EDGE, leaves)).edge)
        expect(await rootOf(await frontierOf(edge))).toEqual(await rootOfLeaves(leaves))
      }),
      { numRuns: 40 },
    )
  })

  it('contain the leaves at level 0, and above the roots of whole tiles', async () => {
    const { leaves, files } = await logOf(600)
    expect([...files.keys()]).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2'])
    expect(files.get('tile/0/001')).toEqual(
      Uint8Array.from(leaves.slice(256, 512).flatMap((leaf) => [...leaf])),
    )
    const roots = await Promise.all([0, 256].map(async (at) => rootOfLeaves(leaves.slice(at, at + 256))))
    expect(files.get('tile/1/000.p/2')).toEqual(Uint8Array.from(roots.flatMap((root) => [...root])))
  })

  it('reach a third level', async () => {
    const { edge, files, root, load } = await logOf(65_537)
    expect(edge.levels.map(({ length }) => length)).toEqual([1, 0, 1])
    expect(files.size).toBe(256 + 1 + 1 + 1)
    expect(await rootOf(await frontierOf(edge))).toEqual(root)
    expect(await readEdge(65_537n, root, load)).toEqual({ ok: true, value: edge })
    expect(await verifyTiles(65_537n, root, load)).toEqual({ ok: true })
  })

  it('are loaded again where they ended, and grow on from there', async () => {
    const log = store()
    const leaves = leavesOf(1_300)
    let edge = EMPTY_EDGE
    for (const size of [0, 1, 255, 256, 257, 511, 512, 1_000, 1_300]) {
      edge = await grow(edge, leaves.slice(Number(edge.size), size), log)
      const root = await rootOfLeaves(leaves.slice(0, size))
      const read = await readEdge(BigInt(size), root, log.load)
      expect(read).toEqual({ ok: true, value: edge })
      if (read.ok) edge = read.value
    }
  })

  it('are not taken for those of another tree', async () => {
    const { load, root, files } = await logOf(600)
    const other = await readEdge(600n, await emptyRoot(), load)
    expect(other).toEqual({
      ok: false,
      why: 'the tiles at the right edge of 600 leaves do not lead to the root',
    })
    const larger = await readEdge(601n, root, load)
    expect(larger).toEqual({ ok: false, why: 'tile/0/002.p/89 is missing' })
    files.set('tile/0/002.p/88', files.get('tile/0/002.p/88')?.subarray(1) ?? new Uint8Array())
    expect(await readEdge(600n, root, load)).toEqual({
      ok: false,
      why: 'tile/0/002.p/88 must be 2816 bytes; given: 2815',
    })
  })
})

describe('proofs from tiles', () => {
  it('verify, for any leaf and between any sizes', async () => {
    const { leaves, root, load } = await logOf(1_500)
    const read = tileReader(1_500n, load)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1_499 }), async (index) => {
        const path = await proveInclusion(BigInt(index), 1_500n, read)
        if (!path.ok) throw new Error(path.why)
        const claim = { index: BigInt(index), size: 1_500n, leaf: hashOf(leaves, index), root }
        expect(await verifyInclusion(claim, path.value)).toEqual({ ok: true })
        const oldSize = BigInt(index + 1)
        const proof = await proveConsistency(oldSize, 1_500n, read)
        if (!proof.ok) throw new Error(proof.why)
        const oldRoot = await rootOfLeaves(leaves.slice(0, index + 1))
        const growth = { oldSize, oldRoot, newSize: 1_500n, newRoot: root }
        expect(await verifyConsistency(growth, proof.value)).toEqual({ ok: true })
      }),
      { numRuns: 60 },
    )
  })

  it('load each tile once, and all of a proof at once', async () => {
    const { load, loaded } = await logOf(1_500)
    let calls = 0
    const read = tileReader(1_500n, async (tiles) => {
      calls++
      return load(tiles)
    })
    await proveInclusion(300n, 1_500n, read)
    expect(calls).toBe(1)
    expect(loaded.toSorted()).toEqual(['tile/0/001', 'tile/0/005.p/220', 'tile/1/000.p/5'])
  })

  it('take a whole tile where the partial one is gone', async () => {
    const log = await logOf(256)
    log.files.set('tile/0/000.p/100', hashesBytes(log.files.get('tile/0/000')))
    const path = await proveInclusion(3n, 100n, tileReader(100n, log.load))
    expect(path.ok && path.value.length).toBe(7)
  })

  it('are not made from a tile that is cut or missing, and this is said', async () => {
    const { files, load } = await logOf(600)
    const bytes = files.get('tile/0/001') ?? new Uint8Array()
    files.set('tile/0/001', bytes.subarray(0, 32 * 255))
    expect(await proveInclusion(300n, 600n, tileReader(600n, load))).toEqual({
      ok: false,
      why: 'tile/0/001 must be 8192 bytes; given: 8160',
    })
    files.delete('tile/0/001')
    expect(await proveInclusion(300n, 600n, tileReader(600n, load))).toEqual({
      ok: false,
      why: 'tile/0/001 is missing',
    })
  })

  it('cannot be asked of a subtree that the tree does not have', async () => {
    const { load } = await logOf(600)
    await expect(tileReader(600n, load)([{ level: 10, index: 0n }])).rejects.toThrow(RangeError)
    await expect(tileReader(600n, load)([{ level: 0, index: 600n }])).rejects.toThrow(RangeError)
  })
})

describe('an audit of all tiles', () => {
  it('holds for every size, and loads each tile once', async () => {
    for (const size of [0, 1, 255, 256, 257, 600, 1_024]) {
      const { root, load, loaded } = await logOf(size)
      expect(await verifyTiles(BigInt(size), root, load)).toEqual({ ok: true })
      expect(loaded.toSorted()).toEqual(grownTiles(0n, BigInt(size)).map(tilePath).toSorted())
    }
  })

  it('notices any bit of any tile that is changed, a tile that is cut, and one that is missing', async () => {
    const { root, load, files } = await logOf(1_400)
    const paths = [...files.keys()]
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (any, bit) => {
        const path = paths[any % paths.length] ?? ''
        const bytes = files.get(path) ?? new Uint8Array()
        for (const wrong of [withBitTurned(bytes, bit), bytes.subarray(0, -32), undefined]) {
          if (wrong) files.set(path, wrong)
          else files.delete(path)
          expect((await verifyTiles(1_400n, root, load)).ok).toBe(false)
        }
        files.set(path, bytes)
      }),
      { numRuns: 30 },
    )
    expect(await verifyTiles(1_400n, root, load)).toEqual({ ok: true })
  })

  it('says which tile it is', async () => {
    const { root, load, files } = await logOf(1_400)
    files.set('tile/0/002', withBitTurned(files.get('tile/0/002') ?? new Uint8Array(), 9))
    expect(await verifyTiles(1_400n, root, load)).toEqual({
      ok: false,
      why: 'tile/0/002 does not lead to the root',
    })
  })
})

describe('the contents of a tile', () => {
  it('must be as long as it is wide', () => {
    const tile = { level: 0, index: 0n, width: 2 }
    expect(hashesOf(tile, new Uint8Array(64))).toEqual({
      ok: true,
      value: [new Uint8Array(32), new Uint8Array(32)],
    })
    for (const length of [0, 32, 63, 65, 96])
      expect(hashesOf(tile, new Uint8Array(length))).toMatchObject({ ok: false })
  })
})

const hashesBytes = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? new Uint8Array()

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isSampled,
  linesOf,
  parseLine,
  printEnd,
  printEvent,
  printHeader,
  printNext,
  printSigned,
} from '../../../shared/verification/bundle.ts'
import { canonicalJson } from '../../../shared/ledger/canonical.ts'

const HASH = 'ab'.repeat(32)
const HEADER = { batch: 'B7K3M9QXT2ABC', head: HASH, proof: 'c2sp.org/tlog-proof@v1\n…' }
const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const
const SIGNED = { event: HASH, opening: { salt: '00', value: 'a.b.c' }, key: KEY }

const read = (printed: string): unknown => {
  expect(printed.endsWith('\n')).toBe(true)
  return parseLine(printed.slice(0, -1))
}

describe('a line of a bundle', () => {
  it('is read as it was printed', () => {
    const sample = { share: 0.02, seed: 'dice' }
    expect(read(printHeader(HEADER))).toEqual({ ok: true, value: { kind: 'header', header: HEADER } })
    expect(read(printHeader({ ...HEADER, sample }))).toEqual({
      ok: true,
      value: { kind: 'header', header: { ...HEADER, sample } },
    })
    expect(read(printSigned(SIGNED))).toEqual({ ok: true, value: { kind: 'signed', signed: SIGNED } })
    expect(read(printNext('7-abc'))).toEqual({ ok: true, value: { kind: 'next', cursor: '7-abc' } })
    expect(read(printEnd())).toEqual({ ok: true, value: { kind: 'end' } })
    expect(read(printEnd(7))).toEqual({ ok: true, value: { kind: 'end', events: 7 } })
  })

  it('is an event where it has a type, and keeps the very text that was hashed', () => {
    const text = canonicalJson({ v: 1, type: 'BatchHeld', next: 'not a cursor', end: true })
    expect(read(printEvent(text))).toEqual({
      ok: true,
      value: { kind: 'event', text, value: JSON.parse(text) },
    })
  })

  it.each([
    ['no JSON', '{"next":'],
    ['a list', '[]'],
    ['nothing that is known', '{"other":1}'],
    ['a header of another version', JSON.stringify({ bundle: 'tidemark/2', ...HEADER })],
    ['a header without a proof', JSON.stringify({ bundle: 'tidemark/1', batch: 'B', head: HASH })],
    ['a header whose head is no hash', JSON.stringify({ bundle: 'tidemark/1', ...HEADER, head: 'AB' })],
    [
      'a header with a sample of nothing',
      JSON.stringify({ bundle: 'tidemark/1', ...HEADER, sample: { share: 0, seed: 'x' } }),
    ],
    ['a signed entry without its salt', JSON.stringify({ signed: { ...SIGNED, opening: { value: '' } } })],
    [
      'a signed entry with another kind of key',
      JSON.stringify({ signed: { ...SIGNED, key: { kty: 'RSA' } } }),
    ],
    ['an empty cursor', '{"next":""}'],
    ['an end after minus one event', '{"end":{"events":-1}}'],
  ])('is refused where it is %s', (_, text) => {
    expect(parseLine(text)).toMatchObject({ ok: false })
  })
})

describe('the lines of a text in pieces', () => {
  const lined = async (pieces: Uint8Array[]): Promise<string[]> => {
    const lines: string[] = []
    for await (const line of linesOf(pieces)) lines.push(line)
    return lines
  }

  it('are the same wherever it is cut, also within a character', async () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\n'))),
        cuts,
        async (lines, at) => {
          const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
          const ends = [...at.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b)
          const pieces = ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
          expect(await lined(pieces)).toEqual(lines.map((line) => line.toWellFormed()))
        },
      ),
    )
  })

  it('do not have one that was cut off', async () => {
    expect(await lined([new TextEncoder().encode('{"end":true}\n{"en')])).toEqual(['{"end":true}'])
  })
})

describe('a sample', () => {
  it('has as large a part of all as its share says, by lots that nobody but the seed draws', async () => {
    const ids = Array.from({ length: 2000 }, (_, index) => `B${index}`)
    const drawn = async (seed: string): Promise<boolean[]> =>
      Promise.all(ids.map(async (id) => isSampled(id, { share: 0.25, seed })))
    const [one, again, other] = await Promise.all([drawn('one'), drawn('one'), drawn('other')])
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
    expect(Math.abs(one.filter(Boolean).length - 500)).toBeLessThan(60)
  })

  it('of a share of 1 has all', async () => {
    expect(await isSampled('B7K3M9QXT2ABC', { share: 1, seed: 'x' })).toBe(true)
  })
})

import { expect, it } from 'vitest'
import {
  faultOfValue,
  GTIN_AI,
  isQualifier,
  QUALIFIER_ORDER,
  QUALIFIERS,
  STANDS_ALONE,
} from '../../shared/domain/gs1/elements.ts'
import { standardOr } from './standards.ts'

/** What we know of application identifiers, beside what GS1's Syntax Dictionary says of them. */
const DICTIONARY = 'gs1-digital-link/gs1-syntax-dictionary.txt'

interface Entry {
  readonly specification: string
  readonly qualifiers: string | undefined
}

function entriesIn(dictionary: string): Map<string, Entry> {
  const rows = dictionary.matchAll(/^(\d{2,4})\s+[*?!"$]*\s*([NXYZ]\S*(?:\s+\[?[NXYZ][\d.]\S*)*)(.*)$/gm)
  return new Map(
    [...rows].map(([, ai = '', specification = '', rest = '']) => [
      ai,
      { specification: specification.trim(), qualifiers: /dlpkey=(\S+)/.exec(rest)?.[1] },
    ]),
  )
}

it('knows the qualifiers of a GTIN, their order and their lengths', async ({ skip }) => {
  const entries = entriesIn(await standardOr(skip, DICTIONARY))
  expect(entries.get(GTIN_AI)).toMatchObject({
    specification: expect.stringMatching(/^N14,csum/),
    qualifiers: [QUALIFIER_ORDER.join(), STANDS_ALONE].join('|'),
  })
  expect(Object.keys(QUALIFIERS).toSorted()).toEqual([...QUALIFIER_ORDER, STANDS_ALONE].toSorted())
  for (const [ai, { longest }] of Object.entries(QUALIFIERS))
    expect([ai, entries.get(ai)?.specification]).toEqual([ai, `X..${longest}`])
})

it('takes none of the other AIs of the dictionary for a qualifier', async ({ skip }) => {
  const entries = entriesIn(await standardOr(skip, DICTIONARY))
  expect(entries.size).toBeGreaterThan(100)
  const taken = [...entries.keys()].filter(isQualifier)
  expect(taken.toSorted()).toEqual(Object.keys(QUALIFIERS).toSorted())
})

it('allows in values the 82 characters of GS1, and no other of ASCII', () => {
  const allowed = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => faultOfValue('10', character) === undefined,
  )
  expect(allowed.join('')).toBe(
    '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  )
  expect(allowed).toHaveLength(82)
})

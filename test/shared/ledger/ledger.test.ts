import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Subject } from '../../../shared/domain/state/fold.ts'
import { canonicalJson, isCanonical } from '../../../shared/ledger/canonical.ts'
import { eventHash, toHex, leafHash } from '../../../shared/ledger/hash.ts'
import { linkEvents } from '../../../shared/ledger/link.ts'
import { sha256 as sha256ByNode } from '../../../shared/ledger/sha256/node.ts'
import { sha256 as sha256ByWebCrypto } from '../../../shared/ledger/sha256/web.ts'
import { commitment, seal } from '../../../shared/ledger/seal.ts'
import {
  accepted,
  ACTOR,
  givenPickups,
  pickupCommand,
  processBatches,
  runCommand,
} from '../domain/scenario.ts'

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units, at every depth', () => {
    // RFC 8785 §3.2.3: the euro sign sorts before the emoji's surrogates, which sort before the ligature U+FB33.
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(value)))).toHaveLength(7)
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
    expect(canonicalJson({ b: { d: 1, c: [2, { z: 1, a: 2 }] }, a: 0 })).toBe(
      '{"a":0,"b":{"c":[2,{"a":2,"z":1}],"d":1}}',
    )
  })

  it('writes numbers as ECMAScript does', () => {
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
  })

  it('says the same for any order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('knows its own texts from any others of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value)
        for (const other of [text, JSON.stringify(value), JSON.stringify(value, undefined, 1), ` ${text}`])
          expect(isCanonical(other, JSON.parse(other))).toBe(other === text)
      }),
    )
  })

  it.each([
    ['{"10":1,"9":2}', true],
    ['{"9":2,"10":1}', false],
    ['{"":1,"a":2}', true],
    ['{"a":1,"":2}', false],
    ['[{"b":1,"a":2}]', false],
    ['{"a":1,"a":2}', false],
    ['{"a":-0}', false],
    ['{"a":1.0}', false],
    ['{"a":"\\u0061"}', false],
    ['{"a":"\\\\ud800"}', true],
  ])('says of %s whether it is canonical: %s', (text, is) => {
    expect(isCanonical(text, JSON.parse(text))).toBe(is)
  })

  it('refuses a text with half a character, which the platform writes without complaint', () => {
    const text = '{"a":"\\ud800"}'
    expect(() => isCanonical(text, JSON.parse(text))).toThrow(TypeError)
  })

  it('refuses what JSON cannot carry', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined, () => 1, 1n]) {
      expect(() => canonicalJson(value)).toThrow(TypeError)
    }
  })
})

describe('hashes', () => {
  it('are the same by Node and by a browser', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const given = new Uint8Array(bytes)
        expect(toHex(await sha256ByNode(given))).toBe(toHex(await sha256ByWebCrypto(given)))
      }),
    )
  })

  it('are SHA-256 over a zero byte and the data (RFC 6962)', async () => {
    const data = new TextEncoder().encode('{"a":1}')
    const expected = createHash('sha256')
      .update(new Uint8Array([0]))
      .update(data)
      .digest('hex')
    expect(toHex(await leafHash(data))).toBe(expected)
    expect(await eventHash({ a: 1 })).toBe(expected)
    expect(toHex(await leafHash(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
  })
})

describe('links', () => {
  it('name the last event of everything that an event touches, also within one command', async () => {
    const world = new Map<string, Subject>(givenPickups(pickupCommand()))
    const events = accepted(processBatches(runCommand(), world, ACTOR))
    const [opened, charged, closed] = await linkEvents(events, world)
    expect(opened?.event.previous).toEqual([])
    expect(charged?.event.previous).toEqual([
      { subject: 'RAAAAAAAAAAAA', hash: opened?.hash },
      { subject: 'BAAAAAAAAAAAA', hash: 'hash of BAAAAAAAAAAAA-1' },
    ])
    expect(closed?.event.previous).toEqual([{ subject: 'RAAAAAAAAAAAA', hash: charged?.hash }])
    expect(closed?.hash).toBe(await eventHash(closed?.event))
  })

  it('make a later hash depend on every gram before it', async () => {
    const hashWith = async (massGrams: number): Promise<string | undefined> => {
      const events = accepted(
        processBatches(
          runCommand({ losses: { 'wash-loss': massGrams } }),
          givenPickups(pickupCommand()),
          ACTOR,
        ),
      )
      return (await linkEvents(events, givenPickups(pickupCommand()))).at(-1)?.hash
    }
    expect(await hashWith(19_999)).not.toBe(await hashWith(20_000))
  })
})

describe('sealing', () => {
  it('commits to each field by itself, and to nothing that is absent', async () => {
    let salt = 0
    const sealed = await seal({ collector: '陈阿公', vessel: undefined, position: { lat: 28.4531 } }, () =>
      String(salt++),
    )
    expect(Object.keys(sealed.commitments)).toEqual(['collector', 'position'])
    const opening = sealed.openings['collector']
    if (!opening) throw new Error('the collector was sealed')
    expect(await commitment(opening)).toBe(sealed.commitments['collector'])
    expect(await commitment({ ...opening, value: '王阿婆' })).not.toBe(sealed.commitments['collector'])
  })

  it('gives equal values different commitments', async () => {
    let salt = 0
    const { commitments } = await seal({ a: 'same', b: 'same' }, () => String(salt++))
    expect(commitments['a']).not.toBe(commitments['b'])
  })
})

import { describe, expect, it } from 'vitest'
import { hashedEventIn, text } from '../../../../functions/adapters/items.ts'
import { eventFromText, UPCASTERS, type Upcaster } from '../../../../shared/domain/events/upcasting.ts'
import { canonicalJson } from '../../../../shared/ledger/canonical.ts'
import { canonicalHash } from '../../../../shared/ledger/hash.ts'

/** Two versions that there never were: one that said kilograms, and one before it that said tonnes. */
const fromTonnes: Upcaster = ({ data, ...event }) => ({
  ...event,
  v: 0,
  data: { massKg: member(data, 'massTonnes') * 1_000 },
})
const fromKilograms: Upcaster = ({ data, ...event }) => ({
  ...event,
  v: 1,
  data: { massGrams: member(data, 'massKg') * 1_000 },
})
const member = (data: unknown, name: string): number =>
  Number(Object.entries(data ?? {}).find(([found]) => found === name)?.[1])

const OLD: ReadonlyMap<string, Upcaster> = new Map([
  ['PickupRecorded@-1', fromTonnes],
  ['PickupRecorded@0', fromKilograms],
])
const ANCIENT = canonicalJson({
  v: -1,
  id: 'B0000000000001-1',
  type: 'PickupRecorded',
  data: { massTonnes: 2 },
})

describe('an event of an older version', () => {
  it('is read in the shape of today, step by step', () => {
    expect(eventFromText(ANCIENT, OLD)).toEqual({
      v: 1,
      id: 'B0000000000001-1',
      type: 'PickupRecorded',
      data: { massGrams: 2_000_000 },
    })
  })

  it('keeps the hash of the text that was stored', async () => {
    const hash = await canonicalHash(ANCIENT)
    const read = hashedEventIn({ event: text(ANCIENT), hash: text(hash) })
    expect(read.hash).toBe(hash)
    expect(await canonicalHash(canonicalJson(eventFromText(ANCIENT, OLD)))).not.toBe(hash)
  })

  it('is not read where a step does not lead to the next version', () => {
    const astray = new Map(OLD).set('PickupRecorded@0', (event) => event)
    expect(() => eventFromText(ANCIENT, astray)).toThrow('of version 0 makes version 0')
  })

  it('of today is taken as it is', () => {
    const today = canonicalJson({ v: 1, type: 'PickupRecorded', data: { massGrams: 1 } })
    expect(eventFromText(today)).toEqual(JSON.parse(today))
    expect(UPCASTERS.size).toBe(0)
  })
})

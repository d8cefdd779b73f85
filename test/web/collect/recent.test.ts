import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, type PickupBody } from '../../../web/collect/entry.ts'
import {
  isEntry,
  MAX_REMEMBERED,
  newEntry,
  remember,
  shownEntries,
  type Entry,
} from '../../../web/collect/recent.ts'

const body: PickupBody = { siteId: 'dachen', form: 'net', massKg: 3, collector: '老王' }

function entry(id: string, change: Partial<Entry> = {}): Entry {
  return {
    id,
    madeAt: '2026-08-05T06:30:00.000Z',
    form: 'net',
    massKg: 3,
    siteId: 'dachen',
    state: { is: 'sending' },
    photos: { count: 2, unsent: 2, skipped: 0, state: 'waiting' },
    packet: { draft: EMPTY_DRAFT, body },
    ...change,
  }
}

const received: Entry['state'] = { is: 'received', receipt: { batchId: 'B7K3M9QXT2ABC', massKg: 3 } }
const refused: Entry['state'] = { is: 'refused', refusal: { code: 'future-time', detail: 'Too late.' } }

it('makes an entry that owes every photo that it claims', () => {
  const madeAt = new Date('2026-08-05T06:30:00.000Z')
  const packet = { draft: EMPTY_DRAFT, body }
  expect(newEntry('a', madeAt, packet, { massKg: 3, count: 2, skipped: 0 })).toEqual(entry('a'))
})

describe('the entries of this phone', () => {
  it('puts a new entry first, in place of the one that it corrects', () => {
    const before = [entry('b'), entry('a', { state: refused })]
    const after = remember(before, { is: 'made', entry: entry('c'), replaces: 'a' })
    expect(after.map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('forgets names and positions once the entry has arrived', () => {
    const [after] = remember([entry('a')], { is: 'changed', id: 'a', state: received })
    expect(after).toMatchObject({ id: 'a', state: received })
    expect(JSON.stringify(after)).not.toContain('老王')
  })

  it('keeps an entry as it was signed until it has arrived, and forgets it then', () => {
    const signed = { by: 'D1', jws: 'a.b.c' }
    const [kept] = remember([entry('a')], { is: 'signed', id: 'a', signed })
    expect(kept?.packet).toEqual({ draft: EMPTY_DRAFT, body, signed })
    const [after] = remember(kept ? [kept] : [], { is: 'changed', id: 'a', state: received })
    expect(JSON.stringify(after)).not.toContain('a.b.c')
  })

  it('keeps what was sent while it has not arrived, so that a retry sends the same', () => {
    const [after] = remember([entry('a')], {
      is: 'changed',
      id: 'a',
      state: { is: 'unsent', why: 'network' },
    })
    expect(after?.packet?.body).toBe(body)
  })

  it('counts down the photos and leaves other entries alone', () => {
    const after = remember([entry('a'), entry('b')], { is: 'photos', id: 'a', state: 'unsent', unsent: 1 })
    expect(after.map(({ photos }) => photos.unsent)).toEqual([1, 2])
  })

  it('takes an entry that was on its way as unsent after a reload, and its photos as gone', () => {
    const arrived = { count: 1, unsent: 0, skipped: 0, state: 'sent' as const }
    const after = remember([entry('a'), entry('b', { state: received, photos: arrived })], { is: 'reopened' })
    expect(after).toMatchObject([
      { state: { is: 'unsent', why: 'network' }, photos: { state: 'gone', unsent: 2 } },
      { state: received, photos: arrived },
    ])
  })

  it('removes an entry', () => {
    expect(remember([entry('a'), entry('b')], { is: 'removed', id: 'a' })).toMatchObject([{ id: 'b' }])
  })

  it('remembers the last twenty, and never drops one that only this phone has', () => {
    const unsent = entry('old', { state: { is: 'unsent', why: 'network' } })
    let entries: readonly Entry[] = [unsent]
    for (let i = 0; i < 40; i++) {
      entries = remember(entries, { is: 'made', entry: entry(`n${i}`, { state: received }) })
    }
    expect(entries).toHaveLength(MAX_REMEMBERED + 1)
    expect(entries.at(-1)).toBe(unsent)
  })
})

it("shows today's entries, and older ones that are not settled", () => {
  const old = '2026-08-01T00:00:00.000Z'
  const entries = [
    entry('today', { state: received }),
    entry('settled', { state: received, madeAt: old }),
    entry('open', { state: { is: 'unsent', why: 'busy' }, madeAt: old }),
  ]
  const shown = shownEntries(entries, (iso) => iso > '2026-08-05')
  expect(shown.map(({ id }) => id)).toEqual(['today', 'open'])
})

it('reads back what it wrote and nothing else', () => {
  const written: unknown = JSON.parse(JSON.stringify(entry('a')))
  expect(isEntry(written)).toBe(true)
  for (const other of [undefined, null, 'x', [], {}, { ...entry('a'), state: { is: 'eaten' } }]) {
    expect(isEntry(other)).toBe(false)
  }
})

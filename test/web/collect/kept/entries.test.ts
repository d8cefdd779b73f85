import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, type PickupBody } from '../../../../web/collect/form/entry.ts'
import {
  CLOCK_TOLERANCE_MS,
  heldForMs,
  HOLD_MS,
  inOrder,
  isDue,
  isUndoable,
  massKgOf,
  newEntry,
  onServerTime,
  receivedGrams,
  settled,
  type Entry,
  type EntryState,
} from '../../../../web/collect/kept/entries.ts'

const MADE = new Date('2026-08-05T06:30:00.000Z')
const DAY_MS = 86_400_000
const body: PickupBody = {
  siteId: 'dachen',
  form: 'net',
  massKg: 3,
  collector: '老王',
  occurredAt: MADE.toISOString(),
}

function entry(change: Partial<Entry> = {}): Entry {
  const packet = { draft: EMPTY_DRAFT, body, signed: { by: 'D1', jws: 'a.b.c' } }
  const rest = { batchId: 'B7K3M9QXT2ABC', org: 'coop', photos: { count: 2, skipped: 0 } }
  return { ...newEntry('a', MADE, packet, rest), ...change }
}

const received: EntryState = {
  is: 'received',
  receipt: { batchId: 'B7K3M9QXT2ABC', massKg: 3 },
  receivedAt: '2026-08-06T00:00:00.000Z',
}
const refused: EntryState = { is: 'refused', refusal: { code: 'future-time', detail: 'Too late.' } }
const later = (ms: number): Date => new Date(MADE.getTime() + ms)

describe('an entry that was just saved', () => {
  it('can be undone for a moment, and is sent after it', () => {
    expect(isUndoable(entry())).toBe(true)
    expect(isDue(entry(), later(HOLD_MS - 1))).toBe(false)
    expect(isDue(entry(), later(HOLD_MS))).toBe(true)
  })

  it('can be undone without a network for as long as it was never sent, and not after', () => {
    expect(isUndoable(entry({ holdUntil: MADE.toISOString() }))).toBe(true)
    expect(isUndoable(entry({ attemptedAt: MADE.toISOString() }))).toBe(false)
  })

  it('does not wait for days because somebody puts the clock back', () => {
    expect(heldForMs(entry(), later(-2 * DAY_MS))).toBe(0)
  })
})

describe('what was received', () => {
  it('stays received, whatever a slower tab says', () => {
    expect(settled(entry({ state: received }), refused).state).toEqual(received)
    expect(settled(entry({ state: received }), { is: 'kept' }).state).toEqual(received)
  })

  it('has no names, positions or signatures on the phone any more', () => {
    const text = JSON.stringify(settled(entry(), received))
    for (const gone of ['老王', 'a.b.c', 'packet']) expect(text).not.toContain(gone)
  })

  it('is not sent again', () => {
    expect(isDue(entry({ state: received }), later(DAY_MS))).toBe(false)
    expect(isDue(entry({ state: refused }), later(DAY_MS))).toBe(false)
  })

  it('adds up to the gram', () => {
    const of = (massKg: number): Entry =>
      entry({ state: { ...received, receipt: { batchId: 'B7K3M9QXT2ABC', massKg } } })
    expect(receivedGrams([of(0.1), of(0.2), entry(), entry({ state: refused })])).toBe(300)
  })
})

describe('a phone whose clock is wrong', () => {
  it('has its entry put on the server’s time, to be signed anew', () => {
    const right = onServerTime(entry(), -2 * DAY_MS)
    expect(right.madeAt).toBe('2026-08-03T06:30:00.000Z')
    expect(right.packet?.body.occurredAt).toBe('2026-08-03T06:30:00.000Z')
    expect(right.packet?.signed).toBeUndefined()
  })

  it('keeps a time that somebody chose', () => {
    const chosen = { ...EMPTY_DRAFT, occurredAt: '2026-08-01T10:00' }
    const at = { ...body, occurredAt: '2026-08-01T02:00:00.000Z' }
    const right = onServerTime(entry({ packet: { draft: chosen, body: at } }), DAY_MS)
    expect(right.packet?.body.occurredAt).toBe('2026-08-01T02:00:00.000Z')
  })

  it('sends the very same again once it may have been received', () => {
    const sent = entry({ attemptedAt: MADE.toISOString() })
    expect(onServerTime(sent, 2 * DAY_MS)).toBe(sent)
  })

  it('is left alone where it differs by no more than the server allows', () => {
    const same = entry()
    expect(onServerTime(same, CLOCK_TOLERANCE_MS)).toBe(same)
    expect(onServerTime(same, -CLOCK_TOLERANCE_MS)).toBe(same)
    expect(onServerTime(same, CLOCK_TOLERANCE_MS + 1)).not.toBe(same)
  })
})

describe('how much an entry is', () => {
  const weighed = (amount: Entry['amount']): number | undefined => massKgOf(entry({ amount }))

  it('is the net that was entered, or gross less tare to the gram', () => {
    expect(weighed({ massKg: 12.5 })).toBe(12.5)
    expect(weighed({ grossKg: 13.3, tareKg: 0.9 })).toBe(12.4)
  })

  it('is not known for what was counted, until the server says', () => {
    expect(weighed({ pieces: 40 })).toBeUndefined()
    expect(massKgOf(entry({ amount: { bags: 3 }, state: received }))).toBe(3)
  })
})

it('lists the newest first', () => {
  const at = (id: string, ms: number): Entry => entry({ id, madeAt: later(ms).toISOString() })
  expect(inOrder([at('a', 1), at('c', 3), at('b', 2)]).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
})

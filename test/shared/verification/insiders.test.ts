import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DomainEvent, EventOf } from '../../../shared/domain/events/event.ts'
import { isEvent } from '../../../shared/verification/event-shape.ts'
import { FAULT_CODES, type FaultCode } from '../../../shared/verification/fault.ts'
import { aLog, type Signer } from '../ledger/signers.ts'
import { B, R } from '../domain/story.ts'
import { comb, eventAt, pickupOf, PRODUCT, typed } from './comb.ts'
import { linked, linkedAfter, logOf, printed, verified } from './evidence.ts'
import type { LinkedEvent } from '../../../shared/ledger/link.ts'

let signer: Signer
beforeAll(async () => {
  signer = await aLog()
})

/**
 * An insider: works the whole history out anew, with hashes that fit, and has the log sign it. Nothing but what the events say
 * is left to notice.
 */
async function insider(
  id: string,
  change: (event: DomainEvent) => DomainEvent,
): Promise<FaultCode | 'verified'> {
  const events = comb().map((event) => (event.id === id ? change(event) : event))
  expect(events).not.toEqual(comb())
  return insiderTelling(events)
}

const insiderTelling = async (events: readonly DomainEvent[]): Promise<FaultCode | 'verified'> =>
  outcomeOf(await linked(events))

async function outcomeOf(history: readonly LinkedEvent[]): Promise<FaultCode | 'verified'> {
  const log = await logOf(
    history.map(({ hash }) => hash),
    signer,
  )
  const head = history.at(-1)?.hash ?? ''
  const events = history.map(({ text }) => text)
  const text = printed({ batch: PRODUCT, head, proof: await log.proofOf(head), events, signed: [] })
  const trust = { origin: signer.key.name, keys: [signer.key] }
  const result = await verified(text, { trust, batch: PRODUCT })
  return result.ok ? 'verified' : result.fault.code
}

const charging =
  (change: (data: EventOf<'RunCharged'>['data']) => EventOf<'RunCharged'>['data']) =>
  (event: DomainEvent): DomainEvent => {
    const charged = typed(event, 'RunCharged')
    return { ...charged, data: change(charged.data) }
  }

const closing =
  (change: (data: EventOf<'RunClosed'>['data']) => EventOf<'RunClosed'>['data']) =>
  (event: DomainEvent): DomainEvent => {
    const closed = typed(event, 'RunClosed')
    return { ...closed, data: change(closed.data) }
  }

describe('whoever has the key of the log, and has it sign a history that cannot be, is noticed', () => {
  it('with one gram moved from a place to another in a charge', async () => {
    const moved = charging((data) => ({
      ...data,
      charges: data.charges.map((charge) => ({
        ...charge,
        origins: charge.origins.map((share) => ({ ...share, placeId: 'dachen' })),
      })),
    }))
    expect(await insider(`${R('W')}-5`, moved)).toBe('shares-do-not-follow')
  })

  it('with shares of an output that do not follow from what was charged', async () => {
    const nearer = closing((data) => ({
      ...data,
      outputs: data.outputs.map((output) => {
        const [first, second, ...rest] = output.origins
        if (!first || !second) throw new Error('the output has one origin')
        return {
          ...output,
          origins: [{ ...first, grams: first.grams + 1 }, { ...second, grams: second.grams - 1 }, ...rest],
        }
      }),
    }))
    expect(await insider(`${R('W')}-6`, nearer)).toBe('shares-do-not-follow')
  })

  it('with more drawn than a batch has', async () => {
    const more = charging((data) => ({
      ...data,
      charges: data.charges.map((charge) => ({ ...charge, massGrams: charge.massGrams + 1_000_000 })),
    }))
    expect(await insider(`${R('W')}-2`, more)).toBe('overdrawn')
  })

  it('with more coming out of a run than went in', async () => {
    const gained = closing((data) => ({
      ...data,
      outputs: data.outputs.map((output) => ({ ...output, massGrams: output.massGrams + 100 })),
    }))
    expect(await insider(`${R('W')}-6`, gained)).toBe('mass-not-balanced')
  })

  it('with an input that was never charged', async () => {
    const gained = closing((data) => ({ ...data, inputGrams: data.inputGrams + 1 }))
    expect(await insider(`${R('P')}-3`, gained)).toBe('mass-not-balanced')
  })

  it('with claims out of nothing', async () => {
    const claimed = closing((data) => ({
      ...data,
      outputs: data.outputs.map((output) => ({ ...output, claims: { OBP: 1 } })),
    }))
    expect(await insider(`${R('P')}-3`, claimed)).toBe('claims-do-not-follow')
  })

  it.each(['constructor', '__proto__'])('with claims of a scheme called %s', async (scheme) => {
    const claimed = closing((data) => ({
      ...data,
      outputs: data.outputs.map((output) => ({ ...output, claims: Object.fromEntries([[scheme, 1]]) })),
    }))
    // Of the last run: nothing after it draws on what it made.
    expect(await insider(`${R('M')}-3`, claimed)).toBe('malformed-event')
  })

  it('with a pickup that seals nothing, and does not even say so', () => {
    const recorded = pickupOf(comb())
    const { sealed, ...others } = recorded.data
    expect(isEvent({ ...recorded, data: { ...others, sealed } })).toBe(true)
    expect(isEvent({ ...recorded, data: others })).toBe(false)
    expect(isEvent({ ...recorded, data: { ...others, sealed: null } })).toBe(false)
  })

  it('with virgin polymer left out of a pool', async () => {
    const hidden = charging((data) => ({ ...data, pool: { ...data.pool, addedGrams: 0 } }))
    expect(await insider(`${R('M')}-2`, hidden)).toBe('figures-do-not-follow')
  })

  it('with polymer added in a wash', async () => {
    const added = charging((data) => ({
      ...data,
      added: [{ kind: 'virgin', massGrams: 5, polymer: 'HDPE' }],
    }))
    expect(await insider(`${R('W')}-2`, added)).toBe('figures-do-not-follow')
  })

  it('with a lot of more units than were made', async () => {
    expect(
      await insider(`${R('M')}-4`, (event) => {
        const made = typed(event, 'ProductMade')
        return { ...made, data: { ...made.data, units: 1001 } }
      }),
    ).toBe('mass-not-balanced')
  })

  it('with more recycled content than there is', async () => {
    expect(
      await insider(`${R('M')}-4`, (event) => {
        const made = typed(event, 'ProductMade')
        return { ...made, data: { ...made.data, recycledShareBp: 8_001 } }
      }),
    ).toBe('claims-do-not-follow')
  })

  it('with an event left out, and the others linked past it', async () => {
    expect(await insiderTelling(comb().filter(({ id }) => id !== `${R('W')}-5`))).toBe('wrong-sequence')
  })

  it('with two events in another order', async () => {
    const events = comb()
    const at = events.findIndex(({ id }) => id === `${R('W')}-5`)
    expect(
      await insiderTelling(events.with(at, eventAt(events, at + 1)).with(at + 1, eventAt(events, at))),
    ).toBe('wrong-sequence')
  })

  it('with a batch used on the road', async () => {
    expect(await insiderTelling(comb().filter(({ id }) => id !== 'SSSSSSSSSSSSS-2'))).toBe('wrong-custody')
  })

  it('with a receipt by another than it was sent to', async () => {
    expect(await insider('SSSSSSSSSSSSS-2', (event) => ({ ...event, org: 'thief' }))).toBe('wrong-custody')
  })

  it('with a receipt that keeps more than arrived', async () => {
    expect(
      await insider('SSSSSSSSSSSSS-2', (event) => {
        const received = typed(event, 'BatchReceived')
        const lines = received.data.lines.map((line) => ({ ...line, receivedGrams: line.sentGrams - 5_000 }))
        return { ...received, data: { ...received.data, lines } }
      }),
    ).toBe('figures-do-not-follow')
  })

  it('with a step that takes what it does not take', async () => {
    expect(
      await insider(`${R('P')}-1`, (event) => {
        const opened = typed(event, 'RunOpened')
        return { ...opened, data: { ...opened.data, step: 'sorting' } }
      }),
    ).toBe('wrong-stage')
  })

  it('with something that happened before what it builds on', async () => {
    expect(
      await insider(`${R('W')}-2`, (event) => ({ ...event, occurredAt: '2026-08-13T00:00:00.000Z' })),
    ).toBe('time-order')
  })

  it('with something that is to happen yet', async () => {
    expect(
      await insider('BZZZZZZZZZZZZ-3', (event) => ({ ...event, occurredAt: '2027-08-13T00:00:00.000Z' })),
    ).toBe('time-order')
  })

  it('with a correction that gives back more than was taken', async () => {
    expect(
      await insider(`${R('W')}-4`, (event) => {
        const { data, ...rest } = typed(event, 'EventCorrected')
        if (data.undo.of !== 'RunCharged') throw new Error('it corrects a charge')
        const returned = data.undo.returned.map((charge) => ({ ...charge, massGrams: charge.massGrams + 1 }))
        return { ...rest, data: { ...data, undo: { ...data.undo, returned } } }
      }),
    ).toBe('wrong-correction')
  })

  it('with one batch spent twice, in histories that part', async () => {
    const events = await linked(comb())
    const at = events.findIndex(({ event }) => event.id === `${R('W')}-5`)
    const received = events.find(({ event }) => event.id === 'SSSSSSSSSSSSS-2')
    const charged = events[at]?.event
    if (!charged || !received) throw new Error('the story has changed')
    // The last charge follows the receipt, as if the charge in between had taken nothing.
    const previous = charged.previous.map((link) =>
      link.subject === B('A') ? { ...link, hash: received.hash } : link,
    )
    const kept = events.slice(0, at).map(({ event }) => event)
    const rest = events.slice(at + 1).map(({ event }) => event)
    const history = await linkedAfter([...kept, { ...charged, previous }], rest)
    expect(await outcomeOf(history)).toBe('forked-history')
  })
})

/** Every number of an event that says grams, by where it stands. */
function gramsIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value === 'number') return /grams$/i.test(at.at(-1) ?? '') ? [[...at]] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => gramsIn(member, [...at, name]))
}

/** What people say that nothing else in the history depends on: their scales and papers, and what is only kept. */
const SAID: readonly RegExp[] = [
  /^data weighing /,
  /^data readingGrams$/,
  /^data manifest massGrams$/,
  // A pickup's own mass is what its scale showed. More of it than was used changes nothing but what is left of it.
  /^data massGrams$/,
]

function changedAt(
  value: unknown,
  [name, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (name === undefined) return change(value)
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    return list.with(Number(name), changedAt(list[Number(name)], rest, change))
  }
  const members = new Map<string, unknown>(Object.entries(value ?? {}))
  return Object.fromEntries(members.set(name, changedAt(members.get(name), rest, change)))
}

const oneMore = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : value)

/** Every place in an event, that of lists and records included. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...at]]
  return [[...at], ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...at, name]))]
}

describe('of a whole history, told anew and signed', () => {
  it('no gram can be moved by as little as one, wherever it stands', async () => {
    const events = comb()
    const told: string[] = []
    let tried = 0
    for (const [index, event] of events.entries()) {
      for (const path of gramsIn(event)) {
        if (SAID.some((said) => said.test(path.join(' ')))) continue
        const changed = changedAt(event, path, oneMore)
        if (!isEvent(changed)) continue
        tried += 1
        const outcome = await insiderTelling(events.with(index, changed))
        if (outcome === 'verified') told.push(`${event.id} ${event.type} ${path.join(' ')}`)
      }
    }
    expect(told).toEqual([])
    expect(tried).toBeGreaterThan(150)
  })

  it('nothing can be put anywhere that would not be answered', async () => {
    const places = comb().flatMap((event, index) => placesIn(event).map((path) => ({ index, path })))
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, '', 'x', -1, 0.5, 1e300, [], {}, true, '__proto__', [[]], [{}]),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), odd, async ({ index, path }, value) => {
        const events = comb()
        const changed = changedAt(events[index], path, () => value)
        const outcome = isEvent(changed)
          ? await insiderTelling(events.with(index, changed))
          : 'malformed-event'
        expect(FAULT_CODES).toEqual(expect.arrayContaining(outcome === 'verified' ? [] : [outcome]))
      }),
      { numRuns: 400 },
    )
  })
})

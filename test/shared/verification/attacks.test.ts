import { beforeAll, describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import { canonicalJson } from '../../../shared/ledger/canonical.ts'
import type { FaultCode } from '../../../shared/verification/fault.ts'
import { aLog, type Signer } from '../ledger/signers.ts'
import { B, R } from '../domain/story.ts'
import { comb, eventAt, pickupOf, PRODUCT } from './comb.ts'
import { evidenceOf, linked, partsOf, printed, verified, type Evidence, type Parts } from './evidence.ts'

let signer: Signer
let evidence: Evidence
let parts: Parts
beforeAll(async () => {
  signer = await aLog()
  evidence = await evidenceOf(comb(), signer)
  parts = await partsOf(evidence, PRODUCT)
})

const outcomeOf = async (given: Parts | string): Promise<FaultCode | 'verified'> => {
  const text = typeof given === 'string' ? given : printed(given)
  const result = await verified(text, { trust: evidence.trust, batch: PRODUCT })
  return result.ok ? 'verified' : result.fault.code
}

const textOf = (id: string): string => evidence.history.find(({ event }) => event.id === id)?.text ?? ''

/** The line of one event with a part of its text replaced, as somebody would who can only change what is stored. */
function changedLine(id: string, from: string, to: string): Parts {
  const text = textOf(id)
  expect(text).toContain(from)
  return { ...parts, events: parts.events.map((line) => (line === text ? text.replace(from, to) : line)) }
}

const without = (...ids: string[]): Parts => ({
  ...parts,
  events: parts.events.filter((line) => ids.every((id) => line !== textOf(id))),
})

/** The bundle of a history told otherwise, with hashes that fit, and the head that was signed before. */
async function retold(events: readonly DomainEvent[], proof?: string): Promise<Parts> {
  const history = await linked(events)
  const head = history.at(-1)?.hash ?? ''
  return { ...parts, head, proof: proof ?? parts.proof, events: history.map(({ text }) => text) }
}

describe('a bundle as it is', () => {
  it('verifies, in any order of its events, and with some of them twice', async () => {
    expect(await outcomeOf(parts)).toBe('verified')
    expect(await outcomeOf({ ...parts, events: [...parts.events, ...parts.events].toReversed() })).toBe(
      'verified',
    )
  })
})

describe('whoever can change what is stored or sent, but has no key of the log, is noticed', () => {
  it('with a changed gram', async () => {
    expect(await outcomeOf(changedLine('BDDDDDDDDDDDD-1', '"massGrams":60000', '"massGrams":60001'))).toBe(
      'changed-event',
    )
  })

  it('with a changed place', async () => {
    expect(await outcomeOf(changedLine('BAAAAAAAAAAAA-1', '"placeId":"', '"placeId":"x'))).toBe(
      'changed-event',
    )
  })

  it('with a photo replaced, so that the event commits to another', async () => {
    const other = `"sealed":{"photos":"${'0'.repeat(64)}"}`
    expect(await outcomeOf(changedLine('BAAAAAAAAAAAA-1', '"sealed":{}', other))).toBe('changed-event')
  })

  it('with the last event changed', async () => {
    expect(await outcomeOf(changedLine('BZZZZZZZZZZZZ-3', '"Ningbo lab"', '"Lishui lab"'))).toBe(
      'changed-event',
    )
  })

  it('with a deleted event', async () => {
    expect(await outcomeOf(without(`${R('W')}-5`))).toBe('missing-event')
  })

  it('with a pickup left out', async () => {
    expect(await outcomeOf(without('BDDDDDDDDDDDD-1'))).toBe('missing-event')
  })

  it('with a shipment left out, though not whether it was that or the pickup before', async () => {
    expect(await outcomeOf(without('SSSSSSSSSSSSS-1', 'SSSSSSSSSSSSS-2'))).toBe('changed-event')
  })

  it('with two events in another order, linked anew', async () => {
    const events = evidence.history.map(({ event }) => event)
    const at = events.findIndex(({ id }) => id === `${R('W')}-2`)
    const swapped = events.with(at, eventAt(events, at + 1)).with(at + 1, eventAt(events, at))
    expect(await outcomeOf(await retold(swapped))).toBe('not-in-log')
  })

  it('with an event inserted in the past, linked anew', async () => {
    const events = evidence.history.map(({ event }) => event)
    const inserted: DomainEvent = {
      ...pickupOf(events),
      id: 'BAAAAAAAAAAAA-2',
      recordedAt: '2026-08-02T00:00:00.000Z',
    }
    const held: DomainEvent = {
      ...inserted,
      type: 'BatchHeld',
      data: { batch: B('A'), reason: 'other', sealed: {} },
    }
    expect(await outcomeOf(await retold([...events.slice(0, 2), held, ...events.slice(2)]))).toBe(
      'not-in-log',
    )
  })

  it('with an event inserted that nothing leads to, which changes nothing', async () => {
    const stray = canonicalJson({ ...pickupOf(comb()), id: 'BAAAAAAAAAAAA-9', previous: [] })
    const result = await verified(printed({ ...parts, events: [...parts.events, stray] }), {
      trust: evidence.trust,
      batch: PRODUCT,
    })
    expect(result).toMatchObject({ ok: true, found: { unreached: 1 } })
  })

  it('with a key of their own', async () => {
    const forger = await aLog()
    const forged = await evidenceOf(comb(), forger)
    expect(await outcomeOf(await partsOf(forged, PRODUCT))).toBe('untrusted-checkpoint')
  })

  it('with a checkpoint of a larger log', async () => {
    expect(await outcomeOf({ ...parts, proof: parts.proof.replace(/(\/log\n)\d+/, '$199') })).toBe(
      'untrusted-checkpoint',
    )
  })

  it('with the proof of another event', async () => {
    const proof = await evidence.log.proofOf(evidence.history[0]?.hash ?? '')
    expect(await outcomeOf({ ...parts, proof })).toBe('not-in-log')
  })

  it('with a proof that says nothing', async () => {
    expect(await outcomeOf({ ...parts, proof: 'trust me' })).toBe('malformed-proof')
  })

  it('with the bundle of another batch', async () => {
    expect(await outcomeOf(await partsOf(evidence, B('P')))).toBe('other-batch')
  })

  it('with a sample where all was asked for', async () => {
    expect(
      await outcomeOf(await partsOf(evidence, PRODUCT, { share: 0.5, seed: 'chosen by the sender' })),
    ).toBe('other-sample')
  })

  it.each([0.2, 0.5, 0.9, 0.999])('with a bundle that is cut off after %d of it', async (share) => {
    const text = printed(parts)
    const whole = text.slice(0, Math.floor(text.length * share))
    expect(await outcomeOf(whole)).toBe('truncated')
  })

  it('with fewer events than the end says', async () => {
    expect(await outcomeOf(printed(parts).replace(/"end":\{"events":\d+/, '"end":{"events":99'))).toBe(
      'truncated',
    )
  })

  it('with a member given twice, of which readers might see either', async () => {
    expect(await outcomeOf(changedLine('BDDDDDDDDDDDD-1', '"v":1', '"v":1,"v":1'))).toBe('malformed-event')
  })

  it('with no header, or a line of another kind', async () => {
    const [, ...rest] = printed(parts).split('\n')
    expect(await outcomeOf(rest.join('\n'))).toBe('no-header')
    expect(await outcomeOf(`${printed(parts)}{"believe":"me"}\n`)).toBe('malformed-line')
  })
})

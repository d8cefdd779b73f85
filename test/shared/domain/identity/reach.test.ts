import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isShown } from '../../../../shared/domain/identity/event-reach.ts'
import {
  auditorOf,
  isOpen,
  isOpenRun,
  isOwnBatch,
  passedOn,
  type DepthOf,
  type Reader,
} from '../../../../shared/domain/identity/reach.ts'
import type { Batch } from '../../../../shared/domain/state/batch.ts'
import { charge, close, correct, hold, inspect, open, pickup, receive, ship } from '../acts.ts'
import { august, B, given, PLANT, R, subject, type Story } from '../story.ts'

const COOP: Reader = { org: 'coop', sites: 'all' }
const WORKS: Reader = { org: 'plant', sites: 'all' }
const OTHERS: Reader = { org: 'harbour', sites: 'all' }
const deep =
  (depth: number): DepthOf =>
  () =>
    depth

/** Two pickups become C and D; C is charged in part, and what is left of it goes to the plant, which tests and holds it. */
const STORY: Story = given(
  pickup('A'),
  pickup('B'),
  open('A'),
  charge('A', { A: 100_000, B: 50_000 }),
  close('A', { C: 90_000, D: 60_000 }),
  open('B', { step: 'pelletizing', occurredAt: august(12, 1) }),
  charge('B', { C: 1_000, D: 1_000 }, { occurredAt: august(12, 2) }),
  ship('A', ['C'], { site: 'huzhou' }),
  receive('A', { C: 88_000 }),
  inspect('C', {}, PLANT),
  hold('C', {}, PLANT),
)
const C = subject(STORY, B('C'), 'batch')

const shownTo = (reader: Reader, { batch = C, runs = 0, depth = 1 } = {}): string[] =>
  STORY.events
    .filter(({ data, home }) => home === batch.id || JSON.stringify(data).includes(`"${batch.id}"`))
    .filter((event) => isShown(event, { batch, runs }, reader, deep(depth)))
    .map(({ type }) => type)

describe('the history of a batch', () => {
  it('shows a receiver how it moved, but no run of others that it was charged into or that names what else it made', () => {
    const moved = ['BatchShipped', 'BatchReceived', 'BatchInspected', 'BatchHeld']
    expect(shownTo(WORKS)).toEqual(moved)
    expect(shownTo(COOP)).toContain('RunClosed')
  })

  it('shows a receiver the end of a run that made nothing else, where that is open, and its correction', () => {
    const alone = given(
      pickup('A'),
      open('A'),
      charge('A', { A: 100_000 }),
      close('A', { C: 90_000 }),
      correct(`${R('A')}-3`),
    )
    const batch = subject(alone, B('C'), 'batch')
    const shown = (depth: number): string[] =>
      alone.events
        .filter((event) => ['RunClosed', 'EventCorrected'].includes(event.type))
        .filter((event) => isShown(event, { batch, runs: 0 }, WORKS, deep(depth)))
        .map(({ type }) => type)
    expect(shown(1)).toEqual(['RunClosed', 'EventCorrected'])
    expect(shown(0)).toEqual([])
  })

  it('shows who passed it on nothing after the receipt', () => {
    expect(shownTo(COOP)).toEqual(['RunClosed', 'RunCharged', 'BatchShipped', 'BatchReceived'])
    expect(passedOn(COOP, C)?.to).toEqual({ org: 'plant', site: 'works' })
    expect(passedOn(WORKS, C)).toBeUndefined()
  })

  it('shows of another’s pickup that it was recorded or corrected, not what it went into', () => {
    const corrected = given(pickup('A'), correct(`${B('A')}-1`))
    const batch = subject(corrected, B('A'), 'batch')
    const shown = corrected.events.filter((event) => isShown(event, { batch, runs: 2 }, OTHERS, deep(3)))
    expect(shown.map(({ type }) => type)).toEqual(['PickupRecorded', 'EventCorrected'])
    const a = subject(STORY, B('A'), 'batch')
    expect(shownTo(WORKS, { batch: a, runs: 1, depth: 2 })).toEqual(['PickupRecorded'])
  })

  it('shows both parties of a load, and nobody else, what else was on it', () => {
    const two = given(pickup('A'), pickup('B'), ship('A', ['A', 'B']))
    const batch = subject(two, B('A'), 'batch')
    const load = two.events.at(-1)
    const isShownTo = (reader: Reader): boolean =>
      load !== undefined && isShown(load, { batch, runs: 0 }, reader, deep(1))
    expect([COOP, WORKS, OTHERS].map(isShownTo)).toEqual([true, true, false])
  })
})

describe('a batch', () => {
  it('is own to who has or had it, of some sites where it lay at one of them', () => {
    expect([COOP, WORKS, OTHERS].map((reader) => isOwnBatch(reader, C))).toEqual([true, true, false])
    const at = (org: string, ...sites: string[]): boolean => isOwnBatch({ org, sites }, C)
    expect([at('coop', 'huzhou'), at('plant', 'works')]).toEqual([true, true])
    expect([at('coop', 'dachen', 'works'), at('plant', 'huzhou')]).toEqual([false, false])
  })

  const custodians = fc.array(fc.constantFrom('coop', 'plant', 'harbour', 'brand'), {
    minLength: 1,
    maxLength: 4,
  })
  const batches = custodians.map((orgs): Batch => ({ ...C, custodians: orgs, custodian: orgs.at(-1) ?? '' }))
  const depths = fc.record({ coop: fc.nat(4), plant: fc.nat(4), harbour: fc.nat(4), brand: fc.nat(4) })
  const depthIn =
    (given: Readonly<Record<string, number>>, more = 0): DepthOf =>
    (org) =>
      (given[org] ?? 0) + more

  it('that is own is open whatever was granted, and no other where any of its holders lets one see less far', () => {
    fc.assert(
      fc.property(batches, fc.nat(5), depths, (batch, runs, given) => {
        const isLet = batch.custodians.every((org) => runs < depthIn(given)(org))
        expect(isOpen(COOP, batch, runs, depthIn(given))).toBe(batch.custodians.includes('coop') || isLet)
      }),
    )
  })

  it('stays open, and its run with it, where more is granted or it lies nearer', () => {
    fc.assert(
      fc.property(batches, fc.nat(5), depths, (batch, runs, given) => {
        const run = { org: batch.custodians[0] ?? '', site: 'huzhou' }
        const before = [
          isOpen(COOP, batch, runs + 1, depthIn(given)),
          isOpenRun(COOP, run, runs + 1, depthIn(given)),
        ]
        const nearer = [isOpen(COOP, batch, runs, depthIn(given)), isOpenRun(COOP, run, runs, depthIn(given))]
        const deeper = [
          isOpen(COOP, batch, runs + 1, depthIn(given, 1)),
          isOpenRun(COOP, run, runs + 1, depthIn(given, 1)),
        ]
        for (const [index, was] of before.entries())
          expect([was && !nearer[index], was && !deeper[index]]).toEqual([false, false])
      }),
    )
  })

  it('that was shipped is told with the run that made it, where nothing was granted, and nothing further up', () => {
    const run = subject(STORY, R('A'), 'run')
    expect(isOpenRun(WORKS, run, 0, deep(1))).toBe(true)
    expect(isOpen(WORKS, subject(STORY, B('A'), 'batch'), 1, deep(1))).toBe(false)
  })
})

it('an auditor reads in another’s place where that granted it, and else is nobody', () => {
  const now = august(1)
  const madeBy = { kind: 'key', id: 'K0' } as const
  const grant = {
    id: 'G1',
    org: 'coop',
    to: 'plant',
    kind: 'audit',
    until: august(2),
    madeAt: now,
    madeBy,
  } as const
  expect(auditorOf('coop', [grant], now)).toEqual({ org: 'coop', sites: 'all' })
  expect(auditorOf('coop', [grant], august(2))).toBeUndefined()
  expect(auditorOf('harbour', [grant], now)).toBeUndefined()
})

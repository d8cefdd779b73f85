import { HOLD_REASONS } from '../../shared/domain/events/quality.ts'
import type { Command, Intent } from './intent.ts'
import type { Known } from './known.ts'
import { batchesOf, oneOf, pick, runsOf } from './known.ts'
import { certify, correct, factsFor } from './resolve-corrections.ts'
import { receive, ship } from './resolve-custody.ts'
import { pickup } from './resolve-pickup.ts'
import { charge, close, open, process, product, reopen } from './resolve-runs.ts'
import type { Step } from './steps.ts'

/** Time in a model's world: ten minutes pass with every step, and now and then somebody is late with an entry. */
const BEGIN = Date.parse('2026-08-20T00:00:00.000Z')
const TICK_MS = 600_000

const timeAt = (tick: number): string => new Date(BEGIN + Math.max(0, tick) * TICK_MS).toISOString()

function timeOf(step: Step, tick: number): string {
  const late = step.which % 9 === 0 ? step.which % 50 : 0
  return timeAt(tick - late)
}

/** What a step comes to in a world as it is known; undefined where there is nothing that it could be done to. */
export function resolve(step: Step, known: Known, tick: number): Intent | undefined {
  const resolved = commandOf(step, known, tick)
  return resolved && { ...resolved, at: timeOf(step, tick) }
}

/** The certificate that an organisation has from the beginning. */
export const certificateOf = (org: string): Intent => ({
  act: 'certify',
  org,
  facts: factsFor(org),
  at: new Date(BEGIN).toISOString(),
})

type Resolved = Command & { readonly org: string }

function commandOf(step: Step, known: Known, tick: number): Resolved | undefined {
  switch (step.deed) {
    case 'pickup':
      return pickup(step)
    case 'open':
      return open(step, known)
    case 'charge':
      return charge(step, known)
    case 'close':
      return close(step, known)
    case 'process':
      return process(step, known)
    case 'product':
      return product(step, known)
    case 'void': {
      const runs = runsOf(known)
      const run = pick(step.wild ? runs : runs.filter(({ status }) => status === 'open'), step.which)
      return run && { act: 'void', org: run.org, run: run.id }
    }
    case 'reopen':
      return reopen(step, known)
    case 'ship':
      return ship(step, known)
    case 'receive':
      return receive(step, known)
    case 'inspect': {
      const batch = pick(batchesOf(known), step.which)
      return (
        batch && {
          act: 'inspect',
          org: batch.custodian,
          batch: batch.id,
          value: Math.round(step.amount * 10),
        }
      )
    }
    case 'hold': {
      const batch = pick(batchesOf(known), step.which)
      if (!batch) return undefined
      const org = pick(batch.custodians, step.who) ?? batch.custodian
      return { act: 'hold', org, batch: batch.id, reason: oneOf(HOLD_REASONS, step.who) }
    }
    case 'release':
      return release(step, known)
    case 'correct':
      return correct(step, known)
    case 'certify':
      return certify(step)
    case 'close-period':
      return closePeriod(step, known, tick)
  }
}

function release(step: Step, known: Known): Resolved | undefined {
  const batch = pick(
    batchesOf(known).filter(({ ownHolds }) => step.wild || ownHolds.length > 0),
    step.which,
  )
  if (!batch) return undefined
  const hold = pick(batch.ownHolds, step.who)
  const one = hold && step.who % 2 === 0 ? { hold: hold.event } : {}
  return { act: 'release', org: hold?.org ?? batch.custodian, batch: batch.id, ...one }
}

/** Closes end up to so much after their step, and so race with what is recorded at the same time, or before it. */
const [TICKS_AHEAD, TICKS] = [5, 12]

/** Closes the books where something happened, up to about now; now and then far beyond, so that all after it is late. */
function closePeriod(step: Step, known: Known, tick: number): Resolved | undefined {
  const event = pick(known.events, step.who)
  if (!event) return undefined
  const to = step.wild ? FAR_END : timeAt(tick + TICKS_AHEAD - (step.which % TICKS))
  return { act: 'close-period', org: event.org, site: event.site, to }
}

const FAR_END = '2026-10-01T00:00:00.000Z'

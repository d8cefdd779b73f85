import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Decision } from '../../shared/domain/refusal.ts'
import { complaintsOf } from './checker.ts'
import type { Intent } from './intent.ts'
import { ORGANISATIONS } from './organisations.ts'
import { newWorld, play, type PureWorld } from './pure-world.ts'
import { certificateOf, resolve } from './resolve.ts'
import { newTally, parametersFor, SCALE, shortOf } from './scale.ts'
import { DEEDS, step, type Deed, type Step } from './steps.ts'

/** Any sequence of commands, played on deciders and folds alone. */
const WORLDS = 200
const TIMEOUT_MS = 300_000 * SCALE

/** Types of events that can be declared wrong. */
const CORRECTABLE = 9

/** So many commands of each kind are accepted at least. */
const ACCEPTED: Readonly<Record<Exclude<Deed, 'correct'>, number>> = {
  pickup: 700,
  open: 300,
  charge: 300,
  close: 170,
  process: 550,
  product: 70,
  void: 60,
  reopen: 110,
  ship: 250,
  receive: 200,
  inspect: 70,
  hold: 120,
  release: 70,
  certify: 50,
  'close-period': 90,
}

const tally = newTally()

/** Plays all steps, and fails after the first one that breaks a law, with all that was done until then. */
function playAll(steps: readonly Step[]): void {
  let world = certifiedWorld()
  const told: string[] = []
  for (const [tick, next] of steps.entries()) {
    const intent = resolve(next, world, tick)
    if (!intent) continue
    told.push(tell(intent))
    try {
      const played = play(world, intent)
      tally.count(whatOf(intent), outcomeOf(played.decision))
      world = played.world
      const isWhole = tick % 10 === 0 || tick === steps.length - 1
      expect(complaintsOf(world, isWhole ? 'wholly' : 'quickly')).toEqual([])
    } catch (cause) {
      throw new Error(`after\n${told.join('\n')}`, { cause })
    }
  }
}

const whatOf = (intent: Intent): string =>
  intent.act === 'correct' ? `correct ${intent.event.type}` : intent.act

const outcomeOf = (decision: Decision<unknown>): string =>
  decision.ok ? 'accepted' : `refused as ${decision.refusal.code}`

/** An intent in a line; of an event that is corrected, its id and type will do. */
const tell = (intent: Intent): string =>
  JSON.stringify(intent, (key, value: unknown) =>
    key === 'event' && intent.act === 'correct' ? `${intent.event.type} ${intent.event.id}` : value,
  )

/** A world in which two organisations are certified and the third is not, so that claims are made and lost. */
function certifiedWorld(): PureWorld {
  return ORGANISATIONS.slice(0, 2).reduce((world, { id }) => play(world, certificateOf(id)).world, newWorld())
}

const histories = fc.array(step, { minLength: 1, maxLength: 150, size: 'max' })

it(
  'keeps every law after every command, whatever is asked in whatever order',
  { timeout: TIMEOUT_MS },
  () => {
    fc.assert(fc.property(histories, playAll), parametersFor(WORLDS))
    tally.tell('commands')
    const accepted = tally.with('accepted')
    expect(accepted.size).toBe(DEEDS.length - 1 + CORRECTABLE)
    expect(shortOf(ACCEPTED, accepted)).toEqual([])
    expect([...accepted.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(4_000)
  },
)

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { forgetLists } from '../../functions/adapters/registry.ts'
import { complaintsOf } from './checker.ts'
import { nthKey, startWorld, type EngineWorld } from './engine-world.ts'
import { allAnsweredComplaints, answeredComplaints } from './laws/answered.ts'
import { answersComplaints } from './laws/answers.ts'
import { evidenceOf } from './laws/evidence.ts'
import { lateComplaints } from './laws/periods.ts'
import { storedComplaints } from './laws/stored.ts'
import { requestOf } from './requests.ts'
import { certificateOf } from './resolve.ts'
import { ORGANISATIONS } from './organisations.ts'
import { playRound, type Told } from './rounds.ts'
import { newTally, parametersFor, SCALE, shortOf } from './scale.ts'
import { sending, type Deed, type Sending } from './steps.ts'
import { readTable, type Table } from './table.ts'

/** Random worlds through the real routes on the real engine, many clients at once. */
const WORLDS = 3
const ROUNDS = 42
const [LEAST_SENDINGS, MOST_SENDINGS] = [4, 24]
const TIMEOUT_MS = 600_000 * SCALE

/** So many requests at least, and so many commands of each kind that are accepted; resends do not count as such. */
const REQUESTS = 2_000
const ACCEPTED: Readonly<Record<Deed, number>> = {
  pickup: 120,
  open: 60,
  charge: 40,
  close: 12,
  process: 60,
  product: 8,
  void: 3,
  reopen: 6,
  ship: 20,
  receive: 20,
  inspect: 6,
  hold: 10,
  release: 6,
  correct: 35,
  certify: 10,
  'close-period': 12,
}

/** So many of those had said what they last saw. */
const ACCEPTED_AS_SEEN = { charge: 8, close: 3, correct: 8, hold: 2 }

/** So often the same pickup came in with the same photo again. */
const SAME_PHOTO = { pickup: 20 }

const tally = newTally()
const conditions = newTally()

const outcomeOf = ({ code, isReplay }: Told): string =>
  code === undefined ? (isReplay ? 'answered again' : 'accepted') : `refused as ${code}`

function countOne(one: Told): void {
  const { act, seen } = one.request
  tally.count(act, outcomeOf(one))
  if (seen) conditions.count(act, `${seen.isStale ? 'stale' : 'fresh'}, ${outcomeOf(one)}`)
}

async function playWorld(rounds: readonly (readonly Sending[])[]): Promise<void> {
  const world = await startWorld()
  try {
    const told: Told[] = []
    await certify(world)
    let table = await readTable()
    for (const [round, sendings] of rounds.entries()) {
      // As if so much time had passed that nobody goes by what was looked up in the round before.
      for (const { id } of ORGANISATIONS) forgetLists(id)
      told.push(...(await playRound(world, table, { round, sendings, before: told })))
      await world.runtime.projected()
      const before = table
      table = await readTable()
      fail([...answersComplaints(told, table), ...lateComplaints(before, table)], told)
      fail(await lawsOf(world, table, round), told)
    }
    fail(await allAnsweredComplaints(evidenceOf(table), world), told)
    told.forEach(countOne)
  } finally {
    await world.stop()
  }
}

function fail(complaints: readonly string[], told: readonly Told[]): void {
  if (complaints.length > 0) throw new Error([...complaints, ...told.map(({ line }) => line)].join('\n'))
}

async function certify({ send }: EngineWorld): Promise<void> {
  for (const [index, { id }] of ORGANISATIONS.slice(0, 2).entries()) {
    await send(requestOf(certificateOf(id)), nthKey(1_000_000 + index))
  }
}

async function lawsOf(world: EngineWorld, table: Table, round: number): Promise<string[]> {
  return [
    ...complaintsOf(table, 'wholly'),
    ...(await storedComplaints(table)),
    ...(await answeredComplaints(evidenceOf(table), world, round)),
  ]
}

const rounds = fc.array(
  fc.array(sending, { minLength: LEAST_SENDINGS, maxLength: MOST_SENDINGS, size: 'max' }),
  {
    minLength: ROUNDS,
    maxLength: ROUNDS,
  },
)

it('keeps every law after every round of racing clients', { timeout: TIMEOUT_MS }, async () => {
  await fc.assert(fc.asyncProperty(rounds, playWorld), { ...parametersFor(WORLDS), endOnFailure: true })
  tally.tell('requests')
  conditions.tell('with If-Match')
  expect(shortOf(ACCEPTED, tally.with('accepted'))).toEqual([])
  expect(shortOf(ACCEPTED_AS_SEEN, conditions.with('fresh, accepted'))).toEqual([])
  expect(shortOf(SAME_PHOTO, tally.with('refused as check-failed'))).toEqual([])
  expect(tally.total()).toBeGreaterThanOrEqual(REQUESTS * Math.min(1, SCALE))
})

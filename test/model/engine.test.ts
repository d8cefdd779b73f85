import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { answersComplaints, playRound, type Told } from './rounds.ts'
import { complaintsOf } from './checker.ts'
import { nthKey, startWorld, type EngineWorld } from './engine-world.ts'
import { answeredComplaints } from './laws/answered.ts'
import { evidenceOf } from './laws/evidence.ts'
import { storedComplaints } from './laws/stored.ts'
import { requestOf } from './requests.ts'
import { certificateOf } from './resolve.ts'
import { ORGANISATIONS } from './organisations.ts'
import { newTally, parametersFor, SCALE } from './scale.ts'
import { sending, type Sending } from './steps.ts'
import { readTable, type Table } from './table.ts'

/** Random worlds through the real routes on the real engine, many clients at once. */
const WORLDS = 2
const ROUNDS = 40
const TIMEOUT_MS = 300_000 * SCALE

/** How often each path was answered with what. */
const tally = newTally()

const outcomeOf = ({ request, status }: Told): string =>
  `${request.path.replaceAll(/[A-Z0-9]{13}(-\d+)?/g, '{id}')} ${status}`

async function playWorld(rounds: readonly (readonly Sending[])[]): Promise<void> {
  const world = await startWorld()
  try {
    const told: Told[] = []
    await certify(world)
    let table = await readTable()
    for (const [round, sendings] of rounds.entries()) {
      told.push(...(await playRound(world, table, { round, sendings, before: told })))
      await world.runtime.projected()
      table = await readTable()
      const complaints = [...answersComplaints(told), ...(await lawsOf(world, table, round))]
      if (complaints.length > 0) throw new Error([...complaints, ...told.map(({ line }) => line)].join('\n'))
    }
    for (const one of told) tally.count(outcomeOf(one))
  } finally {
    await world.stop()
  }
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

const rounds = fc.array(fc.array(sending, { minLength: 1, maxLength: 8, size: 'max' }), {
  minLength: ROUNDS,
  maxLength: ROUNDS,
})

it('keeps every law after every round of racing clients', { timeout: TIMEOUT_MS }, async () => {
  await fc.assert(fc.asyncProperty(rounds, playWorld), { ...parametersFor(WORLDS), endOnFailure: true })
  tally.tell()
  const accepted = [...tally.endingIn(' 201').values()].reduce((sum, times) => sum + times, 0)
  expect(accepted).toBeGreaterThan(ROUNDS)
})

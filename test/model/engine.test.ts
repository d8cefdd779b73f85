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
import { sending, type Sending } from './steps.ts'
import { readTable, type Table } from './table.ts'

/** Random worlds through the real routes on the real engine, many clients at once; MODEL_RUNS=20 plays twenty times as many. */
const SCALE = Number(process.env['MODEL_RUNS'] ?? 1)
const WORLDS = Math.ceil(2 * SCALE)
const ROUNDS = 40
const TIMEOUT_MS = 300_000 * SCALE

/** How often each path was answered with what. */
const tally = new Map<string, number>()

function count({ request, status }: Told): void {
  const outcome = `${request.path.replaceAll(/[A-Z0-9]{13}(-\d+)?/g, '{id}')} ${status}`
  tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
}

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
    for (const one of told) count(one)
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
  await fc.assert(fc.asyncProperty(rounds, playWorld), { numRuns: WORLDS, endOnFailure: true })
  if (SCALE > 1) console.log([...tally].map(([outcome, times]) => `${outcome}: ${times}`).join('\n'))
  const accepted = [...tally].filter(([outcome]) => outcome.endsWith(' 201'))
  expect(accepted.reduce((sum, [, times]) => sum + times, 0)).toBeGreaterThan(WORLDS * ROUNDS)
})

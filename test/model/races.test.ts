import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { jsonOf } from '../client.ts'
import { complaintsOf } from './checker.ts'
import { nthKey, startWorld, type EngineWorld } from './engine-world.ts'
import type { Command } from './intent.ts'
import { requestOf } from './requests.ts'
import { aPickup, COOP } from './scenario.ts'
import { readTable } from './table.ts'

/** What racing clients have found on the engine, told again one by one. */
let world: EngineWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world?.stop())

let keys = 0
const at = '2026-08-20T12:00:00.000Z'

async function does(command: Command): Promise<unknown> {
  return jsonOf(await world.send(requestOf({ org: COOP, at, ...command }), nthKey((keys += 1))))
}

const idOf = (answer: unknown): string => z.object({ id: z.string() }).parse(answer).id

async function givenPickup(): Promise<string> {
  return idOf(await does(aPickup()))
}

async function givenCharged(batches: readonly string[]): Promise<string> {
  const run = idOf(await does({ act: 'open', site: 'huzhou', step: 'cleaning' }))
  for (const batch of batches) {
    await does({ act: 'charge', run, draws: [{ batch, massGrams: 10_000 }], added: [] })
  }
  return run
}

async function eventOf(id: string): Promise<DomainEvent> {
  const found = (await readTable()).events.find((event) => event.id === id)
  if (!found) throw new Error(`no event ${id}`)
  return found
}

/** Two commands so close that the stream has carried nothing between them. */
async function inOneBreath(first: Command, second: Command): Promise<void> {
  await does(first)
  await does(second)
}

const isHeld = async (run: string): Promise<boolean> => {
  const answer = await world.client.get(`/v1/runs/${run}`, { key: world.keyOf(COOP) })
  return z.object({ held: z.boolean() }).parse(jsonOf(answer)).held
}

/** What the laws say once the stream has carried everything. */
async function complaints(): Promise<string[]> {
  await world.runtime.projected()
  return complaintsOf(await readTable(), 'wholly')
}

const hold = (batch: string): Command => ({ act: 'hold', batch, reason: 'contamination' })
const closing = { outputs: [{ massGrams: 9_000 }], losses: { reject: 1_000 } } as const

describe('a hold that is placed while its batch is taken out of a run again', () => {
  it('does not hold the run that it reaches too late', async () => {
    const [batch, other] = [await givenPickup(), await givenPickup()]
    const run = await givenCharged([batch, other])
    await inOneBreath(hold(batch), { act: 'correct', event: await eventOf(`${run}-2`) })
    expect(await complaints()).toEqual([])
    expect(await isHeld(run)).toBe(false)
  })

  it('still holds the run that has another part of the batch', async () => {
    const batch = await givenPickup()
    const run = await givenCharged([batch, batch])
    await inOneBreath(hold(batch), { act: 'correct', event: await eventOf(`${run}-2`) })
    expect(await complaints()).toEqual([])
    expect(await isHeld(run)).toBe(true)
  })
})

describe('what came out of a held run, once its closing is taken back', () => {
  it('is held no more than anything else that never was', async () => {
    const batch = await givenPickup()
    const run = await givenCharged([batch])
    await does({ act: 'close', run, ...closing })
    await does(hold(batch))
    await world.runtime.projected()
    await does({ act: 'correct', event: await eventOf(`${run}-3`) })
    expect(await complaints()).toEqual([])
    await does({ act: 'release', batch })
    expect(await complaints()).toEqual([])
  })

  it('is not reached by a hold that was on its way to it', async () => {
    const batch = await givenPickup()
    const run = await givenCharged([batch])
    await does({ act: 'close', run, ...closing })
    await inOneBreath(hold(batch), { act: 'correct', event: await eventOf(`${run}-3`) })
    expect(await complaints()).toEqual([])
  })
})

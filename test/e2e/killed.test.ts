import { afterAll, beforeAll, expect, it } from 'vitest'
import { startInProcess, type InProcess } from '../in-process.ts'
import { newHandset, type Handset } from './phone/handset.ts'
import { survive } from './phone/killing.ts'
import { startNetwork, type Network } from './phone/network.ts'

/** The short run of what killed.long.ts does at length. */
let world: InProcess
let network: Network
let phone: Handset

beforeAll(async () => {
  world = await startInProcess()
  network = await startNetwork()
  phone = await newHandset(network.port)
})
afterAll(async () => {
  await phone?.end()
  await network?.close()
  await world?.end()
})

it('loses nothing and counts nothing twice when the phone is killed while it saves and sends', async () => {
  const { entries } = await survive({ world, network, phone, seed: 5, kills: 8, quiet: 4 })
  expect(entries).toBeGreaterThanOrEqual(4)
}, 120_000)

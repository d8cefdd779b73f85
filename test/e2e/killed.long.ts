import { afterAll, beforeAll, expect, it } from 'vitest'
import { startInProcess, type InProcess } from '../in-process.ts'
import { newHandset, type Handset } from './phone/handset.ts'
import { survive } from './phone/killing.ts'
import { startNetwork, type Network } from './phone/network.ts'

/** Fifty pickups with photos without a network, then a hundred kills. `SEED` chooses other instants and weathers. */
const SEED = Number(process.env['SEED'] ?? 1)

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

it('loses nothing and counts nothing twice over a hundred kills', async () => {
  const { entries, promised } = await survive({ world, network, phone, seed: SEED, kills: 100, quiet: 50 })
  // Of what the phone was killed over, some was kept before the screen could say so.
  expect(entries).toBeGreaterThanOrEqual(promised)
  expect(promised).toBeGreaterThanOrEqual(50)
  // oxlint-disable-next-line no-console -- whoever waits that long is told what for
  console.log(`seed ${SEED}: 100 kills, ${entries} entries received, ${promised} of them called saved before`)
})

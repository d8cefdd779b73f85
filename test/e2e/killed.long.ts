import { expect, it } from 'vitest'
import { survive } from './phone/killing.ts'
import { givenHandset, givenNetwork, givenWorld } from './given.ts'

/** Fifty pickups with photos without a network, then a hundred kills. `SEED` chooses other instants and weathers. */
const world = givenWorld()
const network = givenNetwork()
const phone = givenHandset(network)

const SEED = Number(process.env['SEED'] ?? 1)

it('loses nothing and counts nothing twice over a hundred kills', async () => {
  const { entries, promised } = await survive({
    world: world(),
    network: network(),
    phone: phone(),
    seed: SEED,
    kills: 100,
    quiet: 50,
  })
  // Of what the phone was killed over, some was kept before the screen could say so.
  expect(entries).toBeGreaterThanOrEqual(promised)
  expect(promised).toBeGreaterThanOrEqual(50)
  // oxlint-disable-next-line no-console -- whoever waits that long is told what for
  console.log(`seed ${SEED}: 100 kills, ${entries} entries received, ${promised} of them called saved before`)
})

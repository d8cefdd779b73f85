import { expect, it } from 'vitest'
import { survive } from './phone/killing.ts'
import { givenHandset, givenNetwork, givenWorld } from './given.ts'

/** The short run of what killed.long.ts does at length. */
const world = givenWorld()
const network = givenNetwork()
const phone = givenHandset(network)

it('loses nothing and counts nothing twice when the phone is killed while it saves and sends', async () => {
  const { entries } = await survive({
    world: world(),
    network: network(),
    phone: phone(),
    seed: 5,
    kills: 8,
    quiet: 4,
  })
  expect(entries).toBeGreaterThanOrEqual(4)
}, 120_000)

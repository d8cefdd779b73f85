import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startInProcess, type InProcess } from '../in-process.ts'
import { launchBrowser } from './browser.ts'
import { newHandset, type Handset } from './phone/handset.ts'
import { startNetwork, type Network } from './phone/network.ts'

/** What browser tests begin with: each is started before the tests of a file and ended after them. */

/** A value that is there from the file's `beforeAll` to its `afterAll`. */
function given<T>(start: () => Promise<T>, end: (started: T) => Promise<unknown>): () => T {
  let started: { readonly value: T } | undefined
  beforeAll(async () => {
    started = { value: await start() }
  })
  afterAll(async () => {
    if (started) await end(started.value)
  })
  return () => {
    if (!started) throw new Error('it is there in tests alone')
    return started.value
  }
}

export const givenWorld = (): (() => InProcess) => given(startInProcess, (world) => world.end())

export const givenBrowser = (): (() => Browser) => given(launchBrowser, (browser) => browser.close())

export const givenNetwork = (): (() => Network) => given(startNetwork, (network) => network.close())

/** A phone on that network, which is given before it. */
export const givenHandset = (network: () => Network): (() => Handset) =>
  given(
    () => newHandset(network().port),
    (phone) => phone.end(),
  )

import { expect } from 'vitest'
import { entryPayload, enrolledPhone, type Phone } from '../enrolled.ts'
import type { Answer, Client } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem, type Expected } from './refused.ts'

/** What tests of signed pickups begin with: a server, and a phone that its station has enrolled. */
export interface Signing {
  readonly world: InProcess
  readonly client: Client
  readonly keys: InProcess['runtime']['credentials']['keys']
  readonly phone: Phone
  /** The usual pickup of an entry, changed in one place. */
  readonly pickup: (change: object) => object
  readonly numberOfBatches: () => Promise<number>
  /** Sends something wrong: it is refused as expected, and no batch is made. */
  readonly refused: (send: () => Promise<Answer>, expected: Expected) => Promise<void>
}

export const DAY_MS = 86_400_000
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()

export async function startSigning(): Promise<Signing> {
  const world = await startInProcess()
  const { client } = world
  const { keys } = world.runtime.credentials
  const numberOfBatches = async (): Promise<number> => (await client.allBatches(keys.auditor)).length
  return {
    world,
    client,
    keys,
    phone: await enrolledPhone(client, keys.station),
    pickup: (change) => ({ ...entryPayload(client).pickup, ...change }),
    numberOfBatches,
    refused: async (send, expected) => {
      const before = await numberOfBatches()
      expectProblem(await send(), expected)
      expect(await numberOfBatches()).toBe(before)
    },
  }
}

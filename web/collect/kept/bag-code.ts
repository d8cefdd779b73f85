import { commandText } from '../../../shared/contract/command-key.ts'
import type { PICKUP_ROUTES } from '../../../shared/contract/routes/pickups.ts'
import { idFromBytes } from '../../../shared/domain/ids.ts'
import { sha256Hex } from '../sha256.ts'

/** The route's name is part of the id; its type makes sure that it is called so. */
const ROUTE: keyof typeof PICKUP_ROUTES & 'recordPickup' = 'recordPickup'

/** What the batch of an entry will be called, known at sea: the server takes the same id from the same words. */
export async function batchIdOf(org: string, entryId: string): Promise<string> {
  const text = commandText({ org, route: ROUTE, idempotencyKey: entryId })
  const hex = await sha256Hex(new TextEncoder().encode(text))
  const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []
  return idFromBytes('batch', new Uint8Array(bytes))
}

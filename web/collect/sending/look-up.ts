import { isStale } from '../shown/became.ts'
import type { Courier } from './courier.ts'
import type { Entry } from '../kept/entries.ts'
import { askBecame } from './send.ts'
import { changeEntry } from '../kept/shelf.ts'

/** Asks, one after the other, what became of these entries, and keeps the answers. Ends where nobody answers. */
export async function lookUp(entries: readonly Entry[], courier: Courier): Promise<void> {
  const stale = entries.filter((entry) => isStale(entry, new Date()))
  for (const { id, state } of stale) {
    if (state.is !== 'received') continue
    const { batchId } = state.receipt
    const reply = await courier.ask((bearer) => askBecame(bearer, batchId))
    if (reply.is === 'unsent') return
    if (reply.is === 'accepted') await changeEntry(id, (entry) => ({ ...entry, became: reply.value }))
  }
}

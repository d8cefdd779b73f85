import { randomBytes, randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { erasureView, exportPage } from '../../shared/contract/answers/privacy.ts'
import { batchOf, jsonOf, type Answer, type BatchView } from '../client.ts'
import { aPickup } from '../given.ts'
import type { InProcess } from '../in-process.ts'

/** What is held on people: entered, exported and erased by the demo's organisation. */
export const newPerson = (): string => `Ye ${randomUUID()}`
export const newVessel = (): string => `浙椒渔${randomBytes(4).readUInt32BE()}`

export const erasureIn = (answer: Answer): z.output<typeof erasureView> => erasureView.parse(jsonOf(answer))

export function heldIn(world: () => InProcess) {
  const keys = () => world().runtime.credentials.keys
  const theirs = () => world().runtime.credentials.other.keys
  async function pickup(changes: object, key = keys().station): Promise<BatchView> {
    return batchOf(await world().client.post('/v1/pickups', key, aPickup(changes)))
  }

  const sendErasure = (person: string, idempotencyKey: string = randomUUID(), changes: object = {}) =>
    world().client.post(
      '/v1/erasures',
      keys().operator,
      { person, reason: 'person-asked', ...changes },
      {
        idempotencyKey,
      },
    )
  /** Sent again as long as it is begun, as whoever asks for it does. */
  async function erased(person: string, sending: string = randomUUID()) {
    for (;;) {
      const erasure = erasureIn(await sendErasure(person, sending))
      if (erasure.status === 'done') return erasure
    }
  }

  const sendExport = (person: string, changes: object = {}, key = keys().operator) =>
    world().client.post('/v1/exports', key, { person, ...changes })

  /** All pages of an export, so small that there are several. */
  async function exported(person: string, limit = 2, key = keys().operator) {
    const items: z.output<typeof exportPage>['items'] = []
    for (let cursor: string | undefined; ;) {
      const page = exportPage.parse(
        jsonOf(await sendExport(person, { limit, ...(cursor !== undefined && { cursor }) }, key)),
      )
      items.push(...page.items)
      if (page.next === undefined) return items
      cursor = page.next
    }
  }

  return { keys, theirs, pickup, sendErasure, erased, sendExport, exported }
}

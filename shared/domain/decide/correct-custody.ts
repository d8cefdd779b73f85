import type { Undo } from '../events/correction.ts'
import type { DomainEvent, EventOf } from '../events/event.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import type { World } from '../state/world.ts'
import { ofTypes, refuseBecauseOf, standingAfter, type Histories } from './later.ts'

/** Taking back a shipment that never left, or a receipt that was mistaken. */
export function undoShipment(
  event: EventOf<'BatchShipped'>,
  _world: World,
  histories: Histories,
): Decision<Undo> {
  const received = ofTypes(standingAfter(histories, event.home, event), 'BatchReceived')
  const refused = refuseBecauseOf(received, event, 'some of it was received')
  const { shipment, to, lines } = event.data
  return refused ?? accept({ of: 'BatchShipped', shipment, to, lines })
}

export function undoReceipt(
  event: EventOf<'BatchReceived'>,
  _world: World,
  histories: Histories,
): Decision<Undo> {
  const { shipment, from, lines } = event.data
  const used = lines.flatMap(({ batch }) =>
    ofTypes(standingAfter(histories, batch, event), 'RunCharged', 'BatchShipped', 'BatchReceived'),
  )
  const refused =
    refuseBecauseOf(used, event, 'a batch of it was used or shipped') ?? refuseChangedSince(event, histories)
  return refused ?? accept({ of: 'BatchReceived', shipment, from, lines })
}

/**
 * What was rejected is its sender's again, who may have corrected since what it is or how much. Then it is no longer what
 * the load says, and corrections are not corrected: it stays with its sender.
 */
function refuseChangedSince(event: EventOf<'BatchReceived'>, histories: Histories): Refused | undefined {
  for (const { batch } of event.data.lines) {
    const history = histories.get(batch) ?? []
    const before = history.slice(
      0,
      history.findIndex(({ id }) => id === event.id),
    )
    const changed = history
      .slice(before.length + 1)
      .find((later) => later.type === 'EventCorrected' && changesOneOf(before, later))
    if (!changed) continue
    const detail = `${event.id} cannot be taken back, because batch ${batch}, which it rejected, was corrected since by its sender (${changed.id}). It stays with its sender, who can ship it again.`
    return refuse('not-correctable', detail)
  }
  return undefined
}

const MATERIAL: ReadonlySet<Undo['of']> = new Set(['PickupRecorded', 'RunCharged', 'RunClosed'])

const changesOneOf = (before: readonly DomainEvent[], { data }: EventOf<'EventCorrected'>): boolean =>
  MATERIAL.has(data.undo.of) && before.some(({ id }) => id === data.event)

import type { Undo } from '../events/correction.ts'
import type { EventOf } from '../events/event.ts'
import { accept, type Decision } from '../refusal.ts'
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
  const refused = refuseBecauseOf(used, event, 'a batch of it was used or shipped')
  return refused ?? accept({ of: 'BatchReceived', shipment, from, lines })
}

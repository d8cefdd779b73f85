import { settled } from '../domain/decide/receive.ts'
import type { EventOf } from '../domain/events/event.ts'
import { heldSince } from '../domain/state/batch.ts'
import { unusable } from './judge-use.ts'
import { batchOf, broken, firstOf, memberFault, type Judge } from './world.ts'

/** Of each batch of the lineage, a shipment carries all that remained of it, and who sends it holds it. */
export const judgeShipped: Judge<EventOf<'BatchShipped'>> = (event, world) =>
  firstOf(
    ...event.data.lines.map((line) => () => {
      const batch = batchOf(world, line.batch)
      if (!batch) return undefined
      const { id, site, stage, remainingGrams, remaining } = batch
      return firstOf(
        () => unusable(batch, event.org),
        () => (event.occurredAt < heldSince(batch) ? broken('time-order', { subject: id }) : undefined),
        () =>
          memberFault(id, line, {
            batch: id,
            site,
            stage,
            massGrams: remainingGrams,
            claims: remaining.claims,
          }),
      )
    }),
  )

/**
 * A receipt settles batches that are on their way in this very load, which was sent to the organisation that receives it. An
 * accepted line goes on at the lesser weight, and what is missing takes its part of origins and claims with it.
 */
export const judgeReceived: Judge<EventOf<'BatchReceived'>> = (event, world) =>
  firstOf(
    ...event.data.lines.map((line) => () => {
      const batch = batchOf(world, line.batch)
      if (!batch) return undefined
      const { id, status, shipment, remainingGrams } = batch
      if (status !== 'in-transit' || shipment !== event.data.shipment)
        return broken('not-usable', { subject: id, stated: status })
      const addressee = world.addressees.get(shipment)
      if (addressee !== event.org)
        return broken('wrong-custody', { subject: id, stated: event.org, due: addressee })
      const { receivedGrams, accepted, lost, ...rest } = line
      const { lost: due, ...follows } = settled({ batch: id, receivedGrams, accepted }, remainingGrams, batch)
      return memberFault(id, lost, due) ?? memberFault(id, { ...rest, receivedGrams, accepted }, follows)
    }),
  )

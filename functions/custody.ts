import { randomBytes } from 'node:crypto'
import { locationOf } from '../shared/contract/route.ts'
import { CUSTODY_ROUTES } from '../shared/contract/routes/custody.ts'
import { shipBatches } from '../shared/domain/decide/ship.ts'
import { receiveShipment } from '../shared/domain/decide/receive.ts'
import { estimateKm } from '../shared/domain/checks/haul.ts'
import type { Transport } from '../shared/domain/events/custody.ts'
import { refuseAtClosed } from '../shared/domain/identity/standing.ts'
import { SHIPMENT_ID_PATTERN } from '../shared/domain/ids.ts'
import { gramsFromKg } from '../shared/domain/material/mass.ts'
import { siteOf, type Site } from '../shared/domain/organisation.ts'
import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'
import type { Shipment } from '../shared/domain/state/shipment.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { seal } from '../shared/ledger/seal.ts'
import { actorOf, findOpenSite, findSite, timeOf } from './commands/acting.ts'
import { loadWorld } from './adapters/ledger.ts'
import { readVehicles } from './adapters/openings.ts'
import { peopleOf } from './adapters/people.ts'
import { findOrganisation } from './adapters/registry.ts'
import { created, notFound } from './http/answers.ts'
import { checksOf } from './checks.ts'
import { execute, homeId, onceOf } from './commands/command.ts'
import type { Executed } from './commands/once.ts'
import { serve } from './http/http.ts'
import type { Request } from './http/request.ts'
import { viewShipment, withVehicle, type ShipmentView } from './views/views.ts'

/** Custody changes in two steps: the sender ships, the receiver weighs in. */
export const handler = serve(CUSTODY_ROUTES, {
  shipBatches: async ({ body, caller, idempotencyKey }) => {
    const shipment = await homeId('shipment', { org: caller.org, route: 'shipBatches', idempotencyKey })
    const [actor, people] = await Promise.all([
      actorOf(caller),
      peopleOf(caller.org, { person: body.driver, weigher: body.vehicle }),
    ])
    const { driver, vehicle } = body
    const sealed = await seal({ driver, vehicle }, () => randomBytes(16).toString('hex'))
    const command = {
      shipment,
      batches: body.batches,
      manifest: {
        number: body.manifest.number,
        ...(body.manifest.massKg !== undefined && { massGrams: gramsFromKg(body.manifest.massKg) }),
      },
      ...(body.seal !== undefined && { seal: body.seal }),
      sealed: sealed.commitments,
    }
    const executed = await execute({
      caller,
      once: { home: shipment },
      request: body,
      openings: sealed.openings,
      people,
      load: async () => {
        const [from, to] = await Promise.all([findSite(caller.org, body.siteId), findReceiver(body)])
        if (!from.ok) return from
        if (!to.ok) return to
        const between = {
          site: from.value.id,
          to: { org: body.to.organisationId, site: to.value.id },
          transport: transportOf(body, from.value, to.value),
          way: { from: from.value, to: to.value },
        }
        return accept({ world: await loadWorld(command.batches), extra: between })
      },
      decide: (world, between, now) =>
        shipBatches({ ...command, ...between, occurredAt: timeOf(body.occurredAt, now) }, world, actor(now)),
      answer: (after, events) =>
        viewShipment(shipmentIn(ofKind(after, shipment, 'shipment')), events.flatMap(checksOf)),
    })
    if (!executed.ok) return executed
    return created(await told(executed.value, shipment), locationOf(CUSTODY_ROUTES.shipBatches, shipment))
  },

  receiveShipment: async ({ path, body, caller, idempotencyKey }) => {
    const id = path['id'] ?? ''
    const lines = body.lines.map(({ batchId, massKg, accepted }) => ({
      batch: batchId,
      receivedGrams: gramsFromKg(massKg),
      accepted,
    }))
    const reasons = Object.fromEntries(
      body.lines.flatMap(({ batchId, reason }) => (reason === undefined ? [] : [[batchId, reason]])),
    )
    const isAnySaid = Object.keys(reasons).length > 0
    const sealed = await seal({ reasons: isAnySaid ? reasons : undefined }, () =>
      randomBytes(16).toString('hex'),
    )
    const { vehicle, seal: sealNumber, manifestNumber } = body.seen
    const seen = {
      ...(vehicle !== undefined && { vehicle }),
      ...(sealNumber !== undefined && { seal: sealNumber }),
      ...(manifestNumber !== undefined && { manifestNumber }),
    }
    const executed = await execute({
      caller,
      once: await onceOf({ org: caller.org, route: 'receiveShipment', idempotencyKey, target: id }),
      request: body,
      openings: sealed.openings,
      load: async () => {
        if (!SHIPMENT_ID_PATTERN.test(id)) return notFound(`shipment ${id}`)
        const world = await loadWorld([id, ...lines.map(({ batch }) => batch)])
        const shipment = ofKind(world, id, 'shipment')
        if (shipment?.to.org !== caller.org) return notFound(`shipment ${id}`)
        const site = await findOpenSite(caller.org, body.siteId ?? shipment.to.site, body.occurredAt)
        if (!site.ok) return site
        const [actor, sender, vehicles] = await Promise.all([
          actorOf(caller, shipment.from.org),
          findOrganisation(shipment.from.org),
          readVehicles([id]),
        ])
        const way = { from: sender && siteOf(sender, shipment.from.site), to: site.value }
        return accept({ world, extra: { shipment, way, actor, sent: vehicles.get(id) } })
      },
      decide: (world, { shipment, way, actor, sent }, now) => {
        const receipt = {
          site: way.to.id,
          way,
          lines,
          seen,
          ...(sent !== undefined && { sentVehicle: sent }),
          sealed: sealed.commitments,
          occurredAt: timeOf(body.occurredAt, now),
        }
        return receiveShipment(shipment, receipt, world, actor(now))
      },
      answer: (after, events) =>
        viewShipment(shipmentIn(ofKind(after, id, 'shipment')), events.flatMap(checksOf)),
    })
    return executed.ok ? created(executed.value) : executed
  },
})

type ShipBody = Request<'shipBatches'>['body']

function transportOf({ transport }: ShipBody, from: Site, to: Site): Transport {
  const { mode, distanceKm: measured } = transport
  if (measured !== undefined) return { mode, distanceKm: measured, basis: 'measured' }
  return { mode, distanceKm: estimateKm(from, to), basis: 'estimated' }
}

async function findReceiver({ to, occurredAt }: ShipBody): Promise<Decision<Site>> {
  const { organisationId, siteId } = to
  const organisation = await findOrganisation(organisationId)
  if (!organisation) {
    const detail = `There is no organisation ${organisationId} to ship to.`
    return refuse('unknown-organisation', detail, '/to/organisationId')
  }
  if (organisation.suspendedAt !== undefined) {
    const detail = `${organisationId} is suspended and could not receive a load.`
    return refuse('unknown-organisation', detail, '/to/organisationId')
  }
  const site = siteOf(organisation, siteId)
  if (site) {
    const at = timeOf(occurredAt, new Date().toISOString())
    return refuseAtClosed(site, at, '/to/siteId') ?? accept(site)
  }
  const known = organisation.sites.map(({ id }) => id).join(', ')
  const detail = `${organisationId} has no site ${siteId} to ship to; it has: ${known}.`
  return refuse('unknown-site', detail, '/to/siteId')
}

/** An answer with the vehicle of the shipment: what is stored to answer resends has none, as an erasure does not reach it. */
async function told(executed: Executed, shipment: string): Promise<Executed> {
  const view: ShipmentView = JSON.parse(executed.answer)
  return { ...executed, answer: JSON.stringify(withVehicle(view, await readVehicles([shipment]))) }
}

function shipmentIn(shipment: Shipment | undefined): Shipment {
  if (!shipment) throw new Error('a shipment is what this command is about')
  return shipment
}

import { remainingDryGrams, type Batch } from '../state/batch.ts'
import { checkManifest, checkReceivedMass } from '../checks/custody.ts'
import { checkHaul, estimateKm, type Way } from '../checks/haul.ts'
import { checkEntryTime } from '../checks/entry.ts'
import type { CheckResult } from '../checks/rule.ts'
import { drawClaims, subtractClaims } from '../lineage/claims.ts'
import type { ReceivedLine, Transport } from '../events/custody.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { drawShares } from '../lineage/origin.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Shipment } from '../state/shipment.ts'
import { checkTime } from '../time.ts'
import { batchIn, type World } from '../state/world.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'

/** The receiver's own weights, line by line, in as many calls as it takes; each line is settled once. */
export interface ReceiveShipment {
  readonly site: string
  readonly occurredAt: string
  readonly lines: readonly ReceiptLine[]
  /** The vehicle as its papers named it, unless it was erased; see shared/domain/privacy/sealed.ts. */
  readonly sentVehicle?: string
  /** What the receiver read off truck and container, to be compared with the papers. */
  readonly seen: { readonly vehicle?: string; readonly seal?: string; readonly manifestNumber?: string }
  /** From the sender's site to where it was received, as far as it is known where they are. */
  readonly way?: Way
  readonly sealed: Readonly<Record<string, string>>
}

export interface ReceiptLine {
  readonly batch: string
  readonly receivedGrams: number
  readonly accepted: boolean
}

/**
 * Decides a receipt. Accepted lines change hands at the lesser of the two weights, so that mass cannot be invented on
 * the road; the difference is recorded, and reviewed above 2 % (R16). Rejected lines stay the sender's.
 */
export function receiveShipment(
  shipment: Shipment,
  command: ReceiveShipment,
  world: World,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const refused =
    checkTime(command.occurredAt, actor.now) ??
    refuseEarlier(command.occurredAt, shipment.occurredAt, `shipment ${shipment.id} left`)
  if (refused) return refused
  if (shipment.status === 'void') {
    return refuse('not-correctable', `Shipment ${shipment.id} was declared a mistake; it never left.`)
  }
  const lines: ReceivedLine[] = []
  const touching: Batch[] = []
  for (const [index, line] of command.lines.entries()) {
    const pointer = `/lines/${index}`
    if (command.lines.findIndex(({ batch }) => batch === line.batch) !== index) {
      return refuse('invalid-request', `Batch ${line.batch} is named twice.`, pointer)
    }
    const sent = shipment.lines.find(({ batch }) => batch === line.batch)
    const batch = batchIn(world, line.batch)
    if (!sent || !batch) {
      const known = shipment.lines.map(({ batch: id }) => id).join(', ')
      return refuse(
        'unknown-line',
        `Shipment ${shipment.id} carries no batch ${line.batch}; it carries ${known}.`,
        `${pointer}/batchId`,
      )
    }
    if (sent.settled) {
      return refuse('line-settled', `Batch ${line.batch} was ${sent.settled} already.`, `${pointer}/batchId`)
    }
    lines.push(settled(line, sent.massGrams, batch))
    touching.push(batch)
  }
  const transport = transportTo(shipment, command)
  return accept([
    {
      ...envelopeOf(
        shipment.id,
        shipment.version + 1,
        { ...command, touching, after: [shipment, ...touching] },
        actor,
      ),
      type: 'BatchReceived',
      data: {
        shipment: shipment.id,
        from: shipment.from,
        ...(transport && { transport }),
        lines,
        checks: [
          ...checksOf(shipment, command, lines),
          checkEntryTime({ occurredAt: command.occurredAt, recordedAt: actor.now }),
        ],
        sealed: command.sealed,
      },
    },
  ])
}

/**
 * How the load came to where it was received. What the sender said is about the site that it was addressed to: to another
 * one it is estimated anew, or, where the sender stated a distance, kept only if that fits this way too. Undefined where
 * nobody recorded it.
 */
function transportTo(shipment: Shipment, { site, way = {} }: ReceiveShipment): Transport | undefined {
  const { transport, to } = shipment
  if (site === to.site) return transport
  if (transport.basis === 'measured') {
    return checkHaul(transport.distanceKm, way)?.verdict === 'pass' ? transport : undefined
  }
  return way.from && way.to && { ...transport, distanceKm: estimateKm(way.from, way.to) }
}

/** What becomes of a line, given what was sent of the batch, and the batch as it is on its way. */
export function settled(line: ReceiptLine, sentGrams: number, batch: Batch): ReceivedLine {
  const { receivedGrams, accepted } = line
  const keptGrams = accepted ? Math.min(sentGrams, receivedGrams) : sentGrams
  const lostGrams = sentGrams - keptGrams
  // What goes on keeps no more of the claim than its part; what is lost is the rest, not rounded down a second time.
  const claims = drawClaims(batch.remaining.claims, keptGrams, batch.remainingGrams)
  return {
    batch: line.batch,
    site: batch.site,
    stage: batch.stage,
    sentGrams,
    receivedGrams,
    accepted,
    keptGrams,
    claims,
    lost: {
      massGrams: lostGrams,
      origins: drawShares(batch.remaining.origins, lostGrams).drawn,
      claims: subtractClaims(batch.remaining.claims, claims),
      // What drips or dries off on the road is water: what was kept may hold all that may have been dry.
      ...(batch.dryAtMostGrams !== undefined && {
        dryAtMostGrams: Math.max(0, remainingDryGrams(batch) - keptGrams),
      }),
    },
    surplusGrams: accepted ? Math.max(0, receivedGrams - sentGrams) : 0,
  }
}

function checksOf(
  shipment: Shipment,
  command: ReceiveShipment,
  lines: readonly ReceivedLine[],
): CheckResult[] {
  const weights = lines.map(({ sentGrams, receivedGrams }) => checkReceivedMass({ sentGrams, receivedGrams }))
  // A load may be weighed in over several calls, and its papers are about all of it.
  const earlierGrams = shipment.lines.reduce((sum, line) => sum + (line.receivedGrams ?? 0), 0)
  const weighedGrams = lines.reduce((sum, line) => sum + line.receivedGrams, earlierGrams)
  const { vehicle, seal, manifestNumber } = command.seen
  const load = checkManifest({
    manifest: {
      site: shipment.to.site,
      manifestNumber: shipment.manifest.number,
      ...(command.sentVehicle !== undefined && { plate: command.sentVehicle }),
      ...(shipment.seal !== undefined && { seal: shipment.seal }),
      ...(shipment.manifest.massGrams !== undefined && { massGrams: shipment.manifest.massGrams }),
    },
    seen: {
      site: command.site,
      ...(manifestNumber !== undefined && { manifestNumber }),
      ...(vehicle !== undefined && { plate: vehicle }),
      ...(seal !== undefined && { seal }),
      weighedGrams,
    },
  })
  const nothingSeen = vehicle === undefined && seal === undefined && manifestNumber === undefined
  const isElsewhere = command.site !== shipment.to.site
  const isWorthTelling = isElsewhere || !nothingSeen || shipment.manifest.massGrams !== undefined
  return isWorthTelling ? [...weights, load] : weights
}

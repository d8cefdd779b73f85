import type { Party, ShipmentLine, Transport } from '../events/custody.ts'
import { countsAt } from '../events/envelope.ts'
import type { DomainEvent } from '../events/event.ts'
import { latest } from '../time.ts'

/** `received`: every line is settled. `void`: it never left. */
export const SHIPMENT_STATUSES = ['in-transit', 'received', 'void'] as const

/** A load on its way from one organisation's site to another's. A line is settled once, by being accepted or rejected. */
export interface Shipment {
  readonly kind: 'shipment'
  readonly id: string
  readonly from: Party
  readonly to: Party
  readonly status: (typeof SHIPMENT_STATUSES)[number]
  readonly manifest: { readonly number: string; readonly massGrams?: number }
  readonly seal?: string
  readonly transport: Transport
  readonly lines: readonly (ShipmentLine & {
    readonly settled?: 'accepted' | 'rejected'
    readonly receivedGrams?: number
  })[]
  readonly occurredAt: string
  /** When it counts in the books that it left, or that a receipt of it was taken back: no receipt counts earlier. */
  readonly countsFrom: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

export function evolveShipment(
  shipment: Shipment | undefined,
  event: DomainEvent,
  hash: string,
): Shipment | undefined {
  const moved = applyToShipment(shipment, event)
  return moved && { ...moved, version: (shipment?.version ?? 0) + 1, head: hash }
}

function applyToShipment(shipment: Shipment | undefined, event: DomainEvent): Shipment | undefined {
  switch (event.type) {
    case 'BatchShipped': {
      const { to, lines, manifest, seal, transport } = event.data
      return {
        kind: 'shipment',
        id: event.data.shipment,
        from: { org: event.org, site: event.site },
        to,
        status: 'in-transit',
        manifest,
        ...(seal !== undefined && { seal }),
        transport,
        lines,
        occurredAt: event.occurredAt,
        countsFrom: countsAt(event),
        recordedAt: event.recordedAt,
        version: 0,
        head: '',
      }
    }
    case 'BatchReceived': {
      const settled = new Map(event.data.lines.map((line) => [line.batch, line]))
      return (
        shipment &&
        withLines(
          shipment,
          shipment.lines.map((line) => {
            const now = settled.get(line.batch)
            if (!now) return line
            const { receivedGrams } = now
            return { ...line, settled: now.accepted ? 'accepted' : 'rejected', receivedGrams }
          }),
        )
      )
    }
    case 'EventCorrected':
      return (
        shipment && {
          ...undoInShipment(shipment, event.data.undo),
          countsFrom: latest([shipment.countsFrom, countsAt(event)]),
        }
      )
    default:
      return shipment
  }
}

function undoInShipment(
  shipment: Shipment,
  undo: Extract<DomainEvent, { type: 'EventCorrected' }>['data']['undo'],
): Shipment {
  if (undo.of === 'BatchShipped') return { ...shipment, status: 'void' }
  if (undo.of !== 'BatchReceived') return shipment
  const taken = new Set(undo.lines.map((line) => line.batch))
  return withLines(
    shipment,
    shipment.lines.map((line) => {
      if (!taken.has(line.batch)) return line
      const { settled: _, receivedGrams: __, ...open } = line
      return open
    }),
  )
}

function withLines(shipment: Shipment, lines: Shipment['lines']): Shipment {
  const isSettled = lines.every((line) => line.settled !== undefined)
  return { ...shipment, lines, status: isSettled ? 'received' : 'in-transit' }
}

import type * as z from 'zod/mini'
import type { batchView, checkView } from '../../shared/contract/answers/batches.ts'
import type { shipmentView } from '../../shared/contract/answers/custody.ts'
import type { certificateView } from '../../shared/contract/answers/quality.ts'
import type { runView } from '../../shared/contract/answers/runs.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { CheckResult } from '../../shared/domain/checks/rule.ts'
import type { Party } from '../../shared/domain/events/custody.ts'
import type { UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { ProductFacts } from '../../shared/domain/events/run.ts'
import type { Claims } from '../../shared/domain/lineage/claims.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import type { Shipment } from '../../shared/domain/state/shipment.ts'
import { isHeld, ofKind, type World } from '../../shared/domain/state/world.ts'
import type { HoldFacts } from '../adapters/holds.ts'
import { checksOf } from '../checks.ts'
import { digitalLinkUrl, passportUrl, publicUrl } from './links.ts'
import { viewRecords } from './records.ts'

/** How state is shown to those who hold it: kilograms instead of grams, links instead of keys. */
export type BatchView = z.output<typeof batchView>
export type RunView = z.output<typeof runView>
export type ShipmentView = z.output<typeof shipmentView>
export type CertificateView = z.output<typeof certificateView>
type CheckView = z.output<typeof checkView>

/** `holds` are told where they were read, which is where one batch is looked at by itself. */
export function viewBatch(
  batch: Batch,
  checks?: readonly CheckResult[],
  held = false,
  holds: readonly ShownHold[] = [],
): BatchView {
  const self = `${publicUrl()}/v1/batches/${batch.id}`
  const digitalLink = batch.product && digitalLinkUrl(batch.product)
  return {
    id: batch.id,
    stage: batch.stage,
    status: batch.status,
    held,
    form: batch.form,
    sourceForm: batch.sourceForm,
    ...(batch.sources && { sourceFormsKg: kilogramsOf(batch.sources) }),
    polymer: batch.polymer,
    ...(batch.mixture && { polymersKg: kilogramsOf(batch.mixture) }),
    organisationId: batch.custodian,
    siteId: batch.site,
    massKg: kgFromGrams(batch.massGrams),
    remainingKg: kgFromGrams(batch.remainingGrams),
    ...(batch.lostGrams > 0 && { lostInTransitKg: kgFromGrams(batch.lostGrams) }),
    ...(batch.moistureBp !== undefined && { moisturePct: batch.moistureBp / 100 }),
    model: batch.model,
    claimsKg: kilogramsOf(batch.claims),
    remainingClaimsKg: kilogramsOf(batch.remaining.claims),
    ...(batch.oceanBound && { oceanBound: batch.oceanBound }),
    occurredAt: batch.occurredAt,
    recordedAt: batch.recordedAt,
    origins: batch.origins.map(({ placeId, period, found, grams }) => ({
      placeId,
      period,
      ...(found !== undefined && { found }),
      massKg: kgFromGrams(grams),
    })),
    ...(batch.run !== undefined && { runId: batch.run }),
    ...(batch.shipment !== undefined && { shipmentId: batch.shipment }),
    usedIn: [...batch.usedIn],
    ...(batch.product && { product: viewProduct(batch.product) }),
    ...(batch.inspections.length > 0 && { inspections: batch.inspections.map(viewInspection) }),
    ...(holds.length > 0 && { holds: holds.map(viewHold) }),
    ...(checks && { checks: checks.map(viewCheck) }),
    links: {
      self,
      passport: passportUrl(batch.id),
      ...(digitalLink !== undefined && { digitalLink }),
      qrSvg: `${self}/qr.svg`,
      qrPng: `${self}/qr.png`,
      label: `${self}/label`,
    },
  }
}

function viewProduct({ recycledShareBp, ...product }: ProductFacts): BatchView['product'] {
  return { ...product, ...(recycledShareBp !== undefined && { recycledPercent: recycledShareBp / 100 }) }
}

function viewInspection({ event, results, ...facts }: Batch['inspections'][number]) {
  const { sample, lab, testedAt, reportSha256, passed } = facts
  return {
    id: event,
    sample,
    lab,
    testedAt,
    ...(reportSha256 !== undefined && { reportSha256 }),
    ...(passed !== undefined && { passed }),
    results: results.map((result) => ({ ...result })),
  }
}

/** A hold as somebody is told of it who may not be told on what: that is another's. */
export type ShownHold = HoldFacts | Pick<HoldFacts, 'reason' | 'since'>

function viewHold({ reason, since, ...where }: ShownHold) {
  if (!('event' in where)) return { reason, since }
  return { holdId: where.event, batchId: where.batch, organisationId: where.org, reason, since }
}

/** A run as it stands. `outputs` and what was said when it was closed are given where they are at hand. */
export function viewRun(
  run: Run,
  outputs: readonly BatchView[],
  closing?: UnlinkedEvent,
  held = false,
): RunView {
  const closed = closing?.type === 'RunClosed' ? closing.data : undefined
  return {
    id: run.id,
    step: run.step,
    siteId: run.site,
    status: run.status,
    held,
    version: run.version,
    occurredAt: run.occurredAt,
    ...(run.closedAt !== undefined && { closedAt: run.closedAt }),
    charges: run.chargeCount,
    inputKg: kgFromGrams(run.pool.massGrams),
    addedKg: kgFromGrams(run.pool.addedGrams),
    claimsKg: kilogramsOf(run.pool.claims),
    outputIds: run.outputs.map(({ batch }) => batch),
    outputs: [...outputs],
    losses: kilogramsOf(run.losses),
    unaccountedKg: kgFromGrams(run.unaccountedGrams),
    ...(closed?.wasteDocument !== undefined && { wasteDocument: closed.wasteDocument }),
    ...viewRecords(run.records ?? {}),
    ...(closed?.energyWh !== undefined && { energyKWh: closed.energyWh / 1000 }),
    ...(closed?.waterMl !== undefined && { waterM3: closed.waterMl / 1_000_000 }),
    checks: (closed?.checks ?? []).map(viewCheck),
  }
}

export const viewCheck = ({ rule, verdict, sentence }: CheckResult): CheckView => ({
  rule,
  verdict,
  sentence,
})

export function kilogramsOf(
  grams: Claims | Readonly<Partial<Record<string, number>>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(grams).flatMap(([key, value]) => (value === undefined ? [] : [[key, kgFromGrams(value)]])),
  )
}

/** A batch that a command has just made or changed; it is there, or the fold is broken. */
export function batchOf(world: World, id: string): Batch {
  const batch = ofKind(world, id, 'batch')
  if (!batch) throw new Error(`${id} is not among the batches of the command`)
  return batch
}

export function runOf(world: World, id: string): Run {
  const run = ofKind(world, id, 'run')
  if (!run) throw new Error(`${id} is not among the runs of the command`)
  return run
}

export const viewParty = ({ org, site }: Party) => ({ organisationId: org, siteId: site })

export function viewShipment(shipment: Shipment, checks?: readonly CheckResult[]): ShipmentView {
  const { from, to, manifest, transport } = shipment
  return {
    id: shipment.id,
    status: shipment.status,
    from: viewParty(from),
    to: viewParty(to),
    occurredAt: shipment.occurredAt,
    manifest: {
      number: manifest.number,
      ...(manifest.massGrams !== undefined && { massKg: kgFromGrams(manifest.massGrams) }),
    },
    ...(shipment.seal !== undefined && { seal: shipment.seal }),
    transport,
    lines: shipment.lines.map(({ batch, massGrams, settled, receivedGrams }) => ({
      batchId: batch,
      massKg: kgFromGrams(massGrams),
      status: settled ?? 'in-transit',
      ...(receivedGrams !== undefined && { receivedKg: kgFromGrams(receivedGrams) }),
    })),
    ...(checks && { checks: checks.map(viewCheck) }),
  }
}

/** A shipment with its vehicle, which is not kept with it; without one that was erased. */
export function withVehicle(view: ShipmentView, vehicles: ReadonlyMap<string, string>): ShipmentView {
  const vehicle = vehicles.get(view.id)
  return vehicle === undefined ? view : { ...view, vehicle }
}

export function viewCertificate(certificate: Certificate | undefined): CertificateView {
  if (!certificate) throw new Error('a certificate is what this command is about')
  const { id, scheme, number, body, sites, steps, forms, validFrom, validTo, url, withdrawnAt } = certificate
  return {
    id,
    scheme,
    number,
    body,
    sites: [...sites],
    steps: [...steps],
    ...(forms && { forms: [...forms] }),
    validFrom,
    validTo,
    ...(url !== undefined && { url }),
    ...(withdrawnAt !== undefined && { withdrawnAt }),
  }
}

/** A run and what it made, as a command has just left them. */
export function viewRunIn(world: World, id: string, events: readonly UnlinkedEvent[]): RunView {
  const run = runOf(world, id)
  const held = isHeld(world, id)
  const outputs = run.outputs.map(({ batch }) => viewBatch(batchOf(world, batch), undefined, held))
  const closing = events.find(({ type }) => type === 'RunClosed')
  return { ...viewRun(run, outputs, closing, held), checks: events.flatMap(checksOf).map(viewCheck) }
}

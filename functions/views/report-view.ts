import type * as z from 'zod/mini'
import type { massBalanceView, periodList } from '../../shared/contract/answers/reports.ts'
import type { OpenShipment, Stock } from '../../shared/domain/events/registry.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import type { ClaimRow, MassBalance, PartyRow, StockRow } from '../../shared/domain/report/balance.ts'
import type { Exception } from '../../shared/domain/report/exceptions.ts'
import type { RecordRow, WasteRow } from '../../shared/domain/report/records.ts'
import { viewDocument } from './records.ts'
import { kilogramsOf } from './views.ts'

/** A mass balance as it is shown: kilograms, and each line under the heading where an auditor looks for it. */
type Shown = z.output<typeof massBalanceView>
export type ReportView = Shown['report']
type StockView = ReportView['opening']
type PeriodView = z.output<typeof periodList>['items'][number]

export function viewMassBalance(report: MassBalance): ReportView {
  const { org, site, from, to, events, parties, process, exceptions } = report
  return {
    organisationId: org,
    siteId: site,
    from,
    to,
    events,
    opening: viewStock(report.opening),
    closing: viewStock(report.closing),
    stages: report.stages.map((row) => ({ stage: row.stage, ...viewRow(row) })),
    total: viewRow(report.total),
    suppliers: parties.flatMap((row) => {
      const { line: as } = row
      return as === 'collected' || as === 'received' || as === 'moved-in'
        ? [{ as, ...viewPartyRow(row) }]
        : []
    }),
    customers: parties.flatMap((row) => {
      const { line: as } = row
      return as === 'shipped' || as === 'returned' || as === 'moved-out' ? [{ as, ...viewPartyRow(row) }] : []
    }),
    losses: {
      runsKg: kilogramsOf(process.losses),
      transitKg: kgFromGrams(report.total.lines['transit-loss']),
      unaccountedKg: kgFromGrams(process.unaccountedGrams),
    },
    process: {
      openingKg: kgFromGrams(process.openingGrams),
      chargedKg: kgFromGrams(process.chargedGrams),
      addedKg: kgFromGrams(process.addedGrams),
      madeKg: kgFromGrams(process.madeGrams),
      lostKg: kgFromGrams(Object.values(process.losses).reduce((sum, grams) => sum + grams, 0)),
      unaccountedKg: kgFromGrams(process.unaccountedGrams),
      closingKg: kgFromGrams(process.closingGrams),
    },
    road: {
      openingKg: kgFromGrams(report.road.openingGrams),
      shippedKg: kgFromGrams(report.road.shippedGrams),
      returnedKg: kgFromGrams(report.road.returnedGrams),
      arrivedKg: kgFromGrams(report.road.arrivedGrams),
      closingKg: kgFromGrams(report.road.closingGrams),
    },
    conversions: report.conversions.map(({ step, runs, inputGrams, outputGrams }) => ({
      step,
      runs,
      inputKg: kgFromGrams(inputGrams),
      outputKg: kgFromGrams(outputGrams),
    })),
    claims: report.claims.map(viewClaims),
    ...(report.waste && { waste: report.waste.map(viewWaste) }),
    ...(report.records && {
      records: { listed: report.records.listed.map(viewRecord), more: report.records.more },
    }),
    exceptions: { counts: exceptions.counts, listed: exceptions.listed.map(viewException) },
  }
}

export function viewStock(stock: Stock): StockView {
  const { byStage, claims, inProcessGrams, openRuns, onTheRoadGrams, openShipments } = stock
  return {
    byStageKg: kilogramsOf(byStage),
    claimsKg: kilogramsOf(claims),
    inProcessKg: kgFromGrams(inProcessGrams),
    openRuns: openRuns.map(({ run, since, massGrams }) => ({
      runId: run,
      since,
      massKg: kgFromGrams(massGrams),
    })),
    onTheRoadKg: kgFromGrams(onTheRoadGrams),
    openShipments: openShipments.map(viewOpenShipment),
  }
}

const viewOpenShipment = ({ shipment, to, since, massGrams }: OpenShipment) => ({
  shipmentId: shipment,
  to: { organisationId: to },
  since,
  massKg: kgFromGrams(massGrams),
})

function viewRow({ openingGrams, lines, closingGrams }: StockRow): ReportView['total'] {
  return {
    openingKg: kgFromGrams(openingGrams),
    in: {
      collectedKg: kgFromGrams(lines.collected),
      receivedKg: kgFromGrams(lines.received),
      movedInKg: kgFromGrams(lines['moved-in']),
      madeKg: kgFromGrams(lines.made),
      returnedKg: kgFromGrams(lines.returned),
    },
    out: {
      chargedKg: kgFromGrams(lines.charged),
      shippedKg: kgFromGrams(lines.shipped),
      movedOutKg: kgFromGrams(lines['moved-out']),
      transitLossKg: kgFromGrams(lines['transit-loss']),
    },
    closingKg: kgFromGrams(closingGrams),
  }
}

function viewPartyRow({ line, party, stage, grams }: PartyRow) {
  const isOwn = line === 'moved-in' || line === 'moved-out'
  return {
    ...(party !== undefined && (isOwn ? { siteId: party } : { organisationId: party })),
    stage,
    massKg: kgFromGrams(grams),
  }
}

function viewClaims({ scheme, openingGrams, lines, closingGrams }: ClaimRow): ReportView['claims'][number] {
  return {
    scheme,
    openingKg: kgFromGrams(openingGrams),
    in: {
      collectedKg: kgFromGrams(lines.collected),
      receivedKg: kgFromGrams(lines.received),
      movedInKg: kgFromGrams(lines['moved-in']),
      returnedKg: kgFromGrams(lines.returned),
    },
    out: { shippedKg: kgFromGrams(lines.shipped), movedOutKg: kgFromGrams(lines['moved-out']) },
    lost: { runsKg: kgFromGrams(lines['claims-lost']), transitKg: kgFromGrams(lines['transit-loss']) },
    closingKg: kgFromGrams(closingGrams),
  }
}

const viewWaste = ({ kind, document, grams }: WasteRow) => ({
  kind,
  destinationDocumentId: document,
  massKg: kgFromGrams(grams),
})

const viewRecord = ({ run, documents, ...rest }: RecordRow) => ({
  runId: run,
  documents: documents.map(viewDocument),
  ...rest,
})

function viewException(exception: Exception): ReportView['exceptions']['listed'][number] {
  switch (exception.kind) {
    case 'open-run': {
      const { kind, run, since, massGrams } = exception
      return { kind, runId: run, since, massKg: kgFromGrams(massGrams) }
    }
    case 'open-shipment':
      return { kind: exception.kind, ...viewOpenShipment(exception) }
    case 'difference': {
      const { batch, sentGrams, receivedGrams, ...rest } = exception
      return {
        ...rest,
        batchId: batch,
        sentKg: kgFromGrams(sentGrams),
        receivedKg: kgFromGrams(receivedGrams),
      }
    }
    case 'failed-inspection': {
      const { batch, outside, ...rest } = exception
      return { ...rest, batchId: batch, outside: [...outside] }
    }
    case 'check':
    case 'correction':
    case 'late':
      return exception
  }
}

export function viewPeriod(period: Period): PeriodView {
  const { id, site, from, to, opening, closing, reportSha256, recordedAt } = period
  return {
    id,
    siteId: site,
    from,
    to,
    opening: viewStock(opening),
    closing: viewStock(closing),
    reportSha256,
    recordedAt,
  }
}

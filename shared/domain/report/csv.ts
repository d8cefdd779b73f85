import { STAGE_WORDS, STEP_WORDS } from '../checks/wording.ts'
import { kgFromGrams } from '../material/mass.ts'
import { LOSS_KINDS } from '../material/material.ts'
import type { OpenShipment } from '../events/registry.ts'
import type { LocalName } from '../organisation.ts'
import type { MassBalance } from './balance.ts'
import type { Exception } from './exceptions.ts'
import { CLAIM_IN_LINES, CLAIM_OUT_LINES, STOCK_LINES } from './lines.ts'
import {
  COLUMN_WORDS,
  CORRECTED_WORDS,
  DOCUMENT_WORDS,
  EXCEPTION_WORDS,
  FIGURE_WORDS,
  LINE_WORDS,
  LOSS_WORDS,
  SECTION_WORDS,
  VERDICT_WORDS,
} from './words.ts'

/**
 * A mass balance as a table (RFC 4180: CRLF, quotes doubled), one figure a row, so that it can be filtered and summed.
 * It begins with a byte order mark, without which Excel takes UTF-8 for something else. Text that a spreadsheet would
 * take for a formula gets an apostrophe in front: a manifest or a reason for a correction is written by strangers.
 */
export type Language = 'en' | 'zh'

export interface Made {
  readonly asOf: string
  readonly sha256: string
}

export function csvOf(report: MassBalance, made: Made, language: Language): string {
  const say = (name: LocalName): string => name[language]
  const rows: Row[] = [
    ...headRows(report, made, say),
    ...stockRows(report, say),
    ...partyRows(report, say),
    ...processRows(report, say),
    ...roadRows(report, say),
    ...conversionRows(report, say),
    ...claimRows(report, say),
    ...wasteRows(report, say),
    ...recordRows(report, say),
    ...exceptionRows(report, say, language),
  ]
  const titles = COLUMN_WORDS.map(say)
  return `\uFEFF${[titles, ...rows.map(cellsOf)].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

type Say = (name: LocalName) => string

interface Row {
  readonly section: string
  readonly line: string
  readonly stage?: string
  readonly party?: string
  readonly kind?: string
  readonly grams?: number
  readonly time?: string
  readonly record?: string
  readonly note?: string
}

/** Figures are ours and stay figures, also below zero; all else is text. */
function cellsOf({ section, line, stage, party, kind, grams, time, record, note }: Row): string[] {
  const kg = grams === undefined ? '' : String(kgFromGrams(grams))
  const texts = [section, line, stage, party, kind].map((text) => harmless(text ?? ''))
  return [...texts, kg, ...[time, record, note].map((text) => harmless(text ?? ''))]
}

const harmless = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

function headRows({ org, site, from, to }: MassBalance, { asOf, sha256 }: Made, say: Say): Row[] {
  const section = say(SECTION_WORDS.report)
  return [
    { section, line: say(FIGURE_WORDS.organisation), party: org },
    { section, line: say(FIGURE_WORDS.site), party: site },
    { section, line: say(FIGURE_WORDS.from), time: from },
    { section, line: say(FIGURE_WORDS.to), time: to },
    { section, line: say(FIGURE_WORDS.asOf), time: asOf },
    { section, line: say(FIGURE_WORDS.sha256), record: sha256 },
  ]
}

function stockRows({ stages, total }: MassBalance, say: Say): Row[] {
  const section = say(SECTION_WORDS.stock)
  const named = [
    ...stages.map((row) => ({ name: say(STAGE_WORDS[row.stage]), row })),
    { name: say(FIGURE_WORDS.total), row: total },
  ]
  return named.flatMap(({ name, row }) => [
    { section, line: say(FIGURE_WORDS.opening), stage: name, grams: row.openingGrams },
    ...STOCK_LINES.map((line) => ({
      section,
      line: say(LINE_WORDS[line]),
      stage: name,
      grams: row.lines[line],
    })),
    { section, line: say(FIGURE_WORDS.closing), stage: name, grams: row.closingGrams },
  ])
}

function partyRows({ parties }: MassBalance, say: Say): Row[] {
  return parties.map(({ line, party, stage, grams }) => ({
    section: say(SECTION_WORDS.parties),
    line: say(LINE_WORDS[line]),
    stage: say(STAGE_WORDS[stage]),
    ...(party !== undefined && { party }),
    grams,
  }))
}

function processRows({ process, closing }: MassBalance, say: Say): Row[] {
  const section = say(SECTION_WORDS.process)
  const losses = LOSS_KINDS.flatMap((kind) => {
    const grams = process.losses[kind]
    if (grams === undefined) return []
    return [{ section, line: say(LINE_WORDS['run-loss']), kind: say(LOSS_WORDS[kind]), grams }]
  })
  return [
    { section, line: say(FIGURE_WORDS.opening), grams: process.openingGrams },
    { section, line: say(LINE_WORDS.charged), grams: process.chargedGrams },
    { section, line: say(LINE_WORDS.added), grams: process.addedGrams },
    { section, line: say(LINE_WORDS.made), grams: process.madeGrams },
    ...losses,
    { section, line: say(LINE_WORDS.unaccounted), grams: process.unaccountedGrams },
    { section, line: say(FIGURE_WORDS.closing), grams: process.closingGrams },
    ...closing.openRuns.map(({ run, since, massGrams }) => ({
      section,
      line: say(FIGURE_WORDS.openRun),
      grams: massGrams,
      time: since,
      record: run,
    })),
  ]
}

function roadRows({ road, closing }: MassBalance, say: Say): Row[] {
  const section = say(SECTION_WORDS.road)
  return [
    { section, line: say(FIGURE_WORDS.opening), grams: road.openingGrams },
    { section, line: say(FIGURE_WORDS.sent), grams: road.shippedGrams },
    { section, line: say(FIGURE_WORDS.cameBack), grams: road.returnedGrams },
    { section, line: say(LINE_WORDS.arrived), grams: road.arrivedGrams },
    { section, line: say(FIGURE_WORDS.closing), grams: road.closingGrams },
    ...closing.openShipments.map((load) => ({
      section,
      line: say(FIGURE_WORDS.openShipment),
      ...openShipmentCells(load),
    })),
  ]
}

const openShipmentCells = ({ shipment, to, since, massGrams }: OpenShipment) => ({
  party: to,
  grams: massGrams,
  time: since,
  record: shipment,
})

function conversionRows({ conversions }: MassBalance, say: Say): Row[] {
  const section = say(SECTION_WORDS.conversions)
  return conversions.flatMap(({ step, inputGrams, outputGrams }) => [
    { section, line: say(FIGURE_WORDS.input), kind: say(STEP_WORDS[step]), grams: inputGrams },
    { section, line: say(FIGURE_WORDS.output), kind: say(STEP_WORDS[step]), grams: outputGrams },
  ])
}

function claimRows({ claims }: MassBalance, say: Say): Row[] {
  const section = say(SECTION_WORDS.claims)
  return claims.flatMap(({ scheme: kind, openingGrams, lines, closingGrams }) => [
    { section, line: say(FIGURE_WORDS.opening), kind, grams: openingGrams },
    ...[...CLAIM_IN_LINES, ...CLAIM_OUT_LINES].map((line) => ({
      section,
      line: say(LINE_WORDS[line]),
      kind,
      grams: lines[line],
    })),
    { section, line: say(FIGURE_WORDS.closing), kind, grams: closingGrams },
  ])
}

function wasteRows({ waste = [] }: MassBalance, say: Say): Row[] {
  return waste.map(({ kind, document, grams }) => ({
    section: say(SECTION_WORDS.waste),
    line: say(LINE_WORDS['run-loss']),
    kind: say(LOSS_WORDS[kind]),
    grams,
    record: document,
  }))
}

/** A document a row, with the event that named it, and its hash where there is one. */
function recordRows({ records }: MassBalance, say: Say): Row[] {
  if (!records) return []
  const section = say(SECTION_WORDS.records)
  const rows = records.listed.flatMap(({ event, occurredAt, documents, lineCleaningRecordId }): Row[] => [
    ...(lineCleaningRecordId === undefined
      ? []
      : [
          {
            section,
            line: say(FIGURE_WORDS.lineCleaning),
            time: occurredAt,
            record: lineCleaningRecordId,
            note: event,
          },
        ]),
    ...documents.map(({ kind, number, sha256, issuedOn }) => ({
      section,
      line: say(DOCUMENT_WORDS[kind]),
      time: issuedOn ?? '',
      record: number,
      note: sha256 === undefined ? event : `${event}: SHA-256 ${sha256}`,
    })),
  ])
  return records.more === 0
    ? rows
    : [...rows, { section, line: say(FIGURE_WORDS.notListed), note: String(records.more) }]
}

function exceptionRows({ exceptions }: MassBalance, say: Say, language: Language): Row[] {
  const section = say(SECTION_WORDS.exceptions)
  const rows = exceptions.listed.map((exception) => ({
    section,
    line: say(EXCEPTION_WORDS[exception.kind]),
    ...detailsOf(exception, language),
  }))
  const total = Object.values(exceptions.counts).reduce((sum, count) => sum + count, 0)
  const hidden = total - exceptions.listed.length
  return hidden === 0 ? rows : [...rows, { section, line: say(FIGURE_WORDS.notListed), note: String(hidden) }]
}

function detailsOf(
  exception: Exception,
  language: Language,
): Pick<Row, 'party' | 'kind' | 'grams' | 'time' | 'record' | 'note'> {
  if (exception.kind === 'open-run') {
    const { run, since, massGrams } = exception
    return { grams: massGrams, time: since, record: run }
  }
  if (exception.kind === 'open-shipment') return openShipmentCells(exception)
  const { event: record, occurredAt, bookedAt: time } = exception
  switch (exception.kind) {
    case 'check': {
      const { rule, verdict, sentence } = exception
      return { kind: `${rule} ${VERDICT_WORDS[verdict][language]}`, time, record, note: sentence[language] }
    }
    case 'correction':
      return {
        kind: CORRECTED_WORDS[exception.of][language],
        time,
        record,
        note:
          exception.reason === undefined ? exception.corrects : `${exception.corrects}: ${exception.reason}`,
      }
    case 'difference': {
      const { batch, sentGrams, receivedGrams, accepted } = exception
      const note = `${batch}: ${kgFromGrams(sentGrams)} → ${kgFromGrams(receivedGrams)} kg`
      const kind = accepted ? FIGURE_WORDS.accepted : FIGURE_WORDS.rejected
      return { kind: kind[language], grams: receivedGrams - sentGrams, time, record, note }
    }
    case 'failed-inspection':
      return { time, record, note: `${exception.batch}: ${exception.outside.join(', ')}` }
    case 'late':
      return { time, record, note: occurredAt }
  }
}

import type { Stock } from '../events/registry.ts'
import { LOSS_KINDS, type LossKind } from '../material/material.ts'
import { RUN_STEPS, STAGES, type RunStep, type Stage } from '../material/stages.ts'
import type { Booking } from './booking.ts'
import type { Range } from './closed.ts'
import { exceptionsOf, type Exceptions } from './exceptions.ts'
import { STOCK_LINES, type ClaimLine, type Line, type Place, type Posting, type StockLine } from './lines.ts'
import { recordsOf, wasteRows, type Records, type WasteRow } from './records.ts'
import { stockAfter } from './stock.ts'

/**
 * The mass balance of a site over a period, from `from` up to but without `to`, in grams; see lines.ts for what each line
 * is and which sums hold. Everything in it follows from opening stock and bookings, so it is the same whenever it is made.
 */
export interface MassBalance extends Place, Range {
  readonly opening: Stock
  readonly closing: Stock
  /** How many events were booked. */
  readonly events: number
  /** Of every stage that has anything, in order; and of all of them together. */
  readonly stages: readonly (StockRow & { readonly stage: Stage })[]
  readonly total: StockRow
  /** The lines that have a party, by it and by stage; own collection has none. */
  readonly parties: readonly PartyRow[]
  readonly process: ProcessRow
  readonly road: RoadRow
  /** What runs that were closed made of their input, by step. */
  readonly conversions: readonly ConversionRow[]
  readonly claims: readonly ClaimRow[]
  /** Absent where there are none, as in reports from before they were recorded, whose hashes hold. */
  readonly waste?: readonly WasteRow[]
  readonly records?: Records
  readonly exceptions: Exceptions
}

export interface StockRow {
  readonly openingGrams: number
  readonly lines: Readonly<Record<StockLine, number>>
  readonly closingGrams: number
}

export interface PartyRow {
  readonly line: Exclude<StockLine, 'made' | 'charged'>
  readonly party?: string
  readonly stage: Stage
  readonly grams: number
}

export interface ProcessRow {
  readonly openingGrams: number
  readonly chargedGrams: number
  readonly addedGrams: number
  readonly madeGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
  readonly closingGrams: number
}

/** What left this site: `openingGrams + shippedGrams = returnedGrams + arrivedGrams + closingGrams`. */
export interface RoadRow {
  readonly openingGrams: number
  readonly shippedGrams: number
  readonly returnedGrams: number
  /** Accepted by the receiver, as it was sent. */
  readonly arrivedGrams: number
  readonly closingGrams: number
}

export interface ConversionRow {
  readonly step: RunStep
  readonly runs: number
  readonly inputGrams: number
  readonly outputGrams: number
}

export interface ClaimRow {
  readonly scheme: string
  readonly openingGrams: number
  readonly lines: Readonly<Record<ClaimLine, number>>
  readonly closingGrams: number
}

export interface Balanced extends Place, Range {
  readonly opening: Stock
  /** What counts within the period at this place, in order. */
  readonly bookings: readonly Booking[]
}

export function massBalance({ org, site, from, to, opening, bookings }: Balanced): MassBalance {
  const closing = stockAfter(opening, bookings)
  const postings = bookings.flatMap((booking) => booking.postings)
  const waste = wasteRows(postings)
  const records = recordsOf(bookings)
  const stages = STAGES.map((stage) => ({ stage, ...stockRow(stage, { opening, closing, postings }) }))
  return {
    org,
    site,
    from,
    to,
    opening,
    closing,
    events: bookings.length,
    stages: stages.filter(isSome),
    total: totalOf(stages),
    parties: partiesIn(postings),
    process: processRow({ opening, closing, postings }),
    road: roadRow({ opening, closing, postings }),
    conversions: conversionsIn(bookings),
    claims: claimRows({ opening, closing, postings }),
    ...(waste.length > 0 && { waste }),
    ...(records.listed.length > 0 && { records }),
    exceptions: exceptionsOf(bookings, closing, from),
  }
}

interface Books {
  readonly opening: Stock
  readonly closing: Stock
  readonly postings: readonly Posting[]
}

const sum = (postings: readonly Posting[]): number => postings.reduce((total, { grams }) => total + grams, 0)

const on = (postings: readonly Posting[], line: Line): Posting[] =>
  postings.filter((posting) => posting.line === line)

const stockLines = (grams: (line: StockLine) => number): StockRow['lines'] => ({
  collected: grams('collected'),
  received: grams('received'),
  'moved-in': grams('moved-in'),
  made: grams('made'),
  returned: grams('returned'),
  charged: grams('charged'),
  shipped: grams('shipped'),
  'moved-out': grams('moved-out'),
  'transit-loss': grams('transit-loss'),
})

const claimLines = (grams: (line: ClaimLine) => number): ClaimRow['lines'] => ({
  collected: grams('collected'),
  received: grams('received'),
  'moved-in': grams('moved-in'),
  returned: grams('returned'),
  shipped: grams('shipped'),
  'moved-out': grams('moved-out'),
  'transit-loss': grams('transit-loss'),
  'claims-lost': grams('claims-lost'),
})

function stockRow(stage: Stage, { opening, closing, postings }: Books): StockRow {
  const ofStage = postings.filter((posting) => posting.stage === stage)
  return {
    openingGrams: opening.byStage[stage] ?? 0,
    lines: stockLines((line) => sum(on(ofStage, line))),
    closingGrams: closing.byStage[stage] ?? 0,
  }
}

const isSome = ({ openingGrams, lines, closingGrams }: StockRow): boolean =>
  [openingGrams, closingGrams, ...Object.values(lines)].some((grams) => grams !== 0)

function totalOf(rows: readonly StockRow[]): StockRow {
  const total = (grams: (row: StockRow) => number): number => rows.reduce((all, row) => all + grams(row), 0)
  return {
    openingGrams: total((row) => row.openingGrams),
    lines: stockLines((line) => total(({ lines }) => lines[line])),
    closingGrams: total((row) => row.closingGrams),
  }
}

const PARTY_LINES = STOCK_LINES.filter((line) => line !== 'made' && line !== 'charged')

function partiesIn(postings: readonly Posting[]): PartyRow[] {
  return PARTY_LINES.flatMap((line) => {
    const ofLine = on(postings, line)
    const parties = [...new Set(ofLine.map(({ party }) => party ?? ''))].sort()
    return parties.flatMap((party) => {
      const ofParty = ofLine.filter((posting) => (posting.party ?? '') === party)
      return STAGES.flatMap((stage) => {
        const grams = sum(ofParty.filter((posting) => posting.stage === stage))
        return grams === 0 ? [] : [{ line, ...(party !== '' && { party }), stage, grams }]
      })
    })
  })
}

function processRow({ opening, closing, postings }: Books): ProcessRow {
  const lost = on(postings, 'run-loss')
  const losses = LOSS_KINDS.flatMap((kind) => {
    const grams = sum(lost.filter((posting) => posting.kind === kind))
    return grams === 0 ? [] : [[kind, grams] as const]
  })
  return {
    openingGrams: opening.inProcessGrams,
    chargedGrams: sum(on(postings, 'charged')),
    addedGrams: sum(on(postings, 'added')),
    madeGrams: sum(on(postings, 'made')),
    losses: Object.fromEntries(losses),
    unaccountedGrams: sum(on(postings, 'unaccounted')),
    closingGrams: closing.inProcessGrams,
  }
}

const roadRow = ({ opening, closing, postings }: Books): RoadRow => ({
  openingGrams: opening.onTheRoadGrams,
  shippedGrams: sum(on(postings, 'shipped')),
  returnedGrams: sum(on(postings, 'returned')),
  arrivedGrams: sum(on(postings, 'arrived')),
  closingGrams: closing.onTheRoadGrams,
})

function conversionsIn(bookings: readonly Booking[]): ConversionRow[] {
  const all = bookings.flatMap(({ conversion }) => conversion ?? [])
  return [...RUN_STEPS, 'manufacturing' as const].flatMap((step) => {
    const ofStep = all.filter((conversion) => conversion.step === step)
    if (ofStep.length === 0) return []
    const total = (figure: (conversion: (typeof all)[number]) => number): number =>
      ofStep.reduce((whole, conversion) => whole + figure(conversion), 0)
    const [runs, inputGrams, outputGrams] = [
      total((one) => one.runs),
      total((one) => one.inputGrams),
      total((one) => one.outputGrams),
    ]
    return [{ step, runs, inputGrams, outputGrams }]
  })
}

function claimRows({ opening, closing, postings }: Books): ClaimRow[] {
  const schemes = new Set([
    ...Object.keys(opening.claims),
    ...Object.keys(closing.claims),
    ...postings.flatMap(({ claims }) => Object.keys(claims)),
  ])
  return [...schemes].sort().map((scheme) => ({
    scheme,
    openingGrams: opening.claims[scheme] ?? 0,
    lines: claimLines((line) =>
      on(postings, line).reduce((total, { claims }) => total + (claims[scheme] ?? 0), 0),
    ),
    closingGrams: closing.claims[scheme] ?? 0,
  }))
}

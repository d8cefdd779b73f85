import * as fc from 'fast-check'
import type { Batch } from '../../../../shared/domain/state/batch.ts'
import type { Actor, Closed } from '../../../../shared/domain/decide/actor.ts'
import type { Place } from '../../../../shared/domain/report/lines.ts'
import { idFromBytes, type IdKind } from '../../../../shared/domain/ids.ts'
import { refuse } from '../../../../shared/domain/refusal.ts'
import { RUN_STEPS, STEP_RULES } from '../../../../shared/domain/material/stages.ts'
import {
  appended,
  batchesIn,
  CERTIFIED,
  charge,
  close,
  correct,
  hour,
  NO_BOOKS,
  oneShot,
  open,
  ORGS,
  pickup,
  receive,
  ship,
  type Act,
  type Books,
} from './books.ts'

/**
 * Random worlds: two organisations with two sites each, whatever they do and take back, an hour after the other. Much is
 * dated some hours back, and now and then a site's books are closed, at times until an hour that lies back as well.
 */
interface Step {
  readonly do: (typeof DEEDS)[number]
  readonly org: number
  readonly site: number
  /** Which of what there is, in proportion. */
  readonly which: readonly number[]
  readonly parts: readonly number[]
  readonly step: (typeof RUN_STEPS)[number]
  readonly isYes: boolean
  readonly hoursBack: number
}

const DEEDS = [
  'pickup',
  'pickup',
  'run',
  'run',
  'open',
  'charge',
  'charge',
  'close',
  'close',
  'ship',
  'receive',
  'receive',
  'correct',
  'close-books',
] as const

const part = fc.double({ min: 0.05, max: 1, noNaN: true })

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom(...DEEDS),
    org: fc.nat(1),
    site: fc.nat(1),
    which: fc.array(fc.nat(1_000), { minLength: 3, maxLength: 3 }),
    parts: fc.array(part, { minLength: 3, maxLength: 3 }),
    step: fc.constantFrom(...RUN_STEPS),
    isYes: fc.boolean(),
    hoursBack: fc.oneof(fc.constant(0), fc.nat(12)),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
)

export interface Played extends Books {
  /** How many steps of each kind were accepted. */
  readonly accepted: ReadonlyMap<string, number>
  /** The books that were closed, and how many events there were then. */
  readonly closes: readonly (Closed & { readonly made: number })[]
}

export function play(sequence: readonly Step[]): Played {
  let books = NO_BOOKS
  const closes: (Closed & { readonly made: number })[] = []
  const accepted = new Map<string, number>()
  const count = (deed: string): void => void accepted.set(deed, (accepted.get(deed) ?? 0) + 1)
  for (const [index, step] of sequence.entries()) {
    const now = index + 1
    const occurredAt = hour(Math.max(0, now - step.hoursBack))
    if (step.do === 'close-books') {
      const { org, site } = placeOf(step)
      if (closes.some((close) => close.org === org && close.site === site && close.until >= occurredAt))
        continue
      closes.push({ org, site, until: occurredAt, made: books.events.length })
      count(step.do)
      continue
    }
    const acting = (org: string): Actor => ({ org, role: 'operator', now: hour(now), closes: [...closes] })
    const decision = actOf(step, occurredAt, books, acting)(books)
    if (!decision.ok) continue
    books = appended(books, decision.value)
    count(step.do)
    if (decision.value.some(({ bookedAt }) => bookedAt !== undefined)) count('booked late')
  }
  return { ...books, accepted, closes }
}

function placeOf({ org: at, site }: Step): Place {
  const { org, sites } = ORGS[at] ?? ORGS[0]
  return { org, site: sites[site] ?? sites[0] }
}

let counter = 0
function nextId(kind: IdKind): string {
  counter += 1
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setUint32(4, counter)
  return idFromBytes(kind, bytes)
}

const NOTHING_FITS: Act = () => refuse('not-found', 'Nothing fits.')

type Acting = (org: string) => Actor

function actOf(step: Step, occurredAt: string, books: Books, acting: Acting): Act {
  const place = placeOf(step)
  const { org } = place
  const [first = 0] = step.which
  switch (step.do) {
    case 'pickup':
      return pickup(
        place,
        {
          occurredAt,
          batch: nextId('batch'),
          netGrams: 1 + Math.round((step.parts[0] ?? 0) * 100_000),
          ...(step.isYes && CERTIFIED),
        },
        acting(org),
      )
    case 'run': {
      const draws = drawsOf(step, usable(books, org))
      return oneShot(
        place,
        {
          occurredAt,
          run: nextId('run'),
          step: step.step,
          draws,
          ...endOf(
            step,
            draws.reduce((sum, { massGrams }) => sum + massGrams, 0),
          ),
        },
        acting(org),
      )
    }
    case 'open':
      return open(place, { occurredAt, run: nextId('run'), step: step.step }, acting(org))
    case 'charge': {
      const run = pick(runsOf(books, org), first)
      if (!run) return NOTHING_FITS
      const draws = drawsOf(
        { ...step, step: run.step === 'manufacturing' ? step.step : run.step },
        usable(books, org),
      )
      return charge(org, run.id, { occurredAt, draws }, acting(org))
    }
    case 'close': {
      const run = pick(
        runsOf(books, org).filter(({ pool }) => pool.massGrams > 0),
        first,
      )
      return run
        ? close(org, run.id, { occurredAt, ...endOf(step, run.pool.massGrams) }, acting(org))
        : NOTHING_FITS
    }
    case 'close-books':
      return NOTHING_FITS
    case 'ship':
      return shipOf(step, occurredAt, books, acting)
    case 'receive':
      return receiveOf(step, occurredAt, books, acting)
    case 'correct': {
      const event = pick(
        books.events.filter(({ type }) => type !== 'EventCorrected'),
        first,
      )
      if (!event) return NOTHING_FITS
      const netGrams =
        event.type === 'PickupRecorded' && step.isYes
          ? 1 + Math.round((step.parts[1] ?? 0) * 100_000)
          : undefined
      return correct(event.id, { occurredAt, ...(netGrams !== undefined && { netGrams }) }, acting(event.org))
    }
  }
}

function shipOf(
  { org: at, site, which, isYes }: Step,
  occurredAt: string,
  books: Books,
  acting: Acting,
): Act {
  const { org, sites } = ORGS[at] ?? ORGS[0]
  const to = ORGS[1 - at] ?? ORGS[1]
  const held = usable(books, org)
  const count = isYes ? 3 : 1
  const batches = [...new Set(which.slice(0, count).flatMap((one) => pick(held, one)?.id ?? []))]
  return ship(
    { org, site: sites[site] ?? sites[0] },
    {
      occurredAt,
      shipment: nextId('shipment'),
      batches,
      to: { org: to.org, site: to.sites[site] ?? to.sites[0] },
    },
    acting(org),
  )
}

function receiveOf(
  { org: at, site, which, parts, isYes }: Step,
  occurredAt: string,
  books: Books,
  acting: Acting,
): Act {
  const { org, sites } = ORGS[at] ?? ORGS[0]
  const incoming = [...books.subjects.values()].flatMap((subject) =>
    subject.kind === 'shipment' && subject.to.org === org && subject.status === 'in-transit' ? [subject] : [],
  )
  const shipment = pick(incoming, which[0] ?? 0)
  if (!shipment) return NOTHING_FITS
  const waiting = shipment.lines.filter(({ settled }) => settled === undefined)
  const lines = waiting.slice(0, isYes ? 3 : 1).map(({ batch, massGrams }, index) => ({
    batch,
    // From half to one and a half times of what was sent; sometimes exactly that.
    receivedGrams: isYes ? massGrams : Math.round(massGrams * ((parts[index] ?? 0.5) + 0.5)),
    accepted: (which[1] ?? 0) % 3 > 0,
  }))
  return receive({ org, site: sites[site] ?? sites[0] }, shipment.id, { occurredAt, lines }, acting(org))
}

const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)]

const usable = (books: Books, org: string): Batch[] =>
  batchesIn(books).filter(
    ({ custodian, status, remainingGrams }) => custodian === org && status === 'active' && remainingGrams > 0,
  )

const runsOf = ({ subjects }: Books, org: string) =>
  [...subjects.values()].flatMap((subject) =>
    subject.kind === 'run' && subject.org === org && subject.status === 'open' ? [subject] : [],
  )

function drawsOf({ step, which, parts }: Step, held: readonly Batch[]) {
  const fitting = held.filter(({ stage }) => STEP_RULES[step].takes.includes(stage))
  const drawn = new Map(
    which.flatMap((one, index) => {
      const from = pick(fitting, one)
      return from
        ? [[from.id, Math.max(1, Math.round(from.remainingGrams * (parts[index] ?? 1)))] as const]
        : []
    }),
  )
  return [...drawn].map(([batch, massGrams]) => ({ batch, massGrams }))
}

/** Outputs and losses that fit into an input, with something unaccounted for. */
function endOf({ parts, isYes }: Step, inputGrams: number) {
  const [made = 0.5, split = 0.5, lost = 0.5] = parts
  const outGrams = Math.max(1, Math.round(inputGrams * made))
  const firstGrams = Math.max(1, Math.round(outGrams * split))
  const masses = isYes && outGrams > firstGrams ? [firstGrams, outGrams - firstGrams] : [outGrams]
  return {
    outputs: masses.map((massGrams) => ({ batch: nextId('batch'), massGrams })),
    losses: { reject: Math.floor((inputGrams - outGrams) * lost) },
  }
}

import { gramsFromKg, kgFromGrams } from '../../../shared/domain/material/mass.ts'
import { COLLECTED_FORMS } from '../../../shared/domain/material/material.ts'
import {
  bagsFactorOn,
  gramsOfBags,
  gramsOfPieces,
  piecesFactorOn,
} from '../../../shared/domain/material/weights.ts'
import type { CollectedForm, Draft, PickupBody } from './entry.ts'
import { readBags, readKilograms, readPieces, readTare } from './numbers.ts'

/** How much of it there is, in the unit that people have: read off what was typed, and what it comes to. Pure. */

export const UNITS = ['kg', 'pieces', 'bags', 'scale'] as const
export type Unit = (typeof UNITS)[number]

export function isUnit(value: string): value is Unit {
  return UNITS.some((unit) => unit === value)
}

/** The controls of each unit, the first of which the keypad writes into. */
export const AMOUNTS = {
  kg: ['massKg'],
  pieces: ['pieces'],
  bags: ['bags'],
  scale: ['grossKg', 'tareKg'],
} as const satisfies Readonly<Record<Unit, readonly (keyof Draft)[]>>

export type AmountField = (typeof AMOUNTS)[Unit][number]
export const AMOUNT_FIELDS: readonly AmountField[] = ['massKg', 'pieces', 'bags', 'grossKg', 'tareKg']

/** What is sent of the amount, or the fields that need correcting. */
export type AmountCheck =
  | { readonly ok: true; readonly body: Amount; readonly massKg: number }
  | { readonly ok: false; readonly faults: readonly (AmountField | 'unit')[] }

type Amount = Pick<PickupBody, 'massKg' | 'grossKg' | 'tareKg' | 'pieces' | 'bags'>

/**
 * Reads the amount in the unit that was chosen; pieces and bags may be said besides. `massKg` is what it comes to: for a
 * count by the factor of the day, which is also what the server takes.
 */
export function readAmount(draft: Draft, on: string): AmountCheck {
  const faults: (AmountField | 'unit')[] = []
  const need = (field: AmountField, value: number | undefined): number => {
    if (value === undefined && !faults.includes(field)) faults.push(field)
    return value ?? 0
  }
  const beside = (field: 'pieces' | 'bags', value: number | undefined): Amount => {
    if (draft[field].trim() === '') return {}
    return { [field]: need(field, value) }
  }
  const besides = (): Amount => ({
    ...beside('pieces', readPieces(draft.pieces)),
    ...beside('bags', readBags(draft.bags)),
  })
  const done = (body: Amount, massKg: number): AmountCheck =>
    faults.length > 0 ? { ok: false, faults } : { ok: true, body, massKg }

  switch (unitOf(draft)) {
    case 'kg': {
      const massKg = need('massKg', readKilograms(draft.massKg))
      return done({ massKg, ...besides() }, massKg)
    }
    case 'scale': {
      const grossKg = need('grossKg', readKilograms(draft.grossKg))
      const tareKg = need('tareKg', readTare(draft.tareKg))
      if (faults.length === 0 && tareKg >= grossKg) faults.push('grossKg')
      return done({ grossKg, tareKg, ...besides() }, netKg(grossKg, tareKg))
    }
    case 'pieces':
    case 'bags': {
      const unit = unitOf(draft) === 'bags' ? 'bags' : 'pieces'
      const count = unit === 'bags' ? readBags(draft.bags) : readPieces(draft.pieces)
      need(unit, count)
      const body = besides()
      const form = formOf(draft)
      if (count === undefined || !form) return done(body, 0)
      const massKg = massOfCount(form, unit, count, on)
      if (massKg === undefined) faults.unshift('unit')
      return done(body, massKg ?? 0)
    }
  }
}

/** What was typed comes to, as far as it is readable yet; `uncounted`: the form has no factor for this unit. */
export type Estimate =
  | { readonly is: 'nothing' }
  | { readonly is: 'uncounted' }
  | { readonly is: 'weighed' | 'net' | 'about'; readonly massKg: number }

export function estimateOf(draft: Draft, on: string): Estimate {
  const unit = unitOf(draft)
  const form = formOf(draft)
  if ((unit === 'pieces' || unit === 'bags') && form && massOfCount(form, unit, 1, on) === undefined) {
    return { is: 'uncounted' }
  }
  const read = readAmount(
    { ...draft, pieces: besideNone(draft, 'pieces'), bags: besideNone(draft, 'bags') },
    on,
  )
  return read.ok && read.massKg > 0 ? { is: KINDS[unit], massKg: read.massKg } : { is: 'nothing' }
}

const KINDS = { kg: 'weighed', scale: 'net', pieces: 'about', bags: 'about' } as const

const formOf = ({ form }: Draft): CollectedForm | undefined => COLLECTED_FORMS.find((known) => known === form)

function besideNone(draft: Draft, field: 'pieces' | 'bags'): string {
  return unitOf(draft) === field ? draft[field] : ''
}

export const unitOf = ({ unit }: Draft): Unit => (isUnit(unit) ? unit : 'kg')

/** In whole grams, so that 12.3 less 12.1 is 0.2. */
function netKg(grossKg: number, tareKg: number): number {
  return kgFromGrams(gramsFromKg(grossKg) - gramsFromKg(tareKg))
}

function massOfCount(
  form: CollectedForm,
  unit: 'pieces' | 'bags',
  count: number,
  on: string,
): number | undefined {
  if (unit === 'bags') {
    const factor = bagsFactorOn(form, on)
    return factor && kgFromGrams(gramsOfBags(count, factor))
  }
  const factor = piecesFactorOn(form, on)
  return factor && kgFromGrams(gramsOfPieces(count, factor))
}

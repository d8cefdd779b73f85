import { ALL_BP, kgFromGrams, proportion, type Rounding } from './mass.ts'
import { BAGS_FACTORS, type BagsFactor } from './bags.ts'
import type { MaterialForm } from './material.ts'
import { PIECES_FACTORS, type PiecesFactor } from './pieces.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'

/** Full and empty weight, as a scale gives them; the tare is that of one container. */
export interface GrossTare {
  readonly grossGrams: number
  readonly tareGrams: number
  readonly containers: number
}

/** A weight as people have it: read off a scale, already net, or only a count. Moisture is a share of the net mass. */
export type Weight = (
  | GrossTare
  | { readonly netGrams: number }
  | { readonly pieces: number; readonly factorVersion: string }
  | { readonly bags: number; readonly factorVersion: string }
) & { readonly moistureBp?: number }

/** What a weight comes to, and how it was found. */
export interface Weighed {
  readonly netGrams: number
  /** Only where the moisture is known; never guessed. */
  readonly dryGrams?: number
  readonly basis: 'net' | 'gross-tare' | 'pieces' | 'bags'
  /** Of a count: what one was taken to weigh. */
  readonly factorVersion?: string
}

/**
 * The net mass of a weight, and the dry mass where the moisture is known. `form` picks the factor for a count.
 * Refuses (`invalid-request`, at `pointer` if given) what is not a whole number ≥ 0, containers that leave no
 * material, a count that comes to nothing, a factor that is not of this form, and moisture of 100 % or more.
 */
export function weigh(weight: Weight, form: MaterialForm, pointer?: string): Decision<Weighed> {
  const no = (detail: string): Decision<never> => refuse('invalid-request', detail, pointer)
  const net = netOf(weight, form)
  if (typeof net === 'string') return no(net)
  const { moistureBp } = weight
  if (moistureBp === undefined) return accept(net)
  const wrong = refuseMoisture(moistureBp, pointer)
  return wrong ?? accept({ ...net, dryGrams: dryGramsOf(net.netGrams, moistureBp) })
}

/**
 * What is wrong with a moisture, in basis points of the net mass, where one was given (`invalid-request`). What is all
 * water is no material, so 100 % is refused too.
 */
export function refuseMoisture(moistureBp: number | undefined, pointer?: string): Refused | undefined {
  if (moistureBp === undefined || (isCount(moistureBp) && moistureBp < ALL_BP)) return undefined
  const detail = `The moisture is ${moistureBp / 100} %; it is at least 0 % and below 100 %, in steps of 0.01 %.`
  return refuse('invalid-request', detail, pointer)
}

/** Dry mass: what is left of `netGrams` without its water, half a gram upwards or as told. Requires 0 ≤ moistureBp ≤ 10,000. */
export function dryGramsOf(netGrams: number, moistureBp: number, rounding: Rounding = 'half'): number {
  if (!isCount(moistureBp) || moistureBp > ALL_BP) {
    throw new RangeError(`a moisture of ${moistureBp} basis points is not between 0 and ${ALL_BP}`)
  }
  return proportion(netGrams, ALL_BP - moistureBp, ALL_BP, rounding)
}

/** Gross less the tare of all containers; zero or below where the containers leave no material. */
export function netGramsOf({ grossGrams, tareGrams, containers }: GrossTare): number {
  return grossGrams - tareGrams * containers
}

/** The factor for a form that applies on a day (UTC, `2026-09-01` or an instant of it): the newest that is in force. */
export function piecesFactorOn(form: MaterialForm, on: string): PiecesFactor | undefined {
  return newestOn(PIECES_FACTORS, form, on)
}

/** What a bag of a form weighs on a day, likewise. */
export function bagsFactorOn(form: MaterialForm, on: string): BagsFactor | undefined {
  return newestOn(BAGS_FACTORS, form, on)
}

function newestOn<F extends { readonly form: MaterialForm; readonly validFrom: string }>(
  factors: readonly F[],
  form: MaterialForm,
  on: string,
): F | undefined {
  const day = on.slice(0, 10)
  const inForce = factors.filter((factor) => factor.form === form && factor.validFrom <= day)
  return inForce.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[inForce.length - 1]
}

/** Grams of so many pieces by a factor, half a gram upwards. */
export function gramsOfPieces(pieces: number, factor: PiecesFactor): number {
  return proportion(pieces, Math.round(factor.gramsPerPiece * 1000), 1000)
}

/** Grams of so many bags by a factor, which is in whole grams. */
export function gramsOfBags(bags: number, factor: BagsFactor): number {
  return bags * factor.gramsPerBag
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** The net mass, or the sentence that says why there is none. */
function netOf(weight: Weight, form: MaterialForm): Weighed | string {
  if ('grossGrams' in weight) return netOfScale(weight)
  if ('pieces' in weight) return netOfPieces(weight.pieces, weight.factorVersion, form)
  if ('bags' in weight) return netOfBags(weight.bags, weight.factorVersion, form)
  const { netGrams } = weight
  if (!isCount(netGrams) || netGrams === 0) {
    return `The net mass is ${kgFromGrams(netGrams)} kg; it is at least 0.001 kg, in whole grams.`
  }
  return { netGrams, basis: 'net' }
}

function netOfScale({ grossGrams, tareGrams, containers }: GrossTare): Weighed | string {
  if (![grossGrams, tareGrams, containers, tareGrams * containers].every(isCount)) {
    return `Gross ${kgFromGrams(grossGrams)} kg, tare ${kgFromGrams(tareGrams)} kg and ${containers} containers were given; masses are whole grams and containers whole numbers, none below 0.`
  }
  const netGrams = netGramsOf({ grossGrams, tareGrams, containers })
  if (netGrams <= 0) {
    return `Gross ${kgFromGrams(grossGrams)} kg less ${containers} ${containers === 1 ? 'container' : 'containers'} of ${kgFromGrams(tareGrams)} kg leaves no material; the gross mass is more than that of the containers.`
  }
  return { netGrams, basis: 'gross-tare' }
}

function netOfPieces(pieces: number, version: string, form: MaterialForm): Weighed | string {
  if (!isCount(pieces) || pieces === 0) return `${pieces} pieces were given; at least 1, in whole pieces.`
  const factor = PIECES_FACTORS.find((candidate) => candidate.version === version)
  if (factor?.form !== form) return noFactor(PIECES_FACTORS, version, form)
  return netOfCount(pieces, 'pieces', gramsOfPieces(pieces, factor), version)
}

function netOfBags(bags: number, version: string, form: MaterialForm): Weighed | string {
  if (!isCount(bags) || bags === 0) return `${bags} bags were given; at least 1, in whole bags.`
  const factor = BAGS_FACTORS.find((candidate) => candidate.version === version)
  if (factor?.form !== form) return noFactor(BAGS_FACTORS, version, form)
  return netOfCount(bags, 'bags', gramsOfBags(bags, factor), version)
}

function netOfCount(
  count: number,
  basis: 'pieces' | 'bags',
  netGrams: number,
  factorVersion: string,
): Weighed | string {
  if (!isCount(netGrams)) return `${count} ${basis} weigh more than can be recorded.`
  return { netGrams, basis, factorVersion }
}

function noFactor(
  factors: readonly { readonly form: MaterialForm; readonly version: string }[],
  version: string,
  form: MaterialForm,
): string {
  const known = factors.filter((candidate) => candidate.form === form).map((known) => known.version)
  return `There is no factor ${version} for ${form}; ${known.length > 0 ? `there is ${known.join(', ')}` : 'this form is weighed, not counted'}.`
}

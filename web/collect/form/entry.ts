import type * as z from 'zod'
import type { pickupBody } from '../../../shared/contract/requests/pickups.ts'
import { isSeen, unseenIn } from '../../../shared/domain/line.ts'
import { COLLECTED_FORMS, POLYMERS } from '../../../shared/domain/material/material.ts'
import { CLOCK_SKEW_SECONDS } from '../../../shared/domain/time.ts'
import { readAmount } from './amounts.ts'

/** An entry from the first tap to the body that is sent. Pure: the clock and the phone's findings are passed in. */

export type PickupBody = z.input<typeof pickupBody>
export type PhotoClaim = NonNullable<PickupBody['photos']>[number]
export type Position = NonNullable<PickupBody['position']>
export type CollectedForm = PickupBody['form']

/**
 * What is typed, as it is typed: every field but `id` is text under the name of its control, and may be empty. `id` is
 * the UUID that the entry will have, made when the draft is begun: its photos are kept under it from the first on.
 */
export const EMPTY_DRAFT = {
  id: '',
  form: '',
  unit: 'kg',
  massKg: '',
  pieces: '',
  bags: '',
  grossKg: '',
  tareKg: '',
  siteId: '',
  polymer: 'unknown',
  occurredAt: '',
  collector: '',
  weigher: '',
  vessel: '',
}
export type Draft = Readonly<typeof EMPTY_DRAFT>
export type DraftField = Exclude<keyof Draft, 'id'>

/** What the next entry begins with: what most likely stays as it was in the last one. */
export type Usual = Pick<Draft, 'unit' | 'tareKg' | 'siteId' | 'vessel'>

/** Everything a complaint can be about: a control, or what the phone adds. */
export type Field = DraftField | 'position' | 'photos'

export function isCollectedForm(value: string): value is CollectedForm {
  return COLLECTED_FORMS.some((form) => form === value)
}

function isPolymer(value: string): value is NonNullable<PickupBody['polymer']> {
  return POLYMERS.some((polymer) => polymer === value)
}

/** True where nothing was entered that would be a pity to lose; what is remembered anyway does not count. */
export function isBlank(draft: Draft): boolean {
  const { form, massKg, pieces, bags, grossKg, collector, weigher } = draft
  return [form, massKg, pieces, bags, grossKg, collector, weigher].every((text) => text === '')
}

/** What the phone knows besides what was typed. */
export interface Findings {
  readonly now: Date
  readonly position?: Position | undefined
  readonly photos: readonly PhotoClaim[]
  /** The alias of who holds this phone, where it is enrolled. */
  readonly holder?: string | undefined
}

export type Check =
  | { readonly ok: true; readonly body: PickupBody; readonly massKg: number }
  | { readonly ok: false; readonly faults: readonly Field[] }

/**
 * The body to send, or the fields that need correcting, in the order of the form. The time is always set here, so that
 * an entry that goes out hours later still says when it was made. `massKg` is what the amount comes to.
 */
export function checkDraft(draft: Draft, findings: Findings): Check {
  const { form, polymer, siteId } = draft
  const occurredAt = readTime(draft.occurredAt, findings.now)
  const amount = readAmount(draft, occurredAt ?? findings.now.toISOString())
  const { collector, weigher } = namesOf(draft, findings.holder)
  const vessel = draft.vessel.trim()
  const faults: Field[] = []
  if (!isCollectedForm(form)) faults.push('form')
  if (!amount.ok) faults.push(...amount.faults)
  if (siteId === '') faults.push('siteId')
  if (!isLine(collector, 80)) faults.push('collector')
  if (!isLine(weigher, 80)) faults.push('weigher')
  if (!isLine(vessel, 40)) faults.push('vessel')
  if (!isPolymer(polymer)) faults.push('polymer')
  if (occurredAt === undefined) faults.push('occurredAt')
  if (
    faults.length > 0 ||
    !isCollectedForm(form) ||
    !isPolymer(polymer) ||
    !amount.ok ||
    occurredAt === undefined
  ) {
    return { ok: false, faults }
  }
  const body: PickupBody = {
    siteId,
    form,
    polymer,
    ...amount.body,
    occurredAt,
    ...(findings.position && { position: findings.position }),
    ...(collector !== '' && { collector }),
    ...(weigher !== '' && { weigher }),
    ...(vessel !== '' && { vessel }),
    ...(findings.photos.length > 0 && { photos: [...findings.photos] }),
  }
  return { ok: true, body, massKg: amount.massKg }
}

/**
 * Whose it is, and who enters it. The holder of an enrolled phone collects for themself, unless another is named: then
 * they enter it for that person, and both names are recorded.
 */
function namesOf(draft: Draft, holder = ''): { readonly collector: string; readonly weigher: string } {
  const other = draft.collector.trim()
  const weigher = draft.weigher.trim()
  return { collector: other || holder, weigher: weigher || (other === '' ? '' : holder) }
}

/** An empty draft with what the last entry had, under an id of its own. */
export function beginDraft(id: string, usual: Usual): Draft {
  return { ...EMPTY_DRAFT, ...usual, id }
}

/** One line of readable text, as the contract wants it; empty is fine. */
function isLine(text: string, maxLength: number): boolean {
  const trimmed = text.trim()
  return trimmed.length <= maxLength && unseenIn(trimmed).length === 0 && (trimmed === '' || isSeen(trimmed))
}

const EARLIEST = Date.UTC(2015, 0, 1)

/** A local time as `<input type=datetime-local>` gives it, as UTC; now if empty, undefined if it cannot be right. */
function readTime(local: string, now: Date): string | undefined {
  if (local === '') return now.toISOString()
  const time = Date.parse(local)
  const isPlausible = time >= EARLIEST && time <= now.getTime() + CLOCK_SKEW_SECONDS * 1000
  return isPlausible ? new Date(time).toISOString() : undefined
}

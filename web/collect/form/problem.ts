import type { Refusal } from '../sending/answers.ts'
import type { Field } from './entry.ts'
import type { Messages } from '../words/zh.ts'

/** What the form says about one field. */
export interface FieldNote {
  readonly field: Field
  readonly text: string
}

/** What is wrong with the entry in the form: by our own check, by the server's, and what a reload has lost. */
export interface Complaint {
  readonly faults: readonly Field[]
  readonly refusal?: Refusal
  readonly photosLost?: number
  /** Why the phone could not keep it. */
  readonly unsaved?: 'full' | 'unable'
  /** Another draft was put aside for this one. */
  readonly hasAside?: boolean
}

export const NO_COMPLAINT: Complaint = { faults: [] }

/** What is said above the form; empty if nothing is. */
export function bannerOf(complaint: Complaint, messages: Messages): string {
  const { refusal, photosLost = 0, unsaved, hasAside = false } = complaint
  const said = [
    unsaved && messages[unsaved],
    refusal && messages.refused(reasonOf(refusal, messages)),
    photosLost > 0 && messages.photosLost(photosLost),
    hasAside && messages.aside,
  ]
  return said.filter((text) => typeof text === 'string').join(' ')
}

/** What is said at the fields. */
export function notesOf({ faults, refusal }: Complaint, messages: Messages): readonly FieldNote[] {
  return refusal
    ? fieldNotes(refusal, messages)
    : faults.map((field) => ({ field, text: messages.faults[field] }))
}

function has<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.prototype.hasOwnProperty.call(table, key)
}

/** A refusal in the reader's language where its code is known, else in the server's own words. */
export function reasonOf(refusal: Refusal, messages: Messages): string {
  return has(messages.refusals, refusal.code)
    ? messages.refusals[refusal.code]
    : refusal.detail || refusal.code
}

/**
 * The fields that a refusal points at, each with what to do. A code with a sentence of its own says it at the field
 * too; for the general `invalid-request` the field's own sentence is the helpful one.
 */
export function fieldNotes(refusal: Refusal, messages: Messages): readonly FieldNote[] {
  const notes = new Map<Field, string>()
  for (const { pointer, detail } of refusal.errors ?? []) {
    // What was signed has the pickup inside it.
    const field = pointer.replace(/^\/pickup\//, '/').split('/')[1] ?? ''
    if (!has(messages.faults, field) || notes.has(field)) continue
    const isKnown = has(messages.refusals, refusal.code)
    const own = isKnown && refusal.code !== 'invalid-request'
    notes.set(field, own ? reasonOf(refusal, messages) : isKnown ? messages.faults[field] : detail)
  }
  return [...notes].map(([field, text]) => ({ field, text }))
}

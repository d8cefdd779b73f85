/**
 * What comes of reading or verifying something that anybody may have written: the value, or one sentence that says what
 * was given and what is allowed. Nothing in this folder throws over untrusted input; what throws was called wrongly.
 */
export type Checked<T> = { readonly ok: true; readonly value: T } | Fault

/** A {@link Checked} that has nothing to hand over but that it holds. */
export type Verdict = { readonly ok: true } | Fault

export interface Fault {
  readonly ok: false
  readonly why: string
}

export const checked = <T>(value: T): Checked<T> => ({ ok: true, value })

export const fault = (why: string): Fault => ({ ok: false, why })

export const HOLDS: Verdict = { ok: true }

/** A given text as a sentence can show it: quoted, and cut where it is long. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text)

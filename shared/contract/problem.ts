import type { $ZodIssue } from 'zod/v4/core'
import { REFUSALS, type FieldFault, type Refusal } from '../domain/refusal.ts'

/** RFC 9457 problem documents. `type` is a relative URI reference that is stable per code. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly errors?: readonly FieldFault[]
  /** The rule that refused, with its sentence in Chinese; `detail` is the English one. */
  readonly rule?: { readonly id: string; readonly zh: string }
  /** Events that have to be corrected first, in that order. */
  readonly blockedBy?: readonly string[]
  readonly requestId?: string
}

export function problemOf(refusal: Refusal, requestId?: string): Problem {
  const { status, title } = REFUSALS[refusal.code]
  return {
    type: `/problems/${refusal.code}`,
    title,
    status,
    detail: refusal.detail,
    code: refusal.code,
    ...(refusal.errors && { errors: refusal.errors }),
    ...(refusal.rule && { rule: refusal.rule }),
    ...(refusal.blockedBy && { blockedBy: refusal.blockedBy }),
    ...(requestId !== undefined && { requestId }),
  }
}

/** Zod's complaints as one refusal: a JSON Pointer and a sentence for each bad field, saying what was given. */
export function refusalOfIssues(
  issues: readonly $ZodIssue[],
  input: unknown,
  where: 'body' | 'query' | 'signed text',
): Refusal {
  const errors = issues.flatMap((issue) => faultsOf(issue, input))
  const fields = [...new Set(errors.map((fault) => fault.pointer || '(the whole body)'))].join(', ')
  return { code: 'invalid-request', detail: `Please correct in the ${where}: ${fields}.`, errors }
}

function faultsOf(issue: $ZodIssue, input: unknown): FieldFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: `There is no field ${shown(key)} here.`,
    }))
  }
  const given = valueAt(input, issue.path)
  const rule = /[.?!]$/.test(issue.message) ? issue.message : `${issue.message}.`
  const detail = given === undefined ? `Missing. ${rule}` : `${rule} Given: ${shown(given)}.`
  return [{ pointer: pointerOf(issue.path), detail }]
}

/** The JSON Pointer (RFC 6901) along these names and indices. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = new Map<PropertyKey, unknown>(Object.entries(value)).get(String(key))
  }
  return value
}

const MAX_SHOWN = 80

/** Lists and objects are only named: they may be as deep as a sender likes, deeper than can be written out. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  // JSON has no such numbers, but 1e400 is read as one.
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number too large to be kept'
  const json = JSON.stringify(value)
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json
}

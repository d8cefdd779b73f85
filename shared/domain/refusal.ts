/**
 * Refusals are values: a code of this table, one plain sentence, and what was given and what is allowed. The status is
 * what HTTP answers; the title is fixed per code, so that callers can match on the code and show the detail.
 */
export const REFUSALS = {
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request does not fit the contract' },
  'idempotency-key-missing': { status: 400, title: 'An Idempotency-Key header is needed' },
  unauthenticated: { status: 401, title: 'We do not know who you are' },
  'role-not-allowed': { status: 403, title: 'You may not do that' },
  'scope-not-allowed': { status: 403, title: 'This key is not for that' },
  'no-membership': { status: 403, title: 'Your sign-in belongs to no organisation yet' },
  'member-suspended': { status: 403, title: 'Your membership is suspended' },
  'site-not-allowed': { status: 403, title: 'You do not record at that site' },
  'host-only': { status: 403, title: 'Only who runs this service may do that' },
  'organisation-suspended': { status: 403, title: 'Your organisation is suspended' },
  'gtin-not-licensed': { status: 403, title: 'That GTIN is not yours to use' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This path does not take that method' },
  'not-enough-mass': { status: 409, title: 'The batch has less than was drawn' },
  'batch-not-active': { status: 409, title: 'The batch cannot be used now' },
  'batch-held': { status: 409, title: 'The batch is held' },
  'gtin-lot-taken': { status: 409, title: 'That GTIN and lot number are another lot' },
  'run-not-open': { status: 409, title: 'The run is not open' },
  'run-not-closed': { status: 409, title: 'The run is not closed' },
  'run-not-charged': { status: 409, title: 'The run was charged with nothing' },
  'key-not-active': { status: 409, title: 'The key is not in use' },
  'id-taken': { status: 409, title: 'That id is in use already' },
  'organisation-in-use': { status: 409, title: 'The organisation has called already' },
  'host-stays': { status: 409, title: 'Who runs this service is not suspended' },
  'site-closed': { status: 409, title: 'The site is closed' },
  'shown-once': { status: 409, title: 'The secret was shown once and is not kept' },
  'invitation-not-open': { status: 409, title: 'The invitation is not open' },
  'member-already': { status: 409, title: 'You belong to an organisation already' },
  'member-removed': { status: 409, title: 'The member was removed' },
  'last-operator': { status: 409, title: 'Somebody must remain who says who may do what' },
  'line-settled': { status: 409, title: 'That line was received already' },
  'correct-first': { status: 409, title: 'Something later must be corrected first' },
  'period-closed': { status: 409, title: 'The accounting period is closed' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it' },
  busy: { status: 409, title: 'Too many changes to the same batch at once' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'unknown-batch': { status: 422, title: 'A batch is not known' },
  'unknown-site': { status: 422, title: 'The site is not known' },
  'wrong-stage': { status: 422, title: 'The batch is at the wrong stage for this step' },
  'outputs-exceed-inputs': { status: 422, title: 'More came out than went in' },
  'future-time': { status: 422, title: 'The time lies in the future' },
  'time-order': { status: 422, title: 'The step lies before what it builds on' },
  'record-too-large': { status: 422, title: 'This would be too large for one record' },
  'check-failed': { status: 422, title: 'A rule refuses this' },
  'unknown-organisation': { status: 422, title: 'The organisation is not known' },
  'unknown-invitation': { status: 422, title: 'The invitation is not known' },
  'unknown-line': { status: 422, title: 'The shipment has no such line' },
  'unlike-input': { status: 422, title: 'What came out is not what went in' },
  'no-gtin': { status: 422, title: 'Only lots with a GTIN have codes for single pieces' },
  'not-held': { status: 409, title: 'There is nothing of yours to release' },
  'not-correctable': { status: 422, title: 'This event is not corrected this way' },
  'position-implausible': { status: 422, title: 'The position cannot be right' },
  'malformed-signature': { status: 400, title: 'The signed text is not as it must be' },
  'code-not-usable': { status: 409, title: 'The enrolment code cannot be used' },
  'clock-off': { status: 422, title: 'The clock of the phone is wrong' },
  'wrong-audience': { status: 422, title: 'It was signed for another service' },
  'entry-too-old': { status: 422, title: 'The entry comes too late' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is busy, please try again' },
} as const satisfies Record<string, { status: number; title: string }>

export type RefusalCode = keyof typeof REFUSALS

/** One thing that was wrong with the input, at a JSON Pointer (RFC 6901) into the body. */
export interface FieldFault {
  readonly pointer: string
  readonly detail: string
}

export interface Refusal {
  readonly code: RefusalCode
  /** What was wrong, what was given and what is allowed, in one sentence. */
  readonly detail: string
  readonly errors?: readonly FieldFault[]
  /** The rule of the table (R1 to R18) that refused, and its sentence in Chinese. */
  readonly rule?: { readonly id: string; readonly zh: string }
  /** Events that have to be corrected first, nearest first. */
  readonly blockedBy?: readonly string[]
  /** When the same may be asked again. */
  readonly retryAfterSeconds?: number
}

/** Why not. */
export type Refused = { readonly ok: false; readonly refusal: Refusal }

/** Either what happened or why not. Expected refusals are returned, never thrown. */
export type Decision<T> = { readonly ok: true; readonly value: T } | Refused

export function accept<T>(value: T): Decision<T> {
  return { ok: true, value }
}

/** A refusal; with a pointer, the detail is also given as the fault of that field. */
export function refuse(code: RefusalCode, detail: string, pointer?: string): Refused {
  return {
    ok: false,
    refusal: pointer === undefined ? { code, detail } : { code, detail, errors: [{ pointer, detail }] },
  }
}

/** The same decision about something that stands inside something else: its faults are pointed at from there. */
export function pointedInto<T>(decision: Decision<T>, pointer: string): Decision<T> {
  if (decision.ok || !decision.refusal.errors) return decision
  const errors = decision.refusal.errors.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }))
  return { ok: false, refusal: { ...decision.refusal, errors } }
}

/** A rule of the table that was broken, in both languages. */
export interface Broken {
  readonly rule: string
  readonly sentence: { readonly en: string; readonly zh: string }
}

/** The refusal that a broken rule is: its own sentence, in both languages, and its id. */
export function refuseByRule(
  { rule, sentence }: Broken,
  pointer?: string,
  code: RefusalCode = 'check-failed',
): Refused {
  const { refusal } = refuse(code, sentence.en, pointer)
  return { ok: false, refusal: { ...refusal, rule: { id: rule, zh: sentence.zh } } }
}

import type { DomainEvent } from '../domain/events/event.ts'
import { subjectsOf } from '../domain/events/event.ts'
import { FOUND } from '../domain/geo/coast/found.ts'
import { kindOfId } from '../domain/ids.ts'
import { CLAIM_MODELS } from '../domain/lineage/claims.ts'
import { STEPS } from '../domain/lineage/journey.ts'
import { ADDED_KINDS, FORMS, POLYMERS } from '../domain/material/material.ts'
import { STAGES, STEP_RULES } from '../domain/material/stages.ts'

/**
 * Whether something that calls itself an event has the shape of one, as far as anything is reckoned with it: the folds and
 * deciders were written for events that we wrote ourselves, and these may be anybody's. Every member whose name says grams is
 * a whole number, not negative, wherever it stands. What is only kept and shown (names, documents, sentences) is not looked at.
 */
export function isEvent(value: unknown): value is DomainEvent {
  return (
    envelope(value) &&
    isEventOfType(value) &&
    gramsAreWhole(value) &&
    isOfItsHome(value) &&
    linksAreItsOwn(value)
  )
}

type Is = (value: unknown) => boolean
type Members = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text: Is = (value) => typeof value === 'string'
const flag: Is = (value) => typeof value === 'boolean'
const count: Is = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const some: Is = (value) => count(value) && value !== 0
const quantity: Is = (value) => typeof value === 'number' && value >= 0
const instant: Is = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
const hash: Is = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const oneOf =
  (values: readonly string[]): Is =>
  (value) =>
    values.some((one) => one === value)
const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)
const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is)
const has =
  (members: Readonly<Record<string, Is>>): Is =>
  (value) =>
    isRecord(value) && Object.entries(members).every(([name, is]) => is(value[name]))
/** Counts by key, none of them zero. */
const tally: Is = (value) => isRecord(value) && Object.values(value).every(some)
/** The same, and zeros may be said. */
const losses: Is = (value) => isRecord(value) && Object.values(value).every(count)
const record: Is = (value) => isRecord(value)
const ofKind =
  (kind: ReturnType<typeof kindOfId>): Is =>
  (value) =>
    typeof value === 'string' && kindOfId(value) === kind

const batch = ofKind('batch')
const run = ofKind('run')
const shipment = ofKind('shipment')
const stage = oneOf(STAGES)
const form = oneOf(FORMS)
const polymer = oneOf(POLYMERS)
const step = oneOf(STEPS)
const runStep = oneOf(Object.keys(STEP_RULES))
const shares = listOf(has({ placeId: text, period: text, found: optional(oneOf(FOUND)), grams: some }))
const checks = listOf(has({ rule: text, verdict: oneOf(['pass', 'review', 'fail']) }))
const party = has({ org: text, site: text })
const transport = has({ mode: text, distanceKm: quantity })
const legs = listOf(
  has({
    step,
    org: text,
    site: text,
    pass: optional(has({ stage, round: count })),
    firstAt: instant,
    lastAt: instant,
    inputGrams: count,
    addedGrams: count,
    againGrams: optional(count),
    outputGrams: count,
    losses,
    unaccountedGrams: count,
    activities: optional(tally),
  }),
)
const pool = has({
  massGrams: count,
  addedGrams: count,
  origins: shares,
  journey: legs,
  claims: tally,
  stages: tally,
  forms: tally,
  sourceForms: tally,
  polymers: tally,
  mixture: optional(tally),
  models: tally,
  dryGrams: count,
  moistureUnknownGrams: count,
  unmeasuredForms: optional(tally),
  dryAtMostGrams: optional(count),
})
const charges = listOf(
  has({
    batch,
    site: text,
    stage,
    massGrams: some,
    origins: shares,
    claims: tally,
    dryAtMostGrams: optional(count),
    transport: optional(transport),
  }),
)
const output = has({
  batch,
  stage,
  form,
  sourceForm: form,
  sources: optional(tally),
  polymer,
  mixture: optional(tally),
  massGrams: some,
  moistureBp: optional(count),
  dryAtMostGrams: optional(count),
  origins: shares,
  journey: legs,
  model: oneOf(CLAIM_MODELS),
  claims: tally,
})
const pickup = {
  form,
  polymer,
  massGrams: some,
  moistureBp: optional(count),
  placeId: text,
  found: oneOf(FOUND),
  claims: tally,
  certificates: listOf(text),
  checks,
}
const product = { name: text, units: some, gramsPerUnit: quantity, recycledShareBp: optional(count) }
const shippedLines = listOf(has({ batch, site: text, stage, massGrams: some, claims: tally }))
const receivedLines = listOf(
  has({
    batch,
    site: text,
    stage,
    sentGrams: some,
    receivedGrams: count,
    accepted: flag,
    keptGrams: count,
    claims: tally,
    lost: has({ massGrams: count, origins: shares, claims: tally, dryAtMostGrams: optional(count) }),
    surplusGrams: count,
  }),
)
const inspection = { sample: text, testedAt: text, results: listOf(record) }

const undoes: Readonly<Record<string, Is>> = {
  PickupRecorded: has({
    batch,
    was: has({ massGrams: count, claims: tally }),
    instead: optional(has(pickup)),
  }),
  RunOpened: has({ run }),
  RunCharged: has({
    run,
    sequence: some,
    returned: charges,
    leaves: listOf(batch),
    pool,
    chargedUntil: text,
  }),
  RunClosed: has({ run, outputs: listOf(batch), taken: record }),
  ProductMade: has({ batch, instead: has(product) }),
  BatchShipped: has({ shipment, lines: shippedLines }),
  BatchReceived: has({ shipment, from: party, lines: receivedLines }),
  BatchInspected: has({ batch, inspection: text, instead: optional(has(inspection)) }),
  CertificateRegistered: record,
}

/** The data of every type of event. */
const SHAPES: Readonly<Record<DomainEvent['type'], Is>> = {
  PickupRecorded: has({ batch, ...pickup, sealed: record }),
  RunOpened: has({ run, step: runStep }),
  RunCharged: has({
    run,
    charges,
    added: listOf(has({ kind: oneOf(ADDED_KINDS), massGrams: some, polymer })),
    pool,
  }),
  RunClosed: has({
    run,
    step: runStep,
    inputGrams: count,
    inputClaims: tally,
    outputs: listOf(output),
    losses,
    unaccountedGrams: count,
    certificates: listOf(text),
    energyWh: optional(count),
    waterMl: optional(count),
    checks,
  }),
  ProductMade: has({ run, batch, ...product, checks }),
  BatchShipped: has({ shipment, to: party, lines: shippedLines }),
  BatchReceived: has({ shipment, from: party, lines: receivedLines, transport: optional(transport) }),
  BatchInspected: has({ batch, ...inspection }),
  BatchHeld: has({ batch, reason: text }),
  BatchReleased: has({ batch, hold: text }),
  EventCorrected: (data) =>
    has({ event: text, type: text, undo: has({ of: oneOf(Object.keys(undoes)) }) })(data) &&
    isRecord(data) &&
    isRecord(data['undo']) &&
    data['undo']['of'] === data['type'] &&
    (undoes[String(data['undo']['of'])] ?? record)(data['undo']),
  CertificateRegistered: record,
  PeriodClosed: record,
  ErasureBegun: record,
  PersonErased: record,
}

const envelope: Is = has({
  v: (value) => value === 1,
  id: text,
  type: oneOf(Object.keys(SHAPES)),
  home: (value) => typeof value === 'string' && kindOfId(value) !== undefined,
  occurredAt: instant,
  recordedAt: instant,
  bookedAt: optional(instant),
  org: text,
  role: text,
  site: text,
  previous: listOf(has({ subject: text, hash })),
})

function isEventOfType(value: unknown): value is DomainEvent {
  if (!isRecord(value)) return false
  const shape = Object.entries(SHAPES).find(([type]) => type === value['type'])?.[1]
  return shape?.(value['data']) ?? false
}

function gramsAreWhole(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(gramsAreWhole)
  if (!isRecord(value)) return true
  return Object.entries(value).every(([name, member]) =>
    /grams$/i.test(name) ? count(member) : gramsAreWhole(member),
  )
}

/** Its id is its home's and a place in that history. */
const isOfItsHome = ({ id, home }: DomainEvent): boolean =>
  /^-[1-9]\d*$/.test(id.slice(home.length)) && id.startsWith(home)

/** `previous` names nothing that the event does not touch, nothing twice, and in the order in which it touches them. */
function linksAreItsOwn(event: DomainEvent): boolean {
  const touched = subjectsOf(event)
  const places = event.previous.map(({ subject }) => touched.indexOf(subject))
  return places.every((place, index) => place > (places[index - 1] ?? -1))
}

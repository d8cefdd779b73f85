import type { Batch, OwnHold } from '../state/batch.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import type { HoldReason, InspectionFacts, LabResult } from '../events/quality.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import { checkTime } from '../time.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'

/** Lab results, holds and releases. A held batch may still be inspected: that is how one learns whether to release it. */
export interface InspectBatch {
  readonly occurredAt: string
  readonly sample: string
  readonly lab: string
  readonly results: readonly Omit<LabResult, 'passed'>[]
  readonly reportSha256?: string
}

/**
 * Whether each result is within its limits is computed, never ticked. Only the holder has a batch tested. No rule of R1
 * to R18 is about laboratories, so a failure is no check: the event says so, and reports list it (report/notes.ts).
 */
export function inspectBatch(batch: Batch, command: InspectBatch, actor: Actor): Decision<UnlinkedEvent[]> {
  if (batch.custodian !== actor.org) {
    return refuse('unknown-batch', `You hold no batch ${batch.id}; its holder records inspections.`)
  }
  const refused = refuseAct(batch, command.occurredAt, actor)
  if (refused) return refused
  return accept([
    {
      ...nextOf(batch, command, actor),
      type: 'BatchInspected',
      data: { batch: batch.id, ...inspectionOf(command), checks: [] },
    },
  ])
}

export function inspectionOf(command: InspectBatch): InspectionFacts {
  const { sample, lab, occurredAt, reportSha256 } = command
  const results = command.results.map((result) => ({ ...result, ...verdictOf(isWithinLimits(result)) }))
  const verdicts = results.flatMap(({ passed }) => passed ?? [])
  return {
    sample,
    lab,
    testedAt: occurredAt,
    results,
    ...(reportSha256 !== undefined && { reportSha256 }),
    ...verdictOf(verdicts.length === 0 ? undefined : verdicts.every((passed) => passed)),
  }
}

const verdictOf = (passed: boolean | undefined): { readonly passed?: boolean } =>
  passed === undefined ? {} : { passed }

/** Undefined without a limit: what was only measured has no verdict. */
function isWithinLimits({ value, lowest, highest }: Omit<LabResult, 'passed'>): boolean | undefined {
  if (lowest === undefined && highest === undefined) return undefined
  return value >= (lowest ?? -Infinity) && value <= (highest ?? Infinity)
}

/** Refuses what is said of a batch before it was there, of one that never was, or in the future. */
function refuseAct(batch: Batch, occurredAt: string, actor: Actor): Refused | undefined {
  const untimely =
    checkTime(occurredAt, actor.now) ??
    refuseEarlier(occurredAt, batch.occurredAt, `batch ${batch.id} came to be`)
  if (untimely || batch.status !== 'void') return untimely
  return refuse('batch-not-active', `Batch ${batch.id} was declared a mistake; it never was.`)
}

/**
 * Where somebody acts on a batch: where it is, or where they had it last. Who only rejected it, or passed it on, is not
 * told where it went, by their own event neither.
 */
function siteFor({ custodian, site, transfers }: Batch, { org }: Actor): string {
  if (custodian === org) return site
  return transfers.findLast(({ from }) => from.org === org)?.from.site ?? NO_SITE
}
const NO_SITE = ''

/** The envelope of the next event in a batch's history, or of the nth after that. */
function nextOf(
  batch: Batch,
  { occurredAt }: { readonly occurredAt: string },
  actor: Actor,
  index = 0,
): ReturnType<typeof envelopeOf> {
  const { id, version } = batch
  return envelopeOf(id, version + 1 + index, { site: siteFor(batch, actor), occurredAt }, actor)
}

export interface HoldBatch {
  readonly occurredAt: string
  readonly reason: HoldReason
  readonly sealed: Readonly<Record<string, string>>
}

/**
 * Whoever has or had a batch may hold it: who finds out about a mistake is often not who has the material now. So may
 * who rejected it, from then on: it saw the material, and its finding would bind nobody else.
 */
export function holdBatch(batch: Batch, command: HoldBatch, actor: Actor): Decision<UnlinkedEvent[]> {
  const refused =
    refuseUnrejected(batch, command.occurredAt, actor) ?? refuseAct(batch, command.occurredAt, actor)
  if (refused) return refused
  const already = batch.ownHolds.find(({ org, reason }) => org === actor.org && reason === command.reason)
  if (already) {
    const detail = `You hold batch ${batch.id} for ${command.reason} already, since ${already.since}.`
    return refuse('batch-held', detail)
  }
  const { reason, sealed } = command
  return accept([
    {
      ...nextOf(batch, command, actor),
      type: 'BatchHeld',
      data: { batch: batch.id, reason, sealed },
    },
  ])
}

/** Whether an organisation rejected a batch when it was shipped to it. */
export const hasRejected = ({ returns }: Batch, org: string): boolean => returns.some(({ by }) => by === org)

/** Who only rejected a batch speaks of it from then on; when it came to be is not told to it. */
function refuseUnrejected(batch: Batch, occurredAt: string, { org }: Actor): Refused | undefined {
  const rejected = batch.custodians.includes(org) ? undefined : batch.returns.find(({ by }) => by === org)
  return rejected && refuseEarlier(occurredAt, rejected.at, `you rejected batch ${batch.id}`)
}

export interface ReleaseBatch {
  readonly occurredAt: string
  /** One hold by its event's id, or all that this organisation placed on the batch. */
  readonly hold?: string
  /** Has a `note` where one was given. */
  readonly sealed: Readonly<Record<string, string>>
}

/**
 * Releases what the same organisation held before; others' holds, and those from upstream, are theirs to release. But
 * one of an organisation that never had the batch, and only rejected it, may also be released by the operator of who has
 * it, naming it and saying why: or whoever was once shipped a batch could block it for ever.
 */
export function releaseBatch(batch: Batch, command: ReleaseBatch, actor: Actor): Decision<UnlinkedEvent[]> {
  const late = checkTime(command.occurredAt, actor.now)
  if (late) return late
  const named = batch.ownHolds.find(({ event, org }) => event === command.hold && org !== actor.org)
  const strange = named && mayAnswer(batch, named, actor.org) ? named : undefined
  const refused = strange && refuseAnswer(command, actor)
  if (refused) return refused
  const own = batch.ownHolds.filter(
    ({ org, event }) => org === actor.org && (command.hold === undefined || event === command.hold),
  )
  const released = strange ? [strange] : own
  const [earliest] = released
  if (!earliest) return refuseNotHeld(batch, command, actor)
  const early = refuseEarlier(command.occurredAt, earliest.since, 'it was held')
  if (early) return early
  return accept(
    released.map(({ event }, index) => ({
      ...nextOf(batch, command, actor, index),
      type: 'BatchReleased' as const,
      data: { batch: batch.id, hold: event, sealed: index === 0 ? command.sealed : {} },
    })),
  )
}

/** Whether a hold is of an organisation that never had the batch, and this one has it. */
const mayAnswer = ({ custodian, custodians }: Batch, hold: OwnHold, org: string): boolean =>
  custodian === org && !custodians.includes(hold.org)

function refuseAnswer({ hold, sealed }: ReleaseBatch, { role }: Actor): Refused | undefined {
  if (role !== 'operator') {
    const detail = `This key has the role ${role}; hold ${hold}, of a receiver that rejected the batch, is released by that receiver or by: operator.`
    return refuse('role-not-allowed', detail)
  }
  if (sealed['note'] !== undefined) return undefined
  const detail = `Say in a note why hold ${hold}, of a receiver that rejected the batch, is released.`
  return refuse('invalid-request', detail, '/note')
}

function refuseNotHeld(batch: Batch, { hold }: ReleaseBatch, { org }: Actor): Refused {
  const what = hold === undefined ? 'You placed no hold' : `There is no hold ${hold} of yours`
  const answerable = batch.ownHolds.filter((one) => mayAnswer(batch, one, org)).map(({ event }) => event)
  const also =
    answerable.length === 0
      ? ''
      : ` Of receivers that rejected it your operator may release, by its holdId and with a note: ${answerable.join(', ')}.`
  const detail = `${what} on batch ${batch.id}. One that came from upstream, or from somebody else, is released where it was placed.${also}`
  return refuse('not-held', detail)
}

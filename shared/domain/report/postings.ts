import { addClaims, subtractClaims, type Claims } from '../lineage/claims.ts'
import type { ClosedFigures, EventCorrected } from '../events/correction.ts'
import type { Party, ReceivedLine, ShipmentLine } from '../events/custody.ts'
import type { DomainEvent } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import type { Charge } from '../events/run.ts'
import { LOSS_KINDS } from '../material/material.ts'
import type { Place, Posting } from './lines.ts'

/** What one event books at one place; see lines.ts for where each goes. Events that do not concern the place book nothing. */
export function postingsOf(event: DomainEvent, place: Place): Posting[] {
  switch (event.type) {
    case 'PickupRecorded':
      return isAt(event, place) ? [collected(event.data)] : []
    case 'RunCharged':
      return charged(event.data.charges, event.data.pool.addedGrams, event, place)
    case 'RunClosed':
      return isAt(event, place) ? closed(event.data) : []
    case 'BatchShipped':
      return shipped('shipped', event.data.lines, event.data.to, event, place)
    case 'BatchReceived':
      return received(event.data.from, event.data.lines, event, place)
    case 'EventCorrected':
      return takenBack(event, place)
    case 'RunOpened':
    case 'ProductMade':
    case 'BatchInspected':
    case 'BatchHeld':
    case 'BatchReleased':
    case 'CertificateRegistered':
    case 'PeriodClosed':
    case 'ErasureBegun':
    case 'PersonErased':
      return []
  }
}

function takenBack(event: EventCorrected, place: Place): Posting[] {
  const { undo } = event.data
  switch (undo.of) {
    case 'PickupRecorded':
      if (!isAt(event, place)) return []
      return [negative(collected(undo.was)), ...(undo.instead ? [collected(undo.instead)] : [])]
    case 'RunCharged':
      return charged(undo.returned, undo.pool.addedGrams, event, place).map(negative)
    case 'RunClosed':
      return isAt(event, place) ? closed(undo.taken).map(negative) : []
    case 'BatchShipped':
      return shipped('returned', undo.lines, undo.to, event, place)
    case 'BatchReceived':
      return received(undo.from, undo.lines, event, place).map(negative)
    case 'RunOpened':
    case 'ProductMade':
    case 'BatchInspected':
    case 'CertificateRegistered':
      return []
  }
}

export const isAt = (event: Place, place: Place): boolean =>
  event.org === place.org && event.site === place.site

function negative({ grams, claims, ...posting }: Posting): Posting {
  const taken = Object.entries(claims).map(([scheme, claimed]) => [scheme, -claimed])
  return { ...posting, grams: -grams, claims: Object.fromEntries(taken) }
}

const collected = ({ massGrams, claims }: Pick<PickupFacts, 'massGrams' | 'claims'>): Posting => ({
  line: 'collected',
  stage: 'collected',
  grams: massGrams,
  claims,
})

/** A batch that lies at another site of the organisation is moved here and charged, in one go. */
function charged(charges: readonly Charge[], addedGrams: number, run: Place, place: Place): Posting[] {
  const isHere = isAt(run, place)
  const drawn = charges.flatMap(({ site, stage, massGrams: grams, claims }): Posting[] => {
    const isFromHere = run.org === place.org && site === place.site
    const amount = { stage, grams, claims }
    if (isFromHere && !isHere) return [{ line: 'moved-out', party: run.site, ...amount }]
    if (!isHere) return []
    const moved: Posting[] = isFromHere ? [] : [{ line: 'moved-in', party: site, ...amount }]
    return [...moved, { line: 'charged', ...amount }]
  })
  return isHere && addedGrams > 0 ? [...drawn, { line: 'added', grams: addedGrams, claims: {} }] : drawn
}

function closed({
  inputClaims,
  outputs,
  losses,
  unaccountedGrams,
  ...rest
}: Omit<ClosedFigures, 'step'>): Posting[] {
  const made = outputs.map(({ stage, massGrams, claims }): Posting => ({
    line: 'made',
    stage,
    grams: massGrams,
    claims,
  }))
  const lost = LOSS_KINDS.flatMap((kind): Posting[] => {
    const grams = losses[kind] ?? 0
    const document = rest.destinationDocumentIds?.[kind]
    if (grams === 0) return []
    return [{ line: 'run-loss', kind, ...(document !== undefined && { document }), grams, claims: {} }]
  })
  const claimsLost = outputs.reduce<Claims>((left, { claims }) => subtractClaims(left, claims), inputClaims)
  return [
    ...made,
    ...lost,
    ...(unaccountedGrams > 0 ? [{ line: 'unaccounted', grams: unaccountedGrams, claims: {} } as const] : []),
    ...(Object.keys(claimsLost).length > 0
      ? [{ line: 'claims-lost', grams: 0, claims: claimsLost } as const]
      : []),
  ]
}

/** Each line where its batch lay, which need not be where the load left from. */
function shipped(
  line: 'shipped' | 'returned',
  lines: readonly ShipmentLine[],
  to: Party,
  from: Pick<Place, 'org'>,
  place: Place,
): Posting[] {
  return lines
    .filter(({ site }) => isAt({ org: from.org, site }, place))
    .map(({ stage, massGrams, claims }) => ({ line, party: to.org, stage, grams: massGrams, claims }))
}

/** What was accepted, at the receiver and as arrived where it had lain; what was rejected, back there. */
function received(from: Party, lines: readonly ReceivedLine[], to: Place, place: Place): Posting[] {
  return lines.flatMap((line): Posting[] => {
    const { stage, sentGrams, claims, lost } = line
    if (isAt({ org: from.org, site: line.site }, place)) {
      return line.accepted
        ? [{ line: 'arrived', party: to.org, grams: sentGrams, claims: {} }]
        : [{ line: 'returned', party: to.org, stage, grams: sentGrams, claims }]
    }
    if (!line.accepted) return []
    if (!isAt(to, place)) return []
    const sent: Posting = {
      line: 'received',
      party: from.org,
      stage,
      grams: sentGrams,
      claims: addClaims(claims, lost.claims),
    }
    const missing: Posting = {
      line: 'transit-loss',
      party: from.org,
      stage,
      kind: 'transit',
      grams: lost.massGrams,
      claims: lost.claims,
    }
    return lost.massGrams > 0 ? [sent, missing] : [sent]
  })
}

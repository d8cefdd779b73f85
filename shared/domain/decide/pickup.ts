import type { Certificate } from '../state/certificate.ts'
import { certificateFor, checkCertificate } from '../checks/certificate.ts'
import { checkOceanBound } from '../geo/coast/check.ts'
import { classifyOceanBound, type OceanBoundAssessment } from '../geo/coast/ocean-bound.ts'
import type { Coastline } from '../geo/coast/coastline.ts'
import { checkDuplicate, checkEntryTime, PHOTOS_ERASED, type EarlierUse } from '../checks/entry.ts'
import { checkPhotoCapture, checkStationDistance, type Capture } from '../checks/place.ts'
import { firstFailure, type CheckResult, type RuleId } from '../checks/rule.ts'
import { checkBags, checkFourEyes, checkNet, checkPieces, checkScaleReading } from '../checks/weighing.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import { coarse, distanceKm, isNoFix, isOnEarth, type Position } from '../geo/geodesy.ts'
import type { MaterialForm, Polymer } from '../material/material.ts'
import type { Site } from '../organisation.ts'
import { placeIdAt, PLACES } from '../geo/places.ts'
import { accept, refuse, refuseByRule, type Decision, type Refused } from '../refusal.ts'
import { checkTime } from '../time.ts'
import { piecesFactorOn, refuseMoisture, type GrossTare } from '../material/weights.ts'
import { envelopeOf, type Actor } from './actor.ts'
import { massOfPickup, type MassOfPickup } from './pickup-mass.ts'

/** A pickup as somebody reports it; positions are WGS 84 already. */
export interface RecordPickup extends ReportedPickup {
  readonly batch: string
  /** Commitments to what is private, by field name; see shared/ledger/seal.ts. */
  readonly sealed: Readonly<Record<string, string>>
}

export interface ReportedPickup {
  readonly form: MaterialForm
  readonly polymer: Polymer
  /** Weighed net, weighed with containers, or only counted by pieces or bags; at least one of the four. */
  readonly netGrams?: number
  readonly scale?: GrossTare
  readonly pieces?: number
  readonly bags?: number
  readonly isCompacted?: boolean
  readonly moistureBp?: number
  /** Nothing is to be claimed of it, whatever certificates allow. */
  readonly isUnclaimed?: boolean
  /** What the scale shows on the photo, as somebody read it off. */
  readonly readingGrams?: number
  readonly occurredAt: string
  readonly position?: Position
  readonly accuracyM?: number
  readonly site: Site
  /** Private: compared by rules and then only kept sealed. */
  readonly collector?: string
  readonly weigher?: string
  readonly isFromVessel: boolean
  /** `erased`: there were some, and what is known of them was erased since. */
  readonly photos: readonly Capture[] | 'erased'
  readonly earlierUses: readonly EarlierUse[]
}

/** What the rules measure against. */
export interface PickupRules {
  readonly coastline: Coastline
  readonly certificates: readonly Certificate[]
}

/** Swapped coordinates land in another part of the world; within this distance a place counts as ours. */
const OUR_WATERS_KM = 300

/**
 * A pickup makes a `collected` batch. Refuses a future time, coordinates that are evidently swapped or nowhere, and what
 * a rule fails.
 */
export function recordPickup(
  command: RecordPickup,
  rules: PickupRules,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const facts = factsOfPickup(command, rules, actor)
  if (!facts.ok) return facts
  const { batch, sealed } = command
  return accept([
    {
      ...envelopeOf(batch, 1, { site: command.site.id, occurredAt: command.occurredAt }, actor),
      type: 'PickupRecorded',
      data: { batch, ...facts.value, sealed },
    },
  ])
}

/** What an event may say of a pickup, or why it is refused. Also what a correction says instead. */
export function factsOfPickup(
  command: ReportedPickup,
  rules: PickupRules,
  actor: Actor,
): Decision<PickupFacts> {
  const refused =
    checkTime(command.occurredAt, actor.now) ??
    refuseImplausible(command.position) ??
    refuseMoisture(command.moistureBp, '/moisturePct')
  if (refused) return refused
  const weighed = massOfPickup(command)
  if (!weighed.ok) return weighed
  const { massGrams, weighing } = weighed.value
  const { form, polymer, pieces, bags, isCompacted, readingGrams, moistureBp, position, site } = command
  const ocean = position && classifyOceanBound(questionOf(command, position), rules.coastline)
  const certified = claimsOf(command, massGrams, ocean, rules.certificates)
  const checks = [...checksOf(command, weighed.value, ocean, actor), ...certified.checks]
  const failure = firstFailure(checks)
  if (failure) return refuseByRule(failure, AT[failure.rule])
  return accept({
    form,
    polymer,
    massGrams,
    weighing,
    ...(pieces !== undefined && { pieces }),
    ...(bags !== undefined && { bags }),
    ...(isCompacted !== undefined && { isCompacted }),
    ...(readingGrams !== undefined && { readingGrams }),
    ...(moistureBp !== undefined && { moistureBp }),
    placeId: placeIdAt(position ?? site),
    placeBasis: position ? 'position' : 'station',
    position: coarse(position ?? site),
    ...(ocean && { oceanBound: oceanBoundOf(ocean) }),
    found: ocean?.found ?? 'unrecorded',
    claims: certified.claims,
    certificates: certified.certificates,
    checks,
  })
}

/** Where in a pickup a rule finds its fault. */
const AT: Readonly<Partial<Record<RuleId, string>>> = { R3: '/massKg', R5: '/photos' }

function refuseImplausible(position: Position | undefined): Refused | undefined {
  if (!position || (isOnEarth(position) && isNearAnyPlace(position))) return undefined
  const given = `The position lat ${position.lat}, lon ${position.lon}`
  if (isNoFix(position)) {
    const detail = `${given} is what a receiver reports that does not know where it is. Send where the pickup was, or leave the position out.`
    return refuse('position-implausible', detail, '/position')
  }
  if (isNearAnyPlace({ lat: position.lon, lon: position.lat })) {
    const detail = `${given} is far from every known place, but lies at the coast with lat and lon swapped.`
    return refuse('position-implausible', detail, '/position')
  }
  if (isOnEarth(position)) return undefined
  const detail = `${given} is not on earth; allowed are -90 to 90 and -180 to 180.`
  return refuse('position-implausible', detail, '/position')
}

function isNearAnyPlace(position: Position): boolean {
  return PLACES.some((place) => distanceKm(place, position) <= OUR_WATERS_KM)
}

function questionOf({ accuracyM, form }: ReportedPickup, position: Position) {
  return { position, form, ...(accuracyM !== undefined && { accuracyM }) }
}

function oceanBoundOf(ocean: OceanBoundAssessment): NonNullable<PickupFacts['oceanBound']> {
  const { obpClass, distanceKm, withinFence3Km, openSea, dataset } = ocean
  return {
    obpClass,
    ...(distanceKm !== null && { distanceKm }),
    withinFence3Km,
    openSea,
    dataset,
  }
}

/**
 * Scheme of Zero Plastic Oceans. Only what is ocean-bound wherever within the uncertainty it was, can be claimed under
 * it; where nobody said how accurate the position is, the uncertainty is not known.
 */
const OBP = 'OBP'
const NOT_OCEAN_BOUND = new Set<string>(['INLAND', 'UNKNOWN'])
const UNCLAIMED = { claims: {}, certificates: [], checks: [] }

function claimsOf(
  { form, site, occurredAt, isUnclaimed }: ReportedPickup,
  massGrams: number,
  ocean: OceanBoundAssessment | undefined,
  certificates: readonly Certificate[],
): Pick<PickupFacts, 'claims' | 'certificates'> & { readonly checks: readonly CheckResult[] } {
  const isOceanBound =
    ocean?.accuracyGiven === true &&
    ocean.candidates.length > 0 &&
    !ocean.candidates.some((candidate) => NOT_OCEAN_BOUND.has(candidate))
  if (isUnclaimed || !isOceanBound) return UNCLAIMED
  const event = { scheme: OBP, site: site.id, step: 'collection', form, occurredAt } as const
  const covers = certificates.some(({ scheme, sites }) => scheme === OBP && sites.includes(site.id))
  if (!covers) return UNCLAIMED
  const result = checkCertificate(event, certificates)
  const certificate = certificateFor(event, certificates)
  if (certificate) return { claims: { [OBP]: massGrams }, certificates: [certificate.id], checks: [result] }
  // The pickup happened all the same; it is recorded, uncertified, and an auditor sees why.
  return { ...UNCLAIMED, checks: [{ ...result, verdict: 'review' }] }
}

function checksOf(
  command: ReportedPickup,
  { massGrams, weighing: { basis } }: MassOfPickup,
  ocean: OceanBoundAssessment | undefined,
  actor: Actor,
): CheckResult[] {
  const { position, site, isFromVessel, scale, netGrams, readingGrams, pieces, bags, form } = command
  const photos = command.photos === 'erased' ? [] : command.photos
  const factor = pieces === undefined ? undefined : piecesFactorOn(form, command.occurredAt)
  const isWeighed = scale !== undefined || netGrams !== undefined
  const { collector, weigher } = command
  const results: (CheckResult | undefined)[] = [
    ocean && checkOceanBound(ocean),
    checkStationDistance({ ...(position && { position }), station: site, fromVessel: isFromVessel }),
    scale && netGrams !== undefined ? checkNet({ netGrams, scale }) : undefined,
    readingGrams === undefined
      ? undefined
      : checkScaleReading({
          readingGrams,
          netGrams: massGrams,
          ...(scale && { grossGrams: scale.grossGrams }),
        }),
    command.photos === 'erased' ? PHOTOS_ERASED : undefined,
    photos.length === 0
      ? undefined
      : checkDuplicate({ massGrams, occurredAt: command.occurredAt, earlier: command.earlierUses }),
    pieces !== undefined && factor && isWeighed ? checkPieces({ massGrams, pieces, factor }) : undefined,
    // A mass that comes of the bags says nothing about them.
    bags === undefined || basis === 'bags'
      ? undefined
      : checkBags({ massGrams, bags, form, compacted: command.isCompacted ?? false }),
    checkEntryTime({ occurredAt: command.occurredAt, recordedAt: actor.now }),
    checkFourEyes({
      ...(collector !== undefined && { collector }),
      ...(weigher !== undefined && { weigher }),
    }),
    ...photos.map((photo) =>
      checkPhotoCapture(photo, { at: command.occurredAt, ...(position && { position }) }),
    ),
  ]
  return results.filter((result) => result !== undefined)
}

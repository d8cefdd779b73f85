import type { Batch } from '../state/batch.ts'
import type { Certificate } from '../state/certificate.ts'
import { carbonAccount } from '../carbon/account.ts'
import { factorTableOn } from '../carbon/factors.ts'
import { activitiesOfJourney } from '../carbon/journey.ts'
import type { OceanBoundClass } from '../events/pickup.ts'
import type { Leg } from '../lineage/journey.ts'
import { passesOf } from '../lineage/passes.ts'
import { siteOf, type LocalName, type Organisation } from '../organisation.ts'
import { isAdded, totalGrams } from '../lineage/origin.ts'
import {
  MAX_CERTIFICATES,
  MAX_HOLDS,
  MAX_ORIGINS,
  MAX_RESULTS,
  MAX_SITES_PER_LEG,
  MAX_TRANSFERS,
  type Passport,
  type PassportCarbon,
  type PassportCertificate,
  type PassportHold,
  type PassportLeg,
  type PassportOrigin,
} from './passport.ts'
import { FOUND } from '../geo/coast/found.ts'
import { placeOf } from '../geo/places.ts'
import { journeyGrams, journeyOf, madeAt } from '../state/transfers.ts'

/** What a passport is made of besides the batch. */
export interface PassportSources {
  readonly organisations: readonly Organisation[]
  /** All that rest on the batch, its own and from upstream. */
  readonly holds: readonly PassportHold[]
  /** Those that the batch's claims rest on. */
  readonly certificates: readonly Certificate[]
  readonly revision: number
}

type NameOf = (org: string, site?: string) => LocalName

/** Makes the passport of a batch. Organisations that are not given are shown by their id, never left out. */
export function makePassport(given: Batch, sources: PassportSources): Passport {
  const { organisations, holds, certificates, revision } = sources
  const batch = given.status === 'void' ? withdrawn(given) : given
  const nameOf: NameOf = (org, site) => {
    const organisation = organisations.find((candidate) => candidate.id === org)
    const named = organisation && site !== undefined ? siteOf(organisation, site) : organisation
    return named?.name ?? { en: site ?? org, zh: site ?? org }
  }
  const [maker = batch.custodian] = batch.custodians
  const site = madeAt(given)
  const journey = journeyOf(batch)
  const carbon = carbonOf(batch, journey)
  const contact = organisations.find(({ id }) => id === maker)?.contact
  return {
    v: 4,
    id: batch.id,
    stage: batch.stage,
    status: batch.status,
    form: batch.form,
    polymer: batch.polymer,
    massGrams: batch.massGrams,
    ...(batch.lostGrams > 0 && { lostGrams: batch.lostGrams }),
    occurredAt: dayOf(batch.occurredAt),
    ...(batch.product && { product: batch.product }),
    madeBy: nameOf(maker),
    ...(contact !== undefined && { contact }),
    site: { id: site, ...nameOf(maker, site) },
    ...(batch.custodian !== maker && { heldBy: nameOf(batch.custodian) }),
    ...holdsOf(batch.id, holds),
    ...originsOf(batch),
    ...(batch.oceanBound && { oceanBound: coarse(batch.oceanBound) }),
    certified: { model: batch.model, claims: batch.claims },
    certificates: certificatesOf(batch, certificates),
    checked: batch.checked,
    journey: legsOf(journey, nameOf),
    ...transfersOf(batch, nameOf),
    inspections: inspectionsOf(batch),
    ...(carbon && { carbon }),
    version: batch.version,
    head: batch.head,
    revision,
    updatedAt: dayOf(batch.updatedAt),
  }
}

/** What was found out about a batch that never was is taken back with it. */
function withdrawn(batch: Batch): Batch {
  const { oceanBound: _, ...rest } = batch
  return { ...rest, transfers: [], inspections: [] }
}

function certificatesOf(batch: Batch, certificates: readonly Certificate[]): PassportCertificate[] {
  const known = certificates.filter(({ id }) => batch.certificates.includes(id))
  return known
    .slice(0, MAX_CERTIFICATES)
    .map(({ scheme, number, body, validFrom, validTo, withdrawnAt }) => ({
      scheme,
      number,
      body,
      validFrom,
      validTo,
      ...(withdrawnAt !== undefined && { withdrawnAt: dayOf(withdrawnAt) }),
    }))
}

const dayOf = (instant: string): string => instant.slice(0, 'YYYY-MM-DD'.length)

function coarse({ distanceKm, ...oceanBound }: OceanBoundClass): OceanBoundClass {
  if (distanceKm === undefined) return oceanBound
  return { ...oceanBound, distanceKm: distanceKm < 10 ? distanceKm : Math.round(distanceKm / 10) * 10 }
}

/** A hold on the batch itself comes first: it is never among those that there is no room for. */
function holdsOf(batch: string, holds: readonly PassportHold[]): Pick<Passport, 'holds' | 'moreHolds'> {
  const upstream = (hold: PassportHold): number => (hold.batch === batch ? 0 : 1)
  const sorted = [...holds].sort((a, b) => upstream(a) - upstream(b) || (a.since < b.since ? -1 : 1))
  const shown = sorted
    .slice(0, MAX_HOLDS)
    .map((hold) => ({ reason: hold.reason, since: hold.since, batch: hold.batch }))
  return { holds: shown, moreHolds: sorted.length - shown.length }
}

function originsOf(
  batch: Batch,
): Pick<Passport, 'origins' | 'otherOrigins' | 'otherMaterialGrams' | 'virginGrams'> {
  const byPlace = new Map<string, PassportOrigin>()
  const key = ({ placeId, found }: Pick<PassportOrigin, 'placeId' | 'found'>): string => `${placeId} ${found}`
  let otherMaterialGrams = 0
  let virginGrams = 0
  for (const share of batch.origins) {
    // A share that does not say where it was found claims nothing of it.
    const { placeId, period, found = 'unrecorded', grams } = share
    const place = isAdded(share) ? undefined : placeOf(placeId)
    if (!place) {
      otherMaterialGrams += grams
      if (placeId === 'virgin') virginGrams += grams
      continue
    }
    const seen = byPlace.get(key({ placeId, found }))
    byPlace.set(key({ placeId, found }), {
      placeId,
      found,
      name: place.name,
      lat: place.lat,
      lon: place.lon,
      from: seen && seen.from < period ? seen.from : period,
      to: seen && seen.to > period ? seen.to : period,
      grams: grams + (seen?.grams ?? 0),
    })
  }
  const sorted = [...byPlace.values()].sort((a, b) => b.grams - a.grams || (key(a) < key(b) ? -1 : 1))
  const rest = Map.groupBy(sorted.slice(MAX_ORIGINS), ({ found }) => found)
  const otherOrigins = FOUND.flatMap((found) => {
    const others = rest.get(found) ?? []
    return others.length === 0 ? [] : [{ found, count: others.length, grams: totalGrams(others) }]
  })
  return { origins: sorted.slice(0, MAX_ORIGINS), otherOrigins, otherMaterialGrams, virginGrams }
}

/**
 * One leg per pass: a journey keeps sites apart, a reader wants the step and the largest who took part in it. A leg of
 * which less than half a gram is in the batch is none, and neither is a pass whose grams were all counted before it.
 */
function legsOf(journey: readonly Leg[], nameOf: NameOf): PassportLeg[] {
  const weighty = journey.filter(({ inputGrams }) => inputGrams > 0)
  const passes = passesOf(weighty).filter(({ inputGrams }) => inputGrams > 0)
  return passes.map((pass) => {
    const { step, isSeveral, legs, inputGrams, addedGrams, outputGrams, losses, unaccountedGrams } = pass
    const largest = [...legs].sort((a, b) => b.inputGrams - a.inputGrams)
    return {
      step,
      ...(isSeveral && { isSeveral }),
      sites: largest.slice(0, MAX_SITES_PER_LEG).map((leg) => nameOf(leg.org, leg.site)),
      moreSites: Math.max(0, legs.length - MAX_SITES_PER_LEG),
      firstAt: dayOf(pass.firstAt),
      lastAt: dayOf(pass.lastAt),
      inputGrams,
      addedGrams,
      outputGrams,
      losses,
      unaccountedGrams,
    }
  })
}

function transfersOf({ transfers }: Batch, nameOf: NameOf): Pick<Passport, 'transfers' | 'earlierTransfers'> {
  const latest = transfers.slice(-MAX_TRANSFERS).map(({ from, to, at, sentGrams, receivedGrams }) => ({
    from: nameOf(from.org),
    to: nameOf(to.org),
    at: dayOf(at),
    sentGrams,
    receivedGrams,
  }))
  return { transfers: latest, earlierTransfers: transfers.length - latest.length }
}

function inspectionsOf({ inspections }: Batch): Passport['inspections'] {
  const latest = inspections.reduce<(typeof inspections)[number] | undefined>(
    (newest, one) => (newest && newest.testedAt > one.testedAt ? newest : one),
    undefined,
  )
  if (!latest) return { count: 0 }
  const results = latest.results
    .toSorted((a, b) => Number(a.passed !== false) - Number(b.passed !== false))
    .slice(0, MAX_RESULTS)
    .map(({ parameter, method, value, unit, lowest, highest, passed }) => ({
      parameter,
      method,
      value,
      unit,
      ...(lowest !== undefined && { lowest }),
      ...(highest !== undefined && { highest }),
      ...(passed !== undefined && { passed }),
    }))
  const { passed } = latest
  const moreResults = latest.results.length - results.length
  return {
    count: inspections.length,
    latest: {
      testedAt: dayOf(latest.testedAt),
      ...(passed !== undefined && { passed }),
      results,
      moreResults,
    },
  }
}

/** Counted for the mass that the journey speaks of, with the factors in force when the batch was made. */
function carbonOf(batch: Batch, journey: readonly Leg[]): PassportCarbon | undefined {
  const table = factorTableOn(batch.occurredAt)
  const grams = journeyGrams(batch)
  if (!table || grams === 0 || batch.status === 'void') return undefined
  const activities = activitiesOfJourney(journey)
  const account = carbonAccount(activities, grams, table)
  return {
    gramsCo2e: account.gramsCo2e,
    gramsCo2ePerKg: account.gramsCo2ePerKg,
    parts: account.parts
      .filter(({ amount }) => amount > 0)
      .map(({ item, amount, gramsCo2e }) => ({ item, amount, gramsCo2e })),
    missing: account.missing,
    factors: account.version,
  }
}

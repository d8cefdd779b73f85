import type { Batch, BatchStatus, ProductFacts, Stage } from './batch.ts'
import { addLegs, type Step } from './journey.ts'
import type { LossKind, MaterialForm, Polymer } from './material.ts'
import { siteOf, type LocalName, type Organisation } from './organisation.ts'
import { OTHER_MATERIAL } from './origin.ts'
import { placeOf } from './places.ts'

/**
 * The passport: what the public may know of a batch, ready to show. It is made from the batch's folded events and the
 * names of those who took part, and stored as one item, so a scan reads one item whatever lies upstream. It carries
 * place names and about 1 km, never a person, a vessel or a photo.
 */
export interface Passport {
  readonly v: 1
  readonly id: string
  readonly stage: Stage
  readonly status: BatchStatus
  readonly form: MaterialForm
  readonly polymer: Polymer
  readonly massGrams: number
  readonly occurredAt: string
  readonly product?: ProductFacts
  readonly madeBy: LocalName
  readonly site: PassportSite
  /** Largest first; at most {@link MAX_ORIGINS}, the rest summed up in `otherOrigins`. Adds up to `massGrams` with the two below. */
  readonly origins: readonly PassportOrigin[]
  readonly otherOrigins: { readonly count: number; readonly grams: number }
  /** Material that is not from the sea, or whose origin nobody recorded. */
  readonly otherMaterialGrams: number
  readonly journey: readonly PassportLeg[]
  /** Number of events in the batch's history, and the hash of the last. */
  readonly version: number
  readonly head: string
  readonly updatedAt: string
}

export interface PassportSite extends LocalName {
  readonly id: string
}

export interface PassportOrigin {
  readonly placeId: string
  readonly name: LocalName
  readonly lat: number
  readonly lon: number
  /** First and last month, `2026-07`. */
  readonly from: string
  readonly to: string
  readonly grams: number
}

export interface PassportLeg {
  readonly step: Step
  readonly sites: readonly LocalName[]
  readonly moreSites: number
  readonly firstAt: string
  readonly lastAt: string
  readonly inputGrams: number
  readonly addedGrams: number
  readonly outputGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
}

/** Keep the passport within one read unit (4 KB) however many places and plants lie upstream. */
export const MAX_ORIGINS = 12
export const MAX_SITES_PER_LEG = 4

/** Makes the passport of a batch. Organisations that are not given are shown by their id, never left out. */
export function makePassport(batch: Batch, organisations: readonly Organisation[]): Passport {
  const nameOf = (org: string, site?: string): LocalName => {
    const organisation = organisations.find((candidate) => candidate.id === org)
    const named = organisation && site !== undefined ? siteOf(organisation, site) : organisation
    return named?.name ?? { en: site ?? org, zh: site ?? org }
  }
  const { origins, otherOrigins, otherMaterialGrams } = originsOf(batch)
  return {
    v: 1,
    id: batch.id,
    stage: batch.stage,
    status: batch.status,
    form: batch.form,
    polymer: batch.polymer,
    massGrams: batch.massGrams,
    occurredAt: batch.occurredAt,
    ...(batch.product && { product: batch.product }),
    madeBy: nameOf(batch.custodian),
    site: { id: batch.site, ...nameOf(batch.custodian, batch.site) },
    origins,
    otherOrigins,
    otherMaterialGrams,
    journey: legsOf(batch, nameOf),
    version: batch.version,
    head: batch.head,
    updatedAt: batch.updatedAt,
  }
}

function originsOf(batch: Batch): Pick<Passport, 'origins' | 'otherOrigins' | 'otherMaterialGrams'> {
  const byPlace = new Map<string, PassportOrigin>()
  let otherMaterialGrams = 0
  for (const { placeId, period, grams } of batch.origins) {
    const place = placeId === OTHER_MATERIAL ? undefined : placeOf(placeId)
    if (!place) {
      otherMaterialGrams += grams
      continue
    }
    const seen = byPlace.get(placeId)
    byPlace.set(placeId, {
      placeId,
      name: place.name,
      lat: place.lat,
      lon: place.lon,
      from: seen && seen.from < period ? seen.from : period,
      to: seen && seen.to > period ? seen.to : period,
      grams: grams + (seen?.grams ?? 0),
    })
  }
  const sorted = [...byPlace.values()].sort((a, b) => b.grams - a.grams || (a.placeId < b.placeId ? -1 : 1))
  const rest = sorted.slice(MAX_ORIGINS)
  const otherOrigins = { count: rest.length, grams: rest.reduce((sum, origin) => sum + origin.grams, 0) }
  return { origins: sorted.slice(0, MAX_ORIGINS), otherOrigins, otherMaterialGrams }
}

/** One leg per step: a journey keeps sites apart, a reader wants the step and the largest who took part in it. */
function legsOf(batch: Batch, nameOf: (org: string, site: string) => LocalName): PassportLeg[] {
  const bySteps = Map.groupBy(batch.journey, (leg) => leg.step)
  return [...bySteps.values()].map((legs) => {
    const { step, firstAt, lastAt, inputGrams, addedGrams, outputGrams, losses, unaccountedGrams } =
      legs.reduce(addLegs)
    const largest = [...legs].sort((a, b) => b.inputGrams - a.inputGrams)
    return {
      step,
      sites: largest.slice(0, MAX_SITES_PER_LEG).map((leg) => nameOf(leg.org, leg.site)),
      moreSites: Math.max(0, legs.length - MAX_SITES_PER_LEG),
      firstAt,
      lastAt,
      inputGrams,
      addedGrams,
      outputGrams,
      losses,
      unaccountedGrams,
    }
  })
}

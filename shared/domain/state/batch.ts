import { addClaims, drawClaims, subtractClaims, type ClaimModel, type Claims } from '../lineage/claims.ts'
import { drawDry } from '../lineage/dry.ts'
import type { Checked } from '../checks/rule.ts'
import type { ReceivedLine, TransportMode } from '../events/custody.ts'
import type { OceanBoundClass } from '../events/pickup.ts'
import type { HoldReason, InspectionFacts } from '../events/quality.ts'
import type { Charge, ProductFacts } from '../events/run.ts'
import type { Haul } from '../lineage/activities.ts'
import type { Leg, Step } from '../lineage/journey.ts'
import type { MaterialForm, Polymer } from '../material/material.ts'
import type { Mixture } from '../material/mixture.ts'
import { drawShares, mergeShares, subtractShares, totalGrams, type OriginShare } from '../lineage/origin.ts'
import type { Stage } from '../material/stages.ts'
import { latest } from '../time.ts'
import type { Tally } from './pool.ts'

/** `void`: declared never to have been, by a correction; nothing can be done with it any more. */
export const STATUSES = ['active', 'used-up', 'in-transit', 'void'] as const
export type BatchStatus = (typeof STATUSES)[number]

/**
 * A batch as its events have left it. Invariants, all to the gram: `drawn + lost + remaining = mass`; origins add up to
 * the mass and what remains of them to what remains; no claim exceeds the mass that it is made for.
 */
export interface Batch {
  readonly kind: 'batch'
  readonly id: string
  readonly stage: Stage
  readonly form: MaterialForm
  /** The form in which its material was collected. */
  readonly sourceForm: MaterialForm
  /** Where those were several, how much of it was collected as which; certificates and yields are by these. */
  readonly sources?: Tally<MaterialForm>
  readonly polymer: Polymer
  /** Of a mixed lot, the most of each polymer that may be in it; absent where nobody could tell. */
  readonly mixture?: Mixture
  readonly custodian: string
  readonly site: string
  /** Who made it, and everybody who held it since, in order. */
  readonly custodians: readonly string[]
  readonly massGrams: number
  readonly moistureBp?: number
  /** The most of it that may be dry, see {@link drawDry}; absent where nothing is known of that. */
  readonly dryAtMostGrams?: number
  /** Missing when it was weighed in after transport. */
  readonly lostGrams: number
  readonly remainingGrams: number
  readonly status: BatchStatus
  readonly shipment?: string
  readonly model: ClaimModel
  readonly claims: Claims
  /** Ids of its maker's certificates, on which those claims rest. */
  readonly certificates: readonly string[]
  /** What the checks of its making found. */
  readonly checked: Checked
  readonly origins: readonly OriginShare[]
  /** What draws are taken from: the parts that are still here. */
  readonly remaining: Remaining
  /** The step that made it: all of it came out of that step's leg at the site where it was made. */
  readonly step: Step
  /** How all of it came to be; see {@link journeyOf} for what happened to it since. */
  readonly journey: readonly Leg[]
  readonly transfers: readonly Transfer[]
  /** Loads that it came back from, because the receiver rejected it, and which organisation that was. */
  readonly returns: readonly { readonly shipment: string; readonly at: string; readonly by: string }[]
  readonly oceanBound?: OceanBoundClass
  readonly inspections: readonly (InspectionFacts & { readonly event: string })[]
  /** Holds placed on this very batch. Those that reached it from upstream stand beside the state, see Loaded. */
  readonly ownHolds: readonly OwnHold[]
  /** When the material came to be this batch; since when its holder has it, see {@link heldSince}. */
  readonly occurredAt: string
  /** When the last mass that it was given counts in the books: nothing that takes some of it counts earlier. */
  readonly countsFrom: string
  /** When we learned of its making, and of the last that happened to it. */
  readonly recordedAt: string
  readonly updatedAt: string
  /** The run that made it; none for a pickup. */
  readonly run?: string
  /** Runs that it was charged into, each once, in order: the way forward. */
  readonly usedIn: readonly string[]
  readonly product?: ProductFacts
  /** How many events its history holds, and the hash of the last: what the next event must name. */
  readonly version: number
  readonly head: string
}

interface Remaining {
  readonly origins: readonly OriginShare[]
  readonly claims: Claims
  /** There exactly where the batch has one. A plain sum: read it by {@link remainingDryGrams}. */
  readonly dryAtMostGrams?: number
}

export interface OwnHold {
  /** Id of the BatchHeld event. */
  readonly event: string
  readonly org: string
  readonly reason: HoldReason
  readonly since: string
}

/** A hand-over that the batch has been through. */
export interface Transfer {
  readonly shipment: string
  /** Where it lay before, which need not be the site that the load left from: how it got there is not recorded. */
  readonly from: { readonly org: string; readonly site: string }
  readonly loadedAt: string
  readonly to: { readonly org: string; readonly site: string }
  readonly at: string
  readonly sentGrams: number
  readonly receivedGrams: number
  readonly keptGrams: number
  /** How it came; both are absent where nobody recorded that. */
  readonly mode?: TransportMode
  readonly distanceKm?: number
}

/** Since when its holder has it, without a break: its making, the last hand-over, or its return from the road. */
export function heldSince({ occurredAt, transfers, returns }: Batch): string {
  return latest([occurredAt, ...transfers.map(({ at }) => at), ...returns.map(({ at }) => at)])
}

/** What would leave a batch with a draw, and how it gets to the run. Requires 0 < grams ≤ what remains. */
export function chargeOf(batch: Batch, massGrams: number, transport?: Haul): Charge {
  const { drawn } = drawShares(batch.remaining.origins, massGrams)
  const claims = drawClaims(batch.remaining.claims, massGrams, batch.remainingGrams)
  const { id, site, stage, remainingGrams, dryAtMostGrams } = batch
  return {
    batch: id,
    site,
    stage,
    massGrams,
    origins: drawn,
    claims,
    ...(dryAtMostGrams !== undefined && {
      dryAtMostGrams: drawDry(remainingDryGrams(batch), massGrams, remainingGrams),
    }),
    ...(transport && { transport }),
  }
}

/**
 * The most of what remains of a batch that may be dry; all of it where nothing is known. Where the mass of a pickup was
 * corrected after draws, their roundings may leave the sum a few grams beyond what there can be.
 */
export function remainingDryGrams({ remainingGrams, remaining }: Batch): number {
  return Math.max(0, Math.min(remainingGrams, remaining.dryAtMostGrams ?? remainingGrams))
}

/** Takes a charge out of a batch. Throws RangeError where the batch does not have it. */
export function drawCharge(batch: Batch, charge: Charge, run: string): Batch {
  const usedIn = batch.usedIn.includes(run) ? batch.usedIn : [...batch.usedIn, run]
  return { ...takeOut(batch, charge), usedIn }
}

/** Puts a charge back. `run` stays in `usedIn` only while it still holds other charges of this batch. */
export function returnCharge(batch: Batch, charge: Charge, run: string, isLast: boolean): Batch {
  return {
    ...putBack(batch, charge),
    usedIn: isLast ? batch.usedIn.filter((other) => other !== run) : batch.usedIn,
  }
}

type Part = Pick<Charge, 'massGrams' | 'origins' | 'claims' | 'dryAtMostGrams'>

function takeOut(batch: Batch, part: Part): Batch {
  return withRemaining(batch, batch.remainingGrams - part.massGrams, {
    origins: subtractShares(batch.remaining.origins, part.origins),
    claims: subtractClaims(batch.remaining.claims, part.claims),
    ...dryAfter(batch, part, -1),
  })
}

function putBack(batch: Batch, part: Part): Batch {
  return withRemaining(batch, batch.remainingGrams + part.massGrams, {
    origins: mergeShares([batch.remaining.origins, part.origins]),
    claims: addClaims(batch.remaining.claims, part.claims),
    ...dryAfter(batch, part, 1),
  })
}

/** A part that says nothing, as those of earlier events, may have been all water: what remains may be as dry as before. */
function dryAfter(batch: Batch, part: Part, sign: 1 | -1): Pick<Remaining, 'dryAtMostGrams'> {
  const { dryAtMostGrams } = batch.remaining
  if (dryAtMostGrams === undefined) return {}
  return { dryAtMostGrams: dryAtMostGrams + sign * (part.dryAtMostGrams ?? 0) }
}

function withRemaining(batch: Batch, remainingGrams: number, remaining: Remaining): Batch {
  return { ...batch, remainingGrams, remaining, status: remainingGrams === 0 ? 'used-up' : 'active' }
}

/** An accepted line of a receipt: a new holder, and what was missing is gone. */
export function receiveLine(batch: Batch, line: ReceivedLine, transfer: Omit<Transfer, 'keptGrams'>): Batch {
  const { shipment: _, ...landed } = {
    ...takeOut(batch, line.lost),
    lostGrams: batch.lostGrams + line.lost.massGrams,
  }
  return {
    ...landed,
    custodian: transfer.to.org,
    site: transfer.to.site,
    custodians: [...batch.custodians, transfer.to.org],
    transfers: [...batch.transfers, { ...transfer, keptGrams: line.keptGrams }],
  }
}

/** Takes back what {@link receiveLine} did: the batch is on its way again. */
export function unreceiveLine(batch: Batch, line: ReceivedLine): Batch {
  const last = batch.transfers[batch.transfers.length - 1]
  if (!last) throw new RangeError(`batch ${batch.id} was never received`)
  const restored = line.lost.massGrams > 0 ? putBack(batch, line.lost) : batch
  return {
    ...restored,
    lostGrams: batch.lostGrams - line.lost.massGrams,
    status: 'in-transit',
    shipment: last.shipment,
    custodian: last.from.org,
    site: last.from.site,
    custodians: batch.custodians.slice(0, -1),
    transfers: batch.transfers.slice(0, -1),
  }
}

/** True where a batch keeps its own books. Tests and the rebuild assert it. */
export function booksBalance(batch: Batch): boolean {
  const drawn = batch.massGrams - batch.lostGrams - batch.remainingGrams
  const claimsFit = (claims: Claims, grams: number): boolean =>
    Object.values(claims).every((claimed) => claimed > 0 && claimed <= grams)
  const { dryAtMostGrams: dry } = batch
  const isDryKnown = batch.remaining.dryAtMostGrams !== undefined
  return (
    (dry === undefined ? !isDryKnown : isDryKnown && dry >= 0 && dry <= batch.massGrams) &&
    Math.min(drawn, batch.lostGrams, batch.remainingGrams) >= 0 &&
    totalGrams(batch.origins) === batch.massGrams &&
    totalGrams(batch.remaining.origins) === batch.remainingGrams &&
    claimsFit(batch.claims, batch.massGrams) &&
    claimsFit(batch.remaining.claims, batch.remainingGrams)
  )
}

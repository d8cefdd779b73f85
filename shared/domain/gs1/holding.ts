import { refuse, type Refused } from '../refusal.ts'

/**
 * Which organisations may make lots with a GTIN. GS1 gives it to one brand, and nobody here can look up whose it is: so the
 * first organisation that makes a lot with it holds it, and whoever runs the service names others who make the brand's
 * product, and takes away who should not have it. It is a record of who may do what, not a fold of events.
 */
export interface GtinHolding {
  /** 14 digits. */
  readonly gtin: string
  /** By their ids, sorted. None where the last was taken away: then nobody may until one is named. */
  readonly makers: readonly string[]
  /** Whose lots are not offered to those who ask for the GTIN: it never was theirs. */
  readonly unlisted: readonly string[]
  /** When whoever runs the service first decided on it; absent where it was only taken. */
  readonly decidedAt?: string
}

/** More would not fit what is read with every lot. */
export const MOST_MAKERS = 100

/** By the first lot with it. */
export const takenBy = (gtin: string, org: string): GtinHolding => ({ gtin, makers: [org], unlisted: [] })

export const mayMake = (holding: GtinHolding | undefined, org: string): boolean =>
  holding === undefined || holding.makers.includes(org)

/** Refuses 403 a GTIN that others hold. Who they are is not said: it may be anybody who was faster. */
export function refuseUnlicensed(
  holding: GtinHolding | undefined,
  org: string,
  within: string,
): Refused | undefined {
  if (!holding || mayMake(holding, org)) return undefined
  const detail = `GTIN ${holding.gtin} is not your organisation's here: only those may make lots with it who were the first to, or whom the operator of this service named for it. Leave it out or give your own; if it is yours, ask whoever runs this service to name you.`
  return refuse('gtin-not-licensed', detail, `${within}/gtin`)
}

/** Lets an organisation make lots with a GTIN; once more changes nothing. What it made with it before is offered again. */
export function license(holding: GtinHolding, org: string, now: string): GtinHolding {
  const unlisted = holding.unlisted.filter((other) => other !== org)
  return {
    ...holding,
    makers: sorted([...holding.makers, org]),
    unlisted,
    decidedAt: holding.decidedAt ?? now,
  }
}

/**
 * Lets an organisation make no more lots with a GTIN; once more changes nothing. Its lots stay what they are. They go on
 * being offered under the GTIN (`listed`), as those of a works that once made the product, or not (`unlisted`).
 */
export function withdraw(
  holding: GtinHolding,
  org: string,
  lots: 'listed' | 'unlisted',
  now: string,
): GtinHolding {
  const makers = holding.makers.filter((other) => other !== org)
  const others = holding.unlisted.filter((other) => other !== org)
  const unlisted = lots === 'unlisted' ? sorted([...others, org]) : others
  return { ...holding, makers, unlisted, decidedAt: holding.decidedAt ?? now }
}

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

import { makePassport } from '../shared/domain/passport/make-passport.ts'
import type { Passport } from '../shared/domain/passport/passport.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import type { Batch } from '../shared/domain/state/batch.ts'
import type { Certificate } from '../shared/domain/state/certificate.ts'
import type { Subject } from '../shared/domain/state/fold.ts'
import { readHolds, type HoldFacts } from './adapters/holds.ts'
import type { Loaded } from './adapters/items.ts'
import { readNamedCertificates } from './adapters/lists.ts'
import { findOrganisations } from './adapters/registry.ts'

/** What follows from states: passports, and where a hold goes on to. For the projector, and for whoever makes all of it anew. */

export type LoadedBatch = Loaded & { readonly subject: Batch }

/** One step on: from a batch to the runs that it went into, from a run to the batches that it made. */
export function onwardFrom(subject: Subject): readonly string[] {
  if (subject.kind === 'batch') return subject.usedIn
  return subject.kind === 'run' ? subject.outputs.map(({ batch }) => batch) : []
}

/** Reads what the passports of some batches need, all at once. */
export async function readSources(batches: readonly LoadedBatch[]): Promise<Sources> {
  const [organisations, holds, certificates] = await Promise.all([
    findOrganisations(batches.flatMap(({ subject }) => organisationsOf(subject))),
    readHolds(batches.flatMap((batch) => batch.holds)),
    readNamedCertificates(batches.flatMap(({ subject }) => certificatesOf(subject))),
  ])
  return { organisations, certificates, holds: new Map(holds.map((hold) => [hold.event, hold])) }
}

/** What passports show besides their batches. */
export interface Sources {
  readonly organisations: readonly Organisation[]
  readonly certificates: readonly Certificate[]
  readonly holds: ReadonlyMap<string, HoldFacts>
}

/** The passport of a batch as it was loaded, from sources that were read for it. */
export function passportOf({ subject, holds, revision }: LoadedBatch, sources: Sources): Passport {
  const held = holds.flatMap((event) => {
    const facts = sources.holds.get(event)
    return facts ? [{ batch: facts.batch, reason: facts.reason, since: facts.since }] : []
  })
  const { organisations, certificates } = sources
  return makePassport(subject, { organisations, certificates, holds: held, revision })
}

/** Claims rest on certificates of whoever made the batch. */
const certificatesOf = ({ certificates, custodians: [maker = ''] }: Batch): { org: string; id: string }[] =>
  certificates.map((id) => ({ org: maker, id }))

const organisationsOf = (batch: Batch): string[] => [
  ...batch.custodians,
  ...batch.journey.map((leg) => leg.org),
  ...batch.transfers.flatMap(({ from, to }) => [from.org, to.org]),
]

import type { Answer } from './calls.ts'

type Organisation = Answer<'readOrganisation'>

/** The sites at which somebody may record and enrol, of those that their organisation has. */
export function ownSites({
  sites,
  recordsAt,
}: Pick<Organisation, 'sites' | 'recordsAt'>): Organisation['sites'] {
  return recordsAt ? sites.filter(({ id }) => recordsAt.includes(id)) : sites
}

import type { Identities } from '../../shared/domain/identity/identity.ts'
import { normalisedName } from '../../shared/domain/privacy/person.ts'
import { listIdentities, type Stored } from './identities.ts'

/** Records whose label says what an organisation calls somebody: the phone they hold, or what they are a member as. */
const LABELLED = ['device', 'enrolment', 'member', 'invitation'] as const
export type LabelledKind = (typeof LABELLED)[number]

export interface Labelled {
  readonly kind: LabelledKind
  readonly found: Pick<Stored<LabelledKind>, 'ref' | 'revision'>
  readonly record: Identities[LabelledKind]
}

/** What an erased label is replaced by. */
export const ERASED_LABEL = '—'

/** All of an organisation's that are labelled with a name, or are the phone of that id, and were not erased. */
export async function findLabelled(org: string, person: string): Promise<Labelled[]> {
  const name = normalisedName(person)
  const isMeant = ({ record: { id, label } }: Labelled): boolean =>
    label !== ERASED_LABEL && [id, label].map(normalisedName).includes(name)
  const lists = await Promise.all(LABELLED.map((kind) => labelledOf(kind, org)))
  return lists.flat().filter(isMeant)
}

async function labelledOf(kind: LabelledKind, org: string): Promise<Labelled[]> {
  const found = await listIdentities(kind, org)
  return found.map(({ ref, revision, record }) => ({ kind, found: { ref, revision }, record }))
}

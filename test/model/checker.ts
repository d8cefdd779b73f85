import type { HashedEvent } from '../../shared/domain/state/fold.ts'
import type { Known } from './known.ts'
import { balanceComplaints } from './laws/balances.ts'
import { bookComplaints } from './laws/books.ts'
import { certificateComplaints, claimComplaints } from './laws/claims.ts'
import { dryComplaints } from './laws/dry.ts'
import { evidenceOf, type Evidence } from './laws/evidence.ts'
import { foundComplaints } from './laws/found.ts'
import { holdsIn } from './laws/holds.ts'
import { journeyComplaints } from './laws/journeys.ts'
import { massComplaints } from './laws/mass.ts'
import { orderComplaints } from './laws/order.ts'
import { periodComplaints } from './laws/periods.ts'
import { stateComplaints } from './laws/states.ts'
import { transportComplaints } from './laws/transport.ts'

/** A law looks at a world and the raw events behind it, and gives its complaints; a new law is one more of these. */
type Law = (evidence: Evidence) => string[]

/** Cheap enough to be asked after every command. */
const LAWS: readonly Law[] = [
  bookComplaints,
  massComplaints,
  dryComplaints,
  claimComplaints,
  certificateComplaints,
  journeyComplaints,
  ({ events }) => orderComplaints(events),
  holdComplaints,
]

/** Derives everything again from the raw events and says what does not agree: nothing, where all laws hold. */
export function complaintsOf(
  known: Known & { readonly hashed: readonly HashedEvent[] },
  how: 'quickly' | 'wholly',
): string[] {
  const evidence = evidenceOf(known)
  const whole = [stateComplaints, balanceComplaints, transportComplaints, foundComplaints, periodComplaints]
  const laws = how === 'quickly' ? LAWS : [...LAWS, ...whole]
  return laws.flatMap((law) => law(evidence))
}

/** What rests on every batch and run is what the lineage carries there, no hold less and none more. */
function holdComplaints({ events, lineage, subjects, holds }: Evidence): string[] {
  const expected = holdsIn(events, lineage)
  return [...subjects.keys()].flatMap((id) => {
    const [is, ought] = [[...(holds.get(id) ?? [])].toSorted().join(), (expected.get(id) ?? []).join()]
    return is === ought ? [] : [`${id} is held by [${is}], but the lineage says [${ought}]`]
  })
}

import type * as z from 'zod/mini'
import type { memberView } from '../../shared/contract/answers/people.ts'
import {
  changeMember,
  statusOfMember,
  type Member,
  type MemberChange,
} from '../../shared/domain/identity/member.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import { findOwnIdentity } from '../adapters/identities.ts'
import { json, notFound } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { forgetMember } from './people.ts'
import { answerPage } from './listing.ts'
import { replaceKeepingOperator } from './replacing.ts'
import { refuseUnknownSites } from './sites.ts'

type OnMember = 'suspendMember' | 'resumeMember' | 'removeMember' | 'assignRole'
type Asked = Pick<Request<OnMember>, 'path' | 'caller'>

/** Members: listed, suspended, resumed, removed, given another role. What is done counts for their next request. */
export const memberEndpoints = {
  listMembers: ({ caller, query }: Request<'listMembers'>): Promise<Handled> =>
    answerPage({ kind: 'member', org: caller.org, query }, ({ record }) => viewMember(record)),

  suspendMember: (request: Request<'suspendMember'>) => change(request, { act: 'suspend' }),
  resumeMember: (request: Request<'resumeMember'>) => change(request, { act: 'resume' }),
  removeMember: (request: Request<'removeMember'>) => change(request, { act: 'remove' }),

  assignRole: async (request: Request<'assignRole'>): Promise<Handled> => {
    const { role, sites } = request.body
    const refused = await refuseUnknownSites(request.caller.org, sites)
    return refused ?? change(request, { act: 'assign', role, ...(sites && { sites }) })
  },
}

async function change({ path, caller }: Asked, asked: MemberChange): Promise<Handled> {
  const id = path['id'] ?? ''
  const found = await findOwnIdentity('member', caller.org, id)
  // Who leaves and joins anew in this very moment has another record here than the list led to.
  if (found?.record.id !== id) return notFound(`member ${id}`)
  const changed = changeMember(found.record, asked, new Date().toISOString())
  if (!changed.ok) return changed
  const record = changed.value
  const outcome = await replaceKeepingOperator('member', found, record)
  if (outcome === 'stale') return changedMeanwhile(id)
  if (outcome !== 'done') return outcome
  await forgetMember(found.ref)
  return json(200, viewMember(record))
}

function changedMeanwhile(id: string): Refused {
  const detail = `Member ${id}, or who the operators are, was changed by somebody else just now; look at it and decide anew.`
  return refuse('busy', detail)
}

function viewMember(member: Member): z.output<typeof memberView> {
  const { id, role, label, sites, madeAt, madeBy, suspendedAt, removedAt } = member
  return {
    id,
    role,
    label,
    ...(sites && { sites: [...sites] }),
    status: statusOfMember(member),
    madeAt,
    madeBy: { ...madeBy },
    ...(suspendedAt !== undefined && { suspendedAt }),
    ...(removedAt !== undefined && { removedAt }),
  }
}

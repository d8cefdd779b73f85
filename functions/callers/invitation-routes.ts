import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import type {
  acceptedView,
  invitationView,
  shownInvitationView,
} from '../../shared/contract/answers/people.ts'
import {
  acceptInvitation,
  revokeInvitation,
  statusOfInvitation,
  type Invitation,
} from '../../shared/domain/identity/invitation.ts'
import type { Member } from '../../shared/domain/identity/member.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import { changeIdentity, createIdentity, findIdentity, findOwnIdentity } from '../adapters/identities.ts'
import { storeAccepted } from '../adapters/membership.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { findOrganisation } from '../adapters/registry.ts'
import { identityId } from '../commands/command.ts'
import { json, notFound } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { invitationLink } from '../views/links.ts'
import { forgetMember } from './people.ts'
import { answerPage } from './listing.ts'
import { refOf } from './secrets.ts'
import { refuseUnknownSites } from './sites.ts'
import { refuseSuspended } from './suspension.ts'

const CODE_BYTES = 24

const newCode = (): string => `ti_${randomBytes(CODE_BYTES).toString('base64url')}`

const TRIES = 6

/** Invitations: made and shown once, taken back, accepted by whoever has the code and has signed in. */
export const invitationEndpoints = {
  makeInvitation: async ({ body, caller, idempotencyKey }: Request<'makeInvitation'>): Promise<Handled> => {
    const { role, label, sites, expiresInSeconds } = body
    const refused = await refuseUnknownSites(caller.org, sites)
    if (refused) return refused
    const now = Date.now()
    const record: Invitation = {
      id: await identityId('invitation', { org: caller.org, route: 'makeInvitation', idempotencyKey }),
      org: caller.org,
      role,
      label,
      ...(sites && { sites }),
      madeAt: new Date(now).toISOString(),
      madeBy: caller.by,
      expiresAt: new Date(now + expiresInSeconds * 1000).toISOString(),
    }
    const code = newCode()
    const made = await createIdentity('invitation', refOf(code), record)
    if (made === 'exists') return shownOnce(record.id)
    return json(201, { ...viewInvitation(record, record.madeAt), code, link: invitationLink(code) })
  },

  listInvitations: ({ caller, query }: Request<'listInvitations'>): Promise<Handled> => {
    const now = new Date().toISOString()
    const asked = { kind: 'invitation', org: caller.org, query } as const
    return answerPage(asked, ({ record }) => viewInvitation(record, now))
  },

  revokeInvitation: async ({ path, caller }: Request<'revokeInvitation'>): Promise<Handled> => {
    const found = await findOwnIdentity('invitation', caller.org, path['id'] ?? '')
    if (!found) return notFound(`invitation ${path['id'] ?? ''}`)
    const now = new Date().toISOString()
    const revoked = revokeInvitation(found.record, now)
    if (!revoked.ok) return revoked
    if (!(await changeIdentity('invitation', found, revoked.value))) return changedMeanwhile(found.record.id)
    return json(200, viewInvitation(revoked.value, now))
  },

  /** Whoever has the code may know what it is for, before they sign in: they could accept it and read the same. */
  readInvitation: async ({ body }: Request<'readInvitation'>): Promise<Handled> => {
    const found = await findIdentity('invitation', refOf(body.code))
    const organisation = found && (await findOrganisation(found.record.org))
    if (!organisation) return refuse('unauthenticated', UNKNOWN)
    const { role, sites, expiresAt } = found.record
    const view: z.output<typeof shownInvitationView> = {
      organisation: { id: organisation.id, name: organisation.name },
      role,
      ...(sites && {
        sites: organisation.sites
          .filter(({ id }) => sites.includes(id))
          .map(({ id, name }) => ({ id, name })),
      }),
      status: statusOfInvitation(found.record, new Date().toISOString()),
      expiresAt,
    }
    return json(200, view)
  },

  /** What somebody did at the same time is looked at again: it may have been this very person. */
  acceptInvitation: async ({ body, caller: person }: Request<'acceptInvitation'>): Promise<Handled> => {
    const ref = refOf(body.code)
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const [found, former] = await Promise.all([
        findIdentity('invitation', ref),
        findIdentity('member', person.ref),
      ])
      if (!found) return unknownInvitation()
      const suspended = await refuseSuspended(found.record.org)
      if (suspended) return suspended
      if (former && former.record.id === found.record.accepted?.member) return accepted(former.record)
      const id = await identityId('member', {
        org: found.record.org,
        route: 'acceptInvitation',
        idempotencyKey: found.record.id,
      })
      const now = new Date().toISOString()
      const decided = acceptInvitation(found.record, { id, standing: former?.record, now })
      if (!decided.ok) return decided
      const { member, invitation } = decided.value
      if (await storeAccepted(person.ref, member, { found, used: invitation }, former)) {
        await forgetMember(person.ref)
        return accepted(member)
      }
      await pauseBeforeRetry(attempt)
    }
    return refuse(
      'busy',
      'Others use the same invitation right now. Nothing was changed; send the same again.',
    )
  },
}

/** A resend cannot be answered with what we do not keep. */
function shownOnce(id: string): Refused {
  const detail = `Invitation ${id} was made by an earlier sending of this request, whose answer showed its code. If that answer is lost, revoke the invitation and make another with a new Idempotency-Key.`
  return refuse('shown-once', detail)
}

const UNKNOWN = 'No invitation has this code. Copy the whole link that you were sent.'
const unknownInvitation = (): Refused => refuse('unknown-invitation', UNKNOWN, '/code')

const changedMeanwhile = (id: string): Refused =>
  refuse('busy', `Invitation ${id} was changed by somebody else just now; look at it and decide anew.`)

function accepted({ id, org, role, label, sites }: Member): Handled {
  const view: z.output<typeof acceptedView> = {
    id,
    organisationId: org,
    role,
    label,
    ...(sites && { sites: [...sites] }),
  }
  return json(201, view)
}

function viewInvitation(invitation: Invitation, now: string): z.output<typeof invitationView> {
  const { id, role, label, sites, madeAt, madeBy, expiresAt, revokedAt, accepted: used } = invitation
  return {
    id,
    role,
    label,
    ...(sites && { sites: [...sites] }),
    status: statusOfInvitation(invitation, now),
    madeAt,
    madeBy: { ...madeBy },
    expiresAt,
    ...(revokedAt !== undefined && { revokedAt }),
    ...(used && { acceptedAt: used.at, memberId: used.member }),
  }
}

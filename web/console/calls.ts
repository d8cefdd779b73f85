import type * as z from 'zod/mini'
import type { ANSWERS } from '../../shared/contract/answers.ts'
import type { Problem } from '../../shared/contract/problem.ts'
import type { ROUTES, RouteName } from '../../shared/contract/routes.ts'

/** The rows of the route table that this page calls. The types hold each to its row; the table itself stays at home. */
export const CALLS = {
  readSignIn: 'GET /v1/sign-in',
  readOrganisation: 'GET /v1/organisation',
  readInvitation: 'POST /v1/invitations/read',
  acceptInvitation: 'POST /v1/invitations/accept',
  makeInvitation: 'POST /v1/invitations',
  listInvitations: 'GET /v1/invitations',
  revokeInvitation: 'POST /v1/invitations/{id}/revoke',
  listMembers: 'GET /v1/members',
  suspendMember: 'POST /v1/members/{id}/suspend',
  resumeMember: 'POST /v1/members/{id}/resume',
  removeMember: 'POST /v1/members/{id}/remove',
  makeEnrolment: 'POST /v1/enrolments',
  listEnrolments: 'GET /v1/enrolments',
  listDevices: 'GET /v1/devices',
  revokeDevice: 'POST /v1/devices/{id}/revoke',
} as const satisfies {
  [Name in RouteName]?: `${Table[Name]['method']} ${Table[Name]['path']}`
}

type Table = typeof ROUTES
export type Call = keyof typeof CALLS
export type Answer<Name extends Call> = z.output<(typeof ANSWERS)[Name]>
type Body<Name extends Call> = Table[Name] extends { readonly body: infer Schema extends z.ZodMiniType }
  ? z.input<Schema>
  : Readonly<Record<string, never>>

export interface Asked<Name extends Call> {
  /** What `{id}` in the path stands for. */
  readonly id?: string
  readonly body?: Body<Name>
  /** With its question mark. */
  readonly query?: string
}

/** The calls that answer with pages of items. */
export type List = 'listInvitations' | 'listMembers' | 'listEnrolments' | 'listDevices'
export type Item<Name extends List> = Answer<Name>['items'][number]

/** Why there is no answer. `busy`: the service says so, or stumbles; `signed-out`: the token is over. */
export type Fault =
  | { readonly is: 'network' }
  | { readonly is: 'busy' }
  | { readonly is: 'signed-out' }
  | ({ readonly is: 'refused' } & Pick<Problem, 'code' | 'detail'>)

export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

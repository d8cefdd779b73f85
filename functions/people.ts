import { PEOPLE_ROUTES } from '../shared/contract/routes/people.ts'
import { invitationEndpoints } from './callers/invitation-routes.ts'
import { memberEndpoints } from './callers/member-routes.ts'
import { serve } from './http/http.ts'

/** The people of an organisation: who is invited, who is a member, and as what. */
export const handler = serve(PEOPLE_ROUTES, { ...invitationEndpoints, ...memberEndpoints })

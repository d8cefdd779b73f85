import { IDENTITY_ROUTES } from '../shared/contract/routes/identity.ts'
import { keyEndpoints } from './callers/key-routes.ts'
import { serve } from './http/http.ts'

/** Who may do what in an organisation. Its own operators say so, by what is in `callers/`. */
export const handler = serve(IDENTITY_ROUTES, keyEndpoints)

import { IDENTITY_ROUTES } from '../shared/contract/routes/identity.ts'
import { firstKeyEndpoints } from './callers/first-key-routes.ts'
import { gtinEndpoints } from './callers/gtin-routes.ts'
import { grantEndpoints } from './callers/grant-routes.ts'
import { keyEndpoints } from './callers/key-routes.ts'
import { organisationEndpoints } from './callers/organisation-routes.ts'
import { siteEndpoints } from './callers/site-routes.ts'
import { serve } from './http/http.ts'

/** Who may do what in an organisation. Its own operators say so, by what is in `callers/`. */
export const handler = serve(IDENTITY_ROUTES, {
  ...keyEndpoints,
  ...organisationEndpoints,
  ...firstKeyEndpoints,
  ...siteEndpoints,
  ...grantEndpoints,
  ...gtinEndpoints,
})

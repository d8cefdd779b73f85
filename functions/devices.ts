import { DEVICE_ROUTES } from '../shared/contract/routes/devices.ts'
import { deviceEndpoints } from './callers/device-routes.ts'
import { enrolmentEndpoints } from './callers/enrolment-routes.ts'
import { serve } from './http/http.ts'

/** Collectors' devices, from a station's code to their revocation, by what is in `callers/`. */
export const handler = serve(DEVICE_ROUTES, { ...enrolmentEndpoints, ...deviceEndpoints })

import { BATCH_ROUTES } from './routes/batches.ts'
import { CODE_ROUTES } from './routes/codes.ts'
import { CONTRACT_ROUTES } from './routes/contract.ts'
import { CORRECTION_ROUTES } from './routes/corrections.ts'
import { CUSTODY_ROUTES } from './routes/custody.ts'
import { ERASURE_ROUTES } from './routes/erasure.ts'
import { IDENTITY_ROUTES } from './routes/identity.ts'
import { DEVICE_ROUTES } from './routes/devices.ts'
import { LABEL_ROUTES } from './routes/labels.ts'
import { LOG_ROUTES } from './routes/log.ts'
import { PEOPLE_ROUTES } from './routes/people.ts'
import { PHOTO_ROUTES } from './routes/photos.ts'
import { PROOF_ROUTES } from './routes/proof.ts'
import { PERIOD_ROUTES } from './routes/periods.ts'
import { PICKUP_ROUTES } from './routes/pickups.ts'
import { PRIVACY_ROUTES } from './routes/privacy.ts'
import { PROCESSING_ROUTES } from './routes/processing.ts'
import { QUALITY_ROUTES } from './routes/quality.ts'
import { RECORD_ROUTES } from './routes/records.ts'
import { REPORT_ROUTES } from './routes/reports.ts'
import { RESOLVER_ROUTES } from './routes/resolver.ts'
import { SCAN_ROUTES } from './routes/scan.ts'
import { SERIAL_ROUTES } from './routes/serials.ts'
import { SITE_ROUTES } from './routes/site.ts'

export { routeKey, type Route } from './route.ts'

/**
 * The route table. CDK makes the API's routes and each function's grants from it, the local gateway serves from it,
 * OpenAPI is printed from it, and tests walk it. A route exists in one row and nowhere else.
 *
 * The rows are kept by function, and a function loads its own rows only: its start-up and its bundle do not grow with
 * the table, and a deployment replaces only the functions whose rows have changed.
 */
export const ROUTES = {
  ...PICKUP_ROUTES,
  ...PHOTO_ROUTES,
  ...BATCH_ROUTES,
  ...PROCESSING_ROUTES,
  ...CUSTODY_ROUTES,
  ...QUALITY_ROUTES,
  ...CORRECTION_ROUTES,
  ...RECORD_ROUTES,
  ...REPORT_ROUTES,
  ...PERIOD_ROUTES,
  ...IDENTITY_ROUTES,
  ...PRIVACY_ROUTES,
  ...ERASURE_ROUTES,
  ...DEVICE_ROUTES,
  ...PEOPLE_ROUTES,
  ...CODE_ROUTES,
  ...LABEL_ROUTES,
  ...SERIAL_ROUTES,
  ...SCAN_ROUTES,
  ...RESOLVER_ROUTES,
  ...PROOF_ROUTES,
  ...LOG_ROUTES,
  ...CONTRACT_ROUTES,
  ...SITE_ROUTES,
} as const

export type RouteName = keyof typeof ROUTES

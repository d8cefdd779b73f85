import { ROLES } from '../../domain/organisation.ts'
import { pageQuery } from '../requests/pages.ts'
import { exportBody } from '../requests/privacy.ts'
import { BUNDLE_TYPE } from '../../verification/bundle.ts'
import { proofQuery } from '../requests/proof.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const PRIVACY_ROUTES = {
  readSealed: {
    method: 'GET',
    path: '/v1/batches/{id}/sealed',
    serves: 'privacy',
    callers: ROLES,
    summary:
      'Read what is sealed in your organisation’s own events of a batch, as far as your role needs it; it is noted who was shown what',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  readSignedProof: {
    method: 'GET',
    path: '/v1/batches/{id}/proof',
    serves: 'privacy',
    callers: ROLES,
    summary:
      'As GET /b/{id}/proof, and besides, of your organisation’s own pickups and as far as your role needs it, what the collector’s device signed; it is noted who was shown what',
    query: proofQuery,
    answer: { status: 200, type: BUNDLE_TYPE },
  },
  readSealedShipment: {
    method: 'GET',
    path: '/v1/shipments/{id}/sealed',
    serves: 'privacy',
    callers: ROLES,
    summary: 'Read what is sealed in your organisation’s own events of a shipment, likewise',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  exportPerson: {
    method: 'POST',
    path: '/v1/exports',
    serves: 'privacy',
    callers: ['operator'],
    summary:
      'Export all that your organisation holds on somebody: the entries that name them, and what is sealed there',
    body: exportBody,
    answer: { status: 200, type: JSON_TYPE },
  },
  listAccesses: {
    method: 'GET',
    path: '/v1/accesses',
    serves: 'privacy',
    callers: ['operator', 'auditor'],
    summary: 'List who was shown what is sealed, newest first',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'privacy'>

import { certificateBody, holdBody, inspectionBody, releaseBody } from '../requests/quality.ts'
import { CERTIFYING, HANDLING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const QUALITY_ROUTES = {
  inspectBatch: {
    method: 'POST',
    path: '/v1/batches/{id}/inspections',
    serves: 'quality',
    callers: HANDLING,
    summary: 'Record what a laboratory found in a batch',
    idempotent: true,
    conditional: true,
    body: inspectionBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  holdBatch: {
    method: 'POST',
    path: '/v1/batches/{id}/hold',
    serves: 'quality',
    callers: HANDLING,
    summary:
      'Hold a batch that you have, had or rejected, and all that was made of it; shows on their public pages',
    idempotent: true,
    conditional: true,
    body: holdBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  releaseBatch: {
    method: 'POST',
    path: '/v1/batches/{id}/release',
    serves: 'quality',
    callers: HANDLING,
    summary: 'Release what you held, or as operator what a receiver held that rejected it',
    idempotent: true,
    conditional: true,
    body: releaseBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  registerCertificate: {
    method: 'POST',
    path: '/v1/certificates',
    serves: 'quality',
    callers: CERTIFYING,
    summary: 'Register a certificate of your organisation, with its scope and validity',
    idempotent: true,
    body: certificateBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'quality'>

import { certificateBody, holdBody, inspectionBody, releaseBody } from '../requests/quality.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

const HOLDERS = ['operator', 'station', 'recycler', 'brand'] as const

export const QUALITY_ROUTES = {
  inspectBatch: {
    method: 'POST',
    path: '/v1/batches/{id}/inspections',
    serves: 'quality',
    callers: HOLDERS,
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
    callers: HOLDERS,
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
    callers: HOLDERS,
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
    callers: ['operator'],
    summary: 'Register a certificate of your organisation, with its scope and validity',
    idempotent: true,
    body: certificateBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'quality'>
